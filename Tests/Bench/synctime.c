/*
 * How long the disk takes to make 8 KiB durable: what every audited reply waits for. Appends to a
 * new file in the directory given, one fdatasync a write, for half a second; prints the median and
 * the 99th percentile in microseconds. The file is removed.
 */
#define _GNU_SOURCE
#include "histogram.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void stop(const char *what) {
    fprintf(stderr, "error: %s: %s\n", what, strerror(errno));
    exit(1);
}

int main(int count, char **arguments) {
    static struct histogram times;
    static char page[8192]; /* the page size of the vault's databases */
    enum { least = 50 };
    if (count != 2) {
        fputs("usage: synctime DIRECTORY\n", stderr);
        return 2;
    }
    char path[4096];
    if (snprintf(path, sizeof path, "%s/synctime.XXXXXX", arguments[1]) >= (int)sizeof path)
        return 2;
    int file = mkstemp(path);
    if (file < 0) stop(path);
    unlink(path);
    for (uint64_t begin = now(); times.total < least || now() - begin < 500000000u;) {
        uint64_t started = now();
        memset(page, (int)times.total, sizeof page);
        if (write(file, page, sizeof page) != (ssize_t)sizeof page) stop("write");
        if (fdatasync(file) != 0) stop("fdatasync");
        histogram_add(&times, now() - started);
    }
    printf(
        "%.0f %.0f\n", (double)histogram_quantile(&times, 0.5) / 1e3,
        (double)histogram_quantile(&times, 0.99) / 1e3);
    return 0;
}
