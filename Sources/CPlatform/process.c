#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

int cp_disable_core_dumps(void) {
    /* Both: the limit alone does not stop a core pattern that pipes to a program, and the flag
     * also closes /proc/PID/mem and ptrace to other processes of the same user. */
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) < 0) return -errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? -errno : 0;
}

int cp_default_crash_signals(void) {
    /* The Swift runtime may have put a handler there that starts a program to print registers and
     * the memory they point to. */
    static const int fatal[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
    const struct sigaction action = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
        if (sigaction(fatal[i], &action, NULL) < 0) return -errno;
    }
    return 0;
}

int cp_is_dumpable(void) { return CP_RESULT(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)); }

int cp_deny_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

static int raise_limit(int resource, uint64_t wanted, uint64_t *after) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) return -errno;
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted) {
        rlim_t hard = wanted < limit.rlim_max ? limit.rlim_max : wanted;
        struct rlimit raised = {wanted, hard};
        if (setrlimit(resource, &raised) < 0) {
            /* Only root raises the hard limit. */
            if (errno != EPERM) return -errno;
            raised.rlim_cur = raised.rlim_max = limit.rlim_max;
            if (setrlimit(resource, &raised) < 0) return -errno;
        }
        limit = raised;
    }
    *after = limit.rlim_cur;
    return 0;
}

int cp_raise_locked_memory_limit(uint64_t wanted, uint64_t *after) {
    return raise_limit(RLIMIT_MEMLOCK, wanted, after);
}

int cp_raise_descriptor_limit(uint64_t wanted, uint64_t *after) {
    return raise_limit(RLIMIT_NOFILE, wanted, after);
}

int cp_ignore_broken_pipes(void) {
    struct sigaction action = {.sa_handler = SIG_IGN};
    return sigaction(SIGPIPE, &action, NULL) < 0 ? -errno : 0;
}

int64_t cp_wall_microseconds(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) < 0) return -errno;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t cp_monotonic_nanoseconds(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) < 0) return -errno;
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Static strings that no locale translates, unlike strerror(3). */
const char *cp_error_name(int code) { return strerrorname_np(code); }
const char *cp_error_text(int code) { return strerrordesc_np(code); }

void cp_wipe(void *bytes, size_t count) { explicit_bzero(bytes, count); }

const char *cp_environment(const char *name) { return secure_getenv(name); }

int cp_clear_environment(const char *name) { return unsetenv(name) < 0 ? -errno : 0; }
