#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("error: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* splitmix64, from a fixed seed: two runs ask for the same records in the same order. */
uint64_t random_number(void) {
    static uint64_t state = 0x43617265;
    uint64_t value = state += 0x9e3779b97f4a7c15u;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Idempotency ids must differ between runs, so the start time goes in beside the fixed sequence. */
void make_identifier(char text[identifier_length + 1]) {
    static uint64_t salt;
    if (salt == 0) {
        struct timespec time;
        clock_gettime(CLOCK_REALTIME, &time);
        salt = (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
        salt ^= (uint64_t)getpid() << 48;
    }
    unsigned __int128 value = (unsigned __int128)(random_number() ^ salt) << 64 | random_number();
    unsigned sum = 0;
    bool doubled = true;
    for (int place = identifier_length - 2; place >= 0; place--) {
        unsigned symbol = (unsigned)value & 31, add = doubled ? 2 * symbol : symbol;
        text[place] = alphabet[symbol];
        sum += add / 32 + add % 32;
        doubled = !doubled;
        value >>= 5;
    }
    text[identifier_length - 1] = alphabet[(32 - sum % 32) % 32];
    text[identifier_length] = 0;
}

bool is_identifier(const char *text) {
    return strlen(text) == identifier_length && strspn(text, alphabet) == identifier_length;
}

void connection_open(struct connection *connection, const char *path, bool blocking) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) fail("%s: too long for a socket path", path);
    strcpy(address.sun_path, path);
    memset(connection, 0, sizeof *connection);
    connection->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->fd < 0) fail("socket: %s", strerror(errno));
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail("%s: %s", path, strerror(errno));
    if (!blocking && fcntl(connection->fd, F_SETFL, O_NONBLOCK) != 0)
        fail("%s: %s", path, strerror(errno));
    connection->out_size = 4096;
    connection->in_size = 8192;
    connection->out = malloc(connection->out_size);
    connection->in = malloc(connection->in_size);
    if (!connection->out || !connection->in) fail("out of memory");
}

void connection_close(struct connection *connection) {
    close(connection->fd);
    /* A token or a secret may have passed through. */
    explicit_bzero(connection->out, connection->out_size);
    explicit_bzero(connection->in, connection->in_size);
    free(connection->out);
    free(connection->in);
}

static void send_whole(struct connection *connection) {
    for (size_t sent = 0; sent < connection->out_length;) {
        ssize_t count = send(
            connection->fd, connection->out + sent, connection->out_length - sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) {
            /* A request is 2 KiB at most and the socket's buffer empty, so this hardly happens. */
            struct pollfd wait = {.fd = connection->fd, .events = POLLOUT};
            poll(&wait, 1, -1);
            continue;
        }
        if (count < 0) fail("sending to the daemon: %s", strerror(errno));
        sent += (size_t)count;
    }
}

void connection_request(struct connection *connection, const char *format, ...) {
    for (;;) {
        va_list arguments;
        va_start(arguments, format);
        int length = vsnprintf(connection->out, connection->out_size, format, arguments);
        va_end(arguments);
        if (length < 0) fail("a request cannot be formatted");
        if ((size_t)length < connection->out_size) {
            connection->out_length = (size_t)length + 1; /* the NUL ends the message */
            break;
        }
        connection->out_size = (size_t)length + 1;
        free(connection->out);
        if (!(connection->out = malloc(connection->out_size))) fail("out of memory");
    }
    connection->in_length = connection->in_searched = 0;
    connection->started = now();
    send_whole(connection);
}

char *connection_receive(struct connection *connection) {
    for (;;) {
        if (connection->in_length == connection->in_size) {
            if (connection->in_size >= reply_limit) fail("a reply is longer than 1 MiB");
            connection->in_size *= 2;
            connection->in = realloc(connection->in, connection->in_size);
            if (!connection->in) fail("out of memory");
        }
        ssize_t count = recv(
            connection->fd, connection->in + connection->in_length,
            connection->in_size - connection->in_length, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return NULL;
        if (count < 0) fail("receiving from the daemon: %s", strerror(errno));
        if (count == 0) fail("the daemon closed the connection");
        connection->in_length += (size_t)count;
        char *end = memchr(
            connection->in + connection->in_searched, 0,
            connection->in_length - connection->in_searched);
        connection->in_searched = connection->in_length;
        if (!end) continue;
        if (end != connection->in + connection->in_length - 1)
            fail("the daemon answered more than was asked");
        return connection->in;
    }
}

char *connection_call(struct connection *connection) {
    char *reply = NULL;
    while (!reply) reply = connection_receive(connection);
    return reply;
}

bool reply_text(const char *reply, const char *member, char *text, size_t size) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", member);
    const char *begin = strstr(reply, key);
    if (!begin) return false;
    begin += strlen(key);
    const char *end = strchr(begin, '"');
    if (!end || (size_t)(end - begin) >= size) return false;
    memcpy(text, begin, (size_t)(end - begin));
    text[end - begin] = 0;
    return true;
}

bool reply_error(const char *reply, char *name, size_t size) {
    return reply_text(reply, "error", name, size);
}
