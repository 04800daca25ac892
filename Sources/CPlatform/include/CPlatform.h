/* CPlatform: the system calls that Swift's Glibc module cannot name, or cannot call without
 * pointers. Every function returns a value of zero or more, or a negated errno, so that no caller
 * reads errno across a language boundary. Interrupted calls (EINTR) are repeated here, except in
 * the functions of the terminal, where an interruption is the news. */
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* ---- Files (files.c) -------------------------------------------------------------------- */

/* What stat(2) knows of a file. */
struct cp_status {
    uint32_t mode; /* type and permission bits */
    uint32_t owner;
    uint32_t group;
    int64_t size; /* bytes */
    uint64_t device;
    uint64_t inode;
    int64_t modified; /* seconds since 1970 */
};

int cp_open(const char *path, int flags, unsigned mode);
int cp_close(int descriptor);
int cp_duplicate(int descriptor);
ssize_t cp_read(int descriptor, void *buffer, size_t count);
ssize_t cp_write(int descriptor, const void *bytes, size_t count);
int cp_fsync(int descriptor);
int cp_fdatasync(int descriptor);
int cp_fchmod(int descriptor, unsigned mode);
int cp_fchown(int descriptor, uint32_t owner, uint32_t group);
int cp_truncate(int descriptor, int64_t size);
int cp_allocate(int descriptor, int64_t size);
int cp_seek(int descriptor, int64_t offset);
int cp_status_of(int descriptor, struct cp_status *status);
int cp_status_at(const char *path, bool follow, struct cp_status *status);
int cp_chmod(const char *path, unsigned mode);
int cp_lchown(const char *path, uint32_t owner, uint32_t group);
int cp_mkdir(const char *path, unsigned mode);
int cp_rmdir(const char *path);
int cp_unlink(const char *path);
int cp_rename(const char *from, const char *to, bool replacing);
/* Fills `names` with NUL-terminated names without "." and ".."; returns their total size, which may
 * exceed `capacity`: then nothing usable was written and the caller tries again with more. */
ssize_t cp_list(const char *path, char *names, size_t capacity);
/* 1 when the file lies on tmpfs or ramfs, 0 when not. */
int cp_on_memory(const char *path);
/* Bytes that an unprivileged process may still write to the file system of `path`. */
int64_t cp_free_space(const char *path);
int cp_flock_exclusive(int descriptor);

/* ---- Sockets (sockets.c) ---------------------------------------------------------------- */

int cp_socket_stream(void);
/* Binds to the node `path`, whose permission bits can never exceed `mode`, not even for a moment. */
int cp_bind(int descriptor, const char *path, size_t length, unsigned mode);
int cp_listen(int descriptor, int backlog);
int cp_connect(int descriptor, const char *path, size_t length);
int cp_accept(int descriptor);
int cp_set_close_on_exec(int descriptor);
/* 1 when the other side closed the stream and nothing is left to be read, 0 when not. */
int cp_has_ended(int descriptor);
/* 1 when the descriptor is a listening stream socket of the Unix family, 0 when not. */
int cp_is_unix_listener(int descriptor);
/* The path that a Unix socket is bound to, without NUL; returns its length (0: none). */
int cp_socket_path(int descriptor, char *path, size_t capacity);
/* Sends one datagram to `name`; a leading NUL means an abstract name. */
int cp_notify(const char *name, size_t length, const void *bytes, size_t count);

struct cp_peer {
    int32_t process;
    uint32_t user;
    uint32_t group;
};
int cp_peer_of(int descriptor, struct cp_peer *peer);
/* Returns the number of groups of the peer, which may exceed `capacity`: try again with more. */
int cp_peer_groups(int descriptor, uint32_t *groups, size_t capacity);

/* ---- Accounts (accounts.c) -------------------------------------------------------------- */

/* Each returns the length of the name, or -ENOENT when there is no such account. */
int cp_user_name(uint32_t user, char *name, size_t capacity);
int cp_group_name(uint32_t group, char *name, size_t capacity);
/* Each returns 0 and the number, or -ENOENT. */
int cp_user_number(const char *name, uint32_t *user);
int cp_group_number(const char *name, uint32_t *group);
int cp_own_groups(uint32_t *groups, size_t capacity);

/* ---- Process (process.c) ---------------------------------------------------------------- */

int cp_disable_core_dumps(void);
int cp_default_crash_signals(void);
int cp_is_dumpable(void);
int cp_deny_new_privileges(void);
/* Raises the soft limit towards `wanted`, at most to the hard limit; returns 0. `after` is what
 * the limit is then. */
int cp_raise_locked_memory_limit(uint64_t wanted, uint64_t *after);
int cp_raise_descriptor_limit(uint64_t wanted, uint64_t *after);
int cp_ignore_broken_pipes(void);
int64_t cp_wall_microseconds(void);
int64_t cp_monotonic_nanoseconds(void);
const char *cp_error_name(int code);
const char *cp_error_text(int code);
void cp_wipe(void *bytes, size_t count);
/* The value of an environment variable, NULL when unset or when the program runs with raised
 * privileges (set-user-id). */
const char *cp_environment(const char *name);
int cp_clear_environment(const char *name);

/* ---- Terminal (terminal.c) -------------------------------------------------------------- */

enum cp_terminal_mode {
    CP_TERMINAL_SECRET = 0, /* lines, no echo */
    CP_TERMINAL_RAW = 1,    /* bytes as they come, no echo, output processing kept */
    CP_TERMINAL_KEYS = 2,   /* the same, and ^C comes as a byte instead of interrupting */
};
int cp_is_terminal(int descriptor);
/* Columns, or 0 when unknown. */
int cp_terminal_columns(int descriptor);
/* Changes the mode of the terminal and arranges that SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGTSTP
 * end the next cp_terminal_read instead of the process. One terminal at a time in a process:
 * -EBUSY otherwise. */
int cp_terminal_begin(int descriptor, enum cp_terminal_mode mode);
/* Reads what is there, waiting for the first byte, at most so many milliseconds (-1: for ever).
 * -EINTR when one of the signals came, -ETIMEDOUT. */
ssize_t cp_terminal_read(int descriptor, void *buffer, size_t count, int milliseconds);
/* Restores mode and signal handlers. Returns the signal that came meanwhile, or 0. */
int cp_terminal_end(void);
/* Lets a signal that cp_terminal_end returned have its usual effect. */
int cp_raise(int signal);
/* From now on SIGINT does not end the process: it is noted, and ends the waiting on a socket that
 * cp_interrupts_break named, by shutting it down. */
int cp_interrupts_hold(void);
/* The socket on which somebody waits, which must stay open until this is called with -1. */
void cp_interrupts_break(int descriptor);
/* 1 when SIGINT came since the last call. */
int cp_interrupts_take(void);
/* The same, and it stays noted. */
int cp_interrupts_came(void);
/* From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted and do not end the process, until released. */
int cp_endings_hold(void);
void cp_endings_release(void);
/* The one that came last since they are held, or 0. */
int cp_endings_came(void);

/* From now on signals that would end the process are written into a pipe, one byte each, so that there
 * is time to tidy up; `reader` gets its end. SIGINT is left to whoever handles it. */
int cp_farewell_begin(int *reader);
/* The next signal, blocking; 0 after cp_farewell_end. */
int cp_farewell_next(int reader);
/* Lets the signal end the process now. */
void cp_farewell_leave(int signal);
/* Signals have their usual effect again. */
void cp_farewell_end(void);

/* ---- Pseudo-terminals, for tests of programs (pty.c) ------------------------------------ */

/* Runs `path` with a new pseudo-terminal as its controlling terminal and as descriptors 0, 1, 2.
 * `arguments` and `environment` are blocks of that many NUL-terminated strings, one after another.
 * Returns the descriptor of the controlling side. */
int cp_pty_spawn(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t variable_count, unsigned short columns, unsigned short rows, int32_t *process);
/* Opens a pair without a process. */
int cp_pty_pair(int *controller, int *terminal);
/* Reads with a limit of time. 0 at the end (the other side is closed), -ETIMEDOUT. */
ssize_t cp_pty_read(int descriptor, void *buffer, size_t count, int milliseconds);
/* Waits for the end of a process. Returns the exit status, or 128 + signal as shells do. */
int cp_wait(int32_t process, int milliseconds);
int cp_kill(int32_t process, int signal);
/* Runs `path` on this process's terminal and descriptors 0, 1, 2 and waits for its end; ^C and ^\\ are
 * for the program alone meanwhile, as with system(3). Blocks of strings as for cp_pty_spawn. Returns
 * the exit status, or 128 + signal. */
int cp_run(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t variable_count);
/* 1 when the terminal echoes what is typed, 0 when not. */
int cp_terminal_echoes(int descriptor);

#endif
