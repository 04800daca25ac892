/*
 * How long a command takes as a whole process, from before it is started to after it has ended: what
 * a person or a script waits for. Runs it ROUNDS times, `true` in between, so that both see the same
 * machine. Prints the median and the 99th percentile of the command and the median of `true`, in
 * microseconds. Ends with 1 if one run failed.
 */
#define _GNU_SOURCE
#include "histogram.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static void stop(const char *what, int error) {
    fprintf(stderr, "error: %s: %s\n", what, strerror(error));
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Runs a command with its input from a file and its output nowhere; gives the nanoseconds. */
static uint64_t run(char **command, const char *input, int *failed) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    uint64_t started = now();
    pid_t child;
    int error = posix_spawnp(&child, command[0], &files, NULL, command, environ);
    if (error) stop(command[0], error);
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) stop("waitpid", errno);
    uint64_t took = now() - started;
    posix_spawn_file_actions_destroy(&files);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) ++*failed;
    return took;
}

int main(int count, char **arguments) {
    static struct histogram command, reference;
    static char *nothing[] = {"true", NULL};
    const char *input = "/dev/null";
    int first = 1;
    if (count > 3 && strcmp(arguments[1], "--input") == 0) {
        input = arguments[2];
        first = 3;
    }
    int rounds = count > first + 1 ? atoi(arguments[first]) : 0;
    if (rounds < 1) {
        fputs("usage: walltime [--input FILE] ROUNDS COMMAND…\n", stderr);
        return 2;
    }
    int failed = 0;
    for (int round = 0; round < rounds; round++) {
        histogram_add(&reference, run(nothing, "/dev/null", &failed));
        histogram_add(&command, run(arguments + first + 1, input, &failed));
    }
    printf(
        "%.0f %.0f %.0f\n", (double)histogram_quantile(&command, 0.5) / 1e3,
        (double)histogram_quantile(&command, 0.99) / 1e3,
        (double)histogram_quantile(&reference, 0.5) / 1e3);
    if (failed) fprintf(stderr, "error: %d of %d runs failed\n", failed, 2 * rounds);
    return failed != 0;
}
