#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* A NULL-ended vector that points into a block of `count` strings. */
static char **vector(const char *block, size_t count) {
    char **strings = calloc(count + 1, sizeof *strings);
    if (strings == NULL) return NULL;
    const char *at = block;
    for (size_t i = 0; i < count; i++, at += strlen(at) + 1) strings[i] = (char *)at;
    return strings;
}

int cp_pty_spawn(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t variable_count, unsigned short columns, unsigned short rows, int32_t *process) {
    char **argv = vector(arguments, argument_count);
    char **envp = vector(environment, variable_count);
    if (argv == NULL || envp == NULL) {
        free(argv);
        free(envp);
        return -ENOMEM;
    }
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    int controller;
    pid_t child = forkpty(&controller, NULL, NULL, &size);
    if (child == 0) {
        /* Between fork and exec only async-signal-safe calls: other threads may hold locks. */
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
        close_range(3, ~0U, 0);
        execve(path, argv, envp);
        _exit(127);
    }
    int code = errno;
    free(argv);
    free(envp);
    if (child < 0) return -code;
    fcntl(controller, F_SETFD, FD_CLOEXEC);
    *process = child;
    return controller;
}

int cp_run(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t variable_count) {
    char **argv = vector(arguments, argument_count);
    char **envp = vector(environment, variable_count);
    if (argv == NULL || envp == NULL) {
        free(argv);
        free(envp);
        return -ENOMEM;
    }
    struct sigaction ignore, interrupt, quit;
    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    pid_t child = fork();
    if (child == 0) {
        /* Between fork and exec only async-signal-safe calls: other threads may hold locks. */
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
        close_range(3, ~0U, 0);
        execve(path, argv, envp);
        _exit(127);
    }
    int code = errno;
    int status = 0;
    pid_t found = child < 0 ? -1 : CP_RESULT(waitpid(child, &status, 0));
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    free(argv);
    free(envp);
    if (child < 0) return -code;
    if (found < 0) return found;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int cp_pty_pair(int *controller, int *terminal) {
    if (openpty(controller, terminal, NULL, NULL, NULL) < 0) return -errno;
    fcntl(*controller, F_SETFD, FD_CLOEXEC);
    fcntl(*terminal, F_SETFD, FD_CLOEXEC);
    return 0;
}

ssize_t cp_pty_read(int descriptor, void *buffer, size_t count, int milliseconds) {
    struct pollfd waiting = {descriptor, POLLIN, 0};
    int ready = CP_RESULT(poll(&waiting, 1, milliseconds));
    if (ready < 0) return ready;
    if (ready == 0) return -ETIMEDOUT;
    ssize_t result = CP_RESULT(read(descriptor, buffer, count));
    return result == -EIO ? 0 : result; /* EIO: the last holder of the terminal is gone */
}

int cp_wait(int32_t process, int milliseconds) {
    const struct timespec step = {0, 2000000};
    for (int waited = 0;; waited += 2) {
        int status;
        pid_t found = CP_RESULT(waitpid(process, &status, WNOHANG));
        if (found < 0) return found;
        if (found == process)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (waited >= milliseconds) return -ETIMEDOUT;
        nanosleep(&step, NULL);
    }
}

int cp_kill(int32_t process, int signal) { return kill(process, signal) < 0 ? -errno : 0; }
