#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

/* The signals that must not leave a terminal without echo. */
static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { signal_count = sizeof signals / sizeof signals[0] };

/* One terminal at a time: signal handlers are of the process. */
static atomic_flag busy = ATOMIC_FLAG_INIT;
static int terminal = -1;
static struct termios before;
static struct sigaction actions_before[signal_count];
static volatile sig_atomic_t arrived;
/* A signal may be delivered to any thread, which would not interrupt the one that reads: the
 * handler therefore writes into a pipe on which the reader waits too. */
static int wake[2] = {-1, -1};

static void note(int signal) {
    int saved = errno;
    arrived = signal;
    ssize_t ignored = write(wake[1], "", 1);
    (void)ignored;
    errno = saved;
}

int cp_is_terminal(int descriptor) { return isatty(descriptor); }

int cp_terminal_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
    return size.ws_col;
}

int cp_terminal_echoes(int descriptor) {
    struct termios found;
    if (tcgetattr(descriptor, &found) < 0) return -errno;
    return (found.c_lflag & ECHO) != 0;
}

static void restore_actions(int count) {
    for (int i = 0; i < count; i++) sigaction(signals[i], &actions_before[i], NULL);
}

static int install_actions(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note; /* no SA_RESTART */
    sigfillset(&action.sa_mask);
    for (int i = 0; i < signal_count; i++) {
        if (sigaction(signals[i], NULL, &actions_before[i]) < 0
            /* Whoever started us said that this signal shall be ignored (nohup). */
            || (actions_before[i].sa_handler != SIG_IGN
                && sigaction(signals[i], &action, NULL) < 0)) {
            int code = errno;
            restore_actions(i);
            return -code;
        }
    }
    return 0;
}

static int release(int result) {
    for (int i = 0; i < 2; i++) {
        if (wake[i] >= 0) close(wake[i]);
        wake[i] = -1;
    }
    terminal = -1;
    atomic_flag_clear(&busy);
    return result;
}

int cp_terminal_begin(int descriptor, enum cp_terminal_mode mode) {
    if (atomic_flag_test_and_set(&busy)) return -EBUSY;
    arrived = 0;
    if (tcgetattr(descriptor, &before) < 0) return release(-errno);
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) < 0) return release(-errno);
    struct termios changed = before;
    changed.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (mode == CP_TERMINAL_RAW || mode == CP_TERMINAL_KEYS) {
        changed.c_lflag &= ~(tcflag_t)(ICANON | IEXTEN);
        /* Carriage returns arrive as such: only the reader can tell CR LF from two lines. */
        changed.c_iflag &= ~(tcflag_t)(IXON | ISTRIP | ICRNL | INLCR | IGNCR);
        changed.c_cc[VMIN] = 1;
        changed.c_cc[VTIME] = 0;
    }
    if (mode == CP_TERMINAL_KEYS) changed.c_cc[VINTR] = _POSIX_VDISABLE;
    int result = install_actions();
    if (result < 0) return release(result);
    /* TCSADRAIN: what was typed ahead is kept, which scripts and quick hands rely on. */
    if (CP_RESULT(tcsetattr(descriptor, TCSADRAIN, &changed)) < 0) {
        int code = errno;
        restore_actions(signal_count);
        return release(-code);
    }
    terminal = descriptor;
    return 0;
}

ssize_t cp_terminal_read(int descriptor, void *buffer, size_t count, int milliseconds) {
    struct pollfd waiting[2] = {{descriptor, POLLIN, 0}, {wake[0], POLLIN, 0}};
    for (;;) {
        if (arrived != 0) return -EINTR;
        int ready = poll(waiting, 2, milliseconds);
        if (ready < 0) {
            if (errno == EINTR) continue;
            return -errno;
        }
        if (ready == 0) return -ETIMEDOUT;
        if (waiting[1].revents != 0) return -EINTR;
        if (waiting[0].revents == 0) continue;
        ssize_t result = read(descriptor, buffer, count);
        if (result >= 0) return result;
        if (errno == EIO) return 0; /* hung up */
        if (errno != EINTR && errno != EAGAIN) return -errno;
    }
}

int cp_terminal_end(void) {
    if (terminal < 0) return -EINVAL;
    /* Mode first: while our handlers stand, no signal can end the process in between. */
    (void)CP_RESULT(tcsetattr(terminal, TCSADRAIN, &before));
    restore_actions(signal_count);
    int signal = arrived;
    return release(signal);
}

int cp_raise(int signal) { return kill(getpid(), signal) < 0 ? -errno : 0; }

/* Set by the handler below; the descriptor is that of a socket on which somebody waits, or -1. */
static volatile sig_atomic_t interrupted;
static atomic_int breaking = -1;

static void hold(int signal) {
    (void)signal;
    int saved = errno;
    interrupted = 1;
    int descriptor = atomic_load(&breaking);
    /* Async-signal-safe (POSIX.1-2017, XSH 2.4.3). */
    if (descriptor >= 0) shutdown(descriptor, SHUT_RDWR);
    errno = saved;
}

int cp_interrupts_hold(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = hold;
    action.sa_flags = SA_RESTART;
    return sigaction(SIGINT, &action, NULL) < 0 ? -errno : 0;
}

void cp_interrupts_break(int descriptor) {
    atomic_store(&breaking, descriptor);
    /* It may have come just before. */
    if (descriptor >= 0 && interrupted) shutdown(descriptor, SHUT_RDWR);
}

int cp_interrupts_take(void) {
    int came = interrupted;
    interrupted = 0;
    return came;
}

int cp_interrupts_came(void) { return interrupted; }

/* What ends a program from outside. */
static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { ending_count = sizeof endings / sizeof endings[0] };
static struct sigaction endings_before[ending_count];
static volatile sig_atomic_t ending;

static void note_ending(int signal) { ending = signal; }

static void restore_endings(int count) {
    for (int i = 0; i < count; i++) sigaction(endings[i], &endings_before[i], NULL);
}

int cp_endings_hold(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_ending;
    action.sa_flags = SA_RESTART;
    ending = 0;
    for (int i = 0; i < ending_count; i++) {
        if (sigaction(endings[i], NULL, &endings_before[i]) < 0
            /* Whoever started us said that this signal shall be ignored (nohup). */
            || (endings_before[i].sa_handler != SIG_IGN
                && sigaction(endings[i], &action, NULL) < 0)) {
            int code = errno;
            restore_endings(i);
            return -code;
        }
    }
    return 0;
}

void cp_endings_release(void) { restore_endings(ending_count); }

int cp_endings_came(void) { return ending; }

/* The signals that end a process which does not handle them, as a person or a terminal sends them. */
static const int goodbyes[] = {SIGHUP, SIGTERM, SIGQUIT, SIGINT};
enum { goodbye_count = sizeof goodbyes / sizeof goodbyes[0] };
static struct sigaction goodbyes_before[goodbye_count];
static atomic_int farewell = -1;

static void tell(int signal) {
    int saved = errno;
    unsigned char number = (unsigned char)signal;
    ssize_t ignored = write(atomic_load(&farewell), &number, 1);
    (void)ignored;
    errno = saved;
}

int cp_farewell_begin(int *reader) {
    int ends[2];
    if (atomic_load(&farewell) >= 0) return -EBUSY;
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    atomic_store(&farewell, ends[1]);
    *reader = ends[0];
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = tell;
    action.sa_flags = SA_RESTART;
    for (int i = 0; i < goodbye_count; i++) {
        sigaction(goodbyes[i], NULL, &goodbyes_before[i]);
        if (goodbyes_before[i].sa_handler == SIG_DFL) sigaction(goodbyes[i], &action, NULL);
    }
    return 0;
}

int cp_farewell_next(int reader) {
    unsigned char number = 0;
    ssize_t found = CP_RESULT(read(reader, &number, 1));
    if (found == 1) return number;
    close(reader);
    return 0;
}

void cp_farewell_leave(int signal) {
    struct sigaction usual;
    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    sigaction(signal, &usual, NULL);
    kill(getpid(), signal);
}

void cp_farewell_end(void) {
    int writer = atomic_load(&farewell);
    if (writer < 0) return;
    for (int i = 0; i < goodbye_count; i++) sigaction(goodbyes[i], &goodbyes_before[i], NULL);
    atomic_store(&farewell, -1);
    close(writer);
}
