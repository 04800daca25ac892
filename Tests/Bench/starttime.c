/*
 * How long a daemon takes from its start to the first answer over its socket. Starts it ROUNDS times,
 * tries to connect every 0.1 ms, asks io.carevault.Vault.GetStatus, waits for the reply, and stops it
 * with SIGTERM. Prints the median and the longest time in microseconds.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { most_rounds = 1000, patience_ms = 30000 };

static pid_t daemon_process;

static void stop(const char *what) {
    fprintf(stderr, "error: %s\n", what);
    if (daemon_process > 0) kill(daemon_process, SIGKILL);
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Whether the daemon answers a question about its status; the connection is closed in any case. */
static int answers(const struct sockaddr_un *address) {
    static const char question[] = "{\"method\":\"io.carevault.Vault.GetStatus\"}";
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) stop(strerror(errno));
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0) {
        close(fd);
        return 0;
    }
    /* The NUL at the end of the text ends the message too. */
    if (write(fd, question, sizeof question) != (ssize_t)sizeof question) stop("cannot ask");
    char reply[1 << 14];
    size_t length = 0;
    while (length == 0 || reply[length - 1] != '\0') {
        ssize_t got = read(fd, reply + length, sizeof reply - length);
        if (got <= 0) stop("the connection ended before a reply");
        length += (size_t)got;
        if (length == sizeof reply) stop("the reply is too long");
    }
    close(fd);
    if (!strstr(reply, "\"parameters\"") || strstr(reply, "\"error\"")) stop("the reply is an error");
    return 1;
}

static int ascending(const void *left, const void *right) {
    uint64_t one = *(const uint64_t *)left, other = *(const uint64_t *)right;
    return one < other ? -1 : one > other;
}

int main(int count, char **arguments) {
    static uint64_t times[most_rounds];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int rounds = count > 3 ? atoi(arguments[1]) : 0;
    if (rounds < 1 || rounds > most_rounds || strlen(arguments[2]) >= sizeof address.sun_path) {
        fputs("usage: starttime ROUNDS SOCKET COMMAND…\n", stderr);
        return 2;
    }
    strcpy(address.sun_path, arguments[2]);
    for (int round = 0; round < rounds; round++) {
        /* A socket left behind would refuse connections, and is replaced by the daemon. */
        uint64_t started = now();
        int error = posix_spawnp(&daemon_process, arguments[3], NULL, NULL, arguments + 3, environ);
        if (error) stop(strerror(error));
        while (!answers(&address)) {
            if (now() - started > patience_ms * 1000000ull) stop("the daemon does not answer");
            if (waitpid(daemon_process, NULL, WNOHANG) != 0) stop("the daemon ended");
            usleep(100);
        }
        times[round] = now() - started;
        kill(daemon_process, SIGTERM);
        while (waitpid(daemon_process, NULL, 0) < 0)
            if (errno != EINTR) stop(strerror(errno));
    }
    qsort(times, (size_t)rounds, sizeof *times, ascending);
    printf("%.0f %.0f\n", (double)times[rounds / 2] / 1e3, (double)times[rounds - 1] / 1e3);
    return 0;
}
