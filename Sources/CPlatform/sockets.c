#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Fills an address from bytes that may start with NUL (abstract) and need no final NUL. */
static int fill(struct sockaddr_un *address, socklen_t *size, const char *path, size_t length) {
    if (length == 0 || length >= sizeof address->sun_path) return -ENAMETOOLONG;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length);
    /* The final NUL counts for a path and must not for an abstract name. */
    *size = offsetof(struct sockaddr_un, sun_path) + length + (path[0] == 0 ? 0 : 1);
    return 0;
}

int cp_socket_stream(void) { return CP_RESULT(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

int cp_bind(int descriptor, const char *path, size_t length, unsigned mode) {
    struct sockaddr_un address;
    socklen_t size;
    int result = fill(&address, &size, path, length);
    if (result < 0) return result;
    /* Linux takes the permission bits of a new socket node from the inode of the unbound socket,
     * less the umask. So the node is born narrow, and no other thread sees a changed umask. */
    result = CP_RESULT(fchmod(descriptor, mode));
    if (result < 0) return result;
    return CP_RESULT(bind(descriptor, (struct sockaddr *)&address, size));
}

int cp_listen(int descriptor, int backlog) { return CP_RESULT(listen(descriptor, backlog)); }

int cp_connect(int descriptor, const char *path, size_t length) {
    struct sockaddr_un address;
    socklen_t size;
    int result = fill(&address, &size, path, length);
    if (result < 0) return result;
    return CP_RESULT(connect(descriptor, (struct sockaddr *)&address, size));
}

int cp_accept(int descriptor) { return CP_RESULT(accept4(descriptor, NULL, NULL, SOCK_CLOEXEC)); }

int cp_set_close_on_exec(int descriptor) {
    int flags = CP_RESULT(fcntl(descriptor, F_GETFD));
    if (flags < 0) return flags;
    return CP_RESULT(fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC));
}

static int option(int descriptor, int name, int *value) {
    socklen_t size = sizeof *value;
    return CP_RESULT(getsockopt(descriptor, SOL_SOCKET, name, value, &size));
}

int cp_is_unix_listener(int descriptor) {
    struct stat status;
    int result = CP_RESULT(fstat(descriptor, &status));
    if (result < 0) return result;
    if (!S_ISSOCK(status.st_mode)) return 0;
    int family, type, accepting;
    if ((result = option(descriptor, SO_DOMAIN, &family)) < 0) return result;
    if ((result = option(descriptor, SO_TYPE, &type)) < 0) return result;
    if ((result = option(descriptor, SO_ACCEPTCONN, &accepting)) < 0) return result;
    return family == AF_UNIX && type == SOCK_STREAM && accepting != 0;
}

int cp_socket_path(int descriptor, char *path, size_t capacity) {
    struct sockaddr_un address;
    socklen_t size = sizeof address;
    int result = CP_RESULT(getsockname(descriptor, (struct sockaddr *)&address, &size));
    if (result < 0) return result;
    size_t start = offsetof(struct sockaddr_un, sun_path);
    if (size <= start || address.sun_path[0] == 0) return 0;
    size_t length = strnlen(address.sun_path, size - start);
    if (length > capacity) return -ENAMETOOLONG;
    memcpy(path, address.sun_path, length);
    return (int)length;
}

int cp_notify(const char *name, size_t length, const void *bytes, size_t count) {
    struct sockaddr_un address;
    socklen_t size;
    int result = fill(&address, &size, name, length);
    if (result < 0) return result;
    int descriptor = CP_RESULT(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (descriptor < 0) return descriptor;
    ssize_t sent = CP_RESULT(
        sendto(descriptor, bytes, count, MSG_NOSIGNAL, (struct sockaddr *)&address, size));
    close(descriptor);
    return sent < 0 ? (int)sent : 0;
}

int cp_peer_of(int descriptor, struct cp_peer *peer) {
    struct ucred found;
    socklen_t size = sizeof found;
    int result = CP_RESULT(getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &found, &size));
    if (result < 0) return result;
    /* A socket that is not connected answers with -1: never take that for a user. */
    if (size != sizeof found || found.uid == (uid_t)-1) return -ENOTCONN;
    peer->process = found.pid;
    peer->user = found.uid;
    peer->group = found.gid;
    return 0;
}

int cp_peer_groups(int descriptor, uint32_t *groups, size_t capacity) {
    _Static_assert(sizeof(gid_t) == sizeof(uint32_t), "group numbers have 32 bits");
    socklen_t size = capacity * sizeof(gid_t);
    int result = CP_RESULT(getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &size));
    /* ERANGE: the buffer is too small, and `size` says what it takes. */
    if (result < 0 && result != -ERANGE) return result;
    return (int)(size / sizeof(gid_t));
}

int cp_has_ended(int descriptor) {
    char byte;
    ssize_t found = CP_RESULT(recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT));
    if (found == -EAGAIN) return 0;
    return found <= 0;
}
