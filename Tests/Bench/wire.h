/* The little of Varlink that a load generator needs: JSON objects ended by NUL over a Unix socket. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An identifier in text: 27 characters of Crockford base 32, the last a Luhn mod 32 check. */
enum { identifier_length = 27, reply_limit = 1 << 20 };

struct connection {
    int fd;
    char *out;          /* the request under way */
    size_t out_size, out_length;
    char *in;           /* what came of the reply */
    size_t in_size, in_length, in_searched;
    uint64_t started;   /* nanoseconds, when the request was handed to the kernel */
    unsigned step;      /* for callers that make several calls in turn */
    size_t number;
};

/* Prints a message and ends the program with 1. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

uint64_t now(void);
uint64_t random_number(void);
void make_identifier(char text[identifier_length + 1]);
bool is_identifier(const char *text);

/* Connects; fails the program when it cannot. */
void connection_open(struct connection *connection, const char *path, bool blocking);
void connection_close(struct connection *connection);

/* Formats a request as the next one of a connection and sends it. */
void connection_request(struct connection *connection, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Receives what has come. Returns the reply, ended by NUL, once it is whole; else NULL. */
char *connection_receive(struct connection *connection);

/* A call on a blocking connection. Returns the reply. */
char *connection_call(struct connection *connection);

/* The name of the error that a reply reports, in `name`; false when it reports none. */
bool reply_error(const char *reply, char *name, size_t size);

/* Copies the text of the first member of that name; false when there is none that fits. */
bool reply_text(const char *reply, const char *member, char *text, size_t size);

#endif
