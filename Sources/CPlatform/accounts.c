#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A directory service may need a large buffer for a group with many members. */
enum { first_buffer = 4096, largest_buffer = 4 << 20 };

/* Runs a *_r look-up with a growing buffer; `call` uses `buffer` and `size`, sets `found`. */
#define LOOK_UP(call, found, use)                                        \
    for (size_t size = first_buffer;; size *= 4) {                       \
        char *buffer = malloc(size);                                     \
        if (buffer == NULL) return -ENOMEM;                              \
        int code;                                                        \
        do {                                                             \
            code = (call);                                               \
        } while (code == EINTR);                                         \
        if (code == ERANGE && size < largest_buffer) {                   \
            free(buffer);                                                \
            continue;                                                    \
        }                                                                \
        int result = code != 0 ? -code : found == NULL ? -ENOENT : (use); \
        free(buffer);                                                    \
        return result;                                                   \
    }

static int copy_name(const char *from, char *name, size_t capacity) {
    size_t length = strlen(from);
    if (length > capacity) return -ENAMETOOLONG;
    memcpy(name, from, length);
    return (int)length;
}

int cp_user_name(uint32_t user, char *name, size_t capacity) {
    struct passwd entry, *found = NULL;
    LOOK_UP(
        getpwuid_r(user, &entry, buffer, size, &found), found,
        copy_name(found->pw_name, name, capacity))
}

int cp_group_name(uint32_t group, char *name, size_t capacity) {
    struct group entry, *found = NULL;
    LOOK_UP(
        getgrgid_r(group, &entry, buffer, size, &found), found,
        copy_name(found->gr_name, name, capacity))
}

int cp_user_number(const char *name, uint32_t *user) {
    struct passwd entry, *found = NULL;
    LOOK_UP(
        getpwnam_r(name, &entry, buffer, size, &found), found, ((*user = found->pw_uid), 0))
}

int cp_group_number(const char *name, uint32_t *group) {
    struct group entry, *found = NULL;
    LOOK_UP(
        getgrnam_r(name, &entry, buffer, size, &found), found, ((*group = found->gr_gid), 0))
}

int cp_own_groups(uint32_t *groups, size_t capacity) {
    int count = getgroups(0, NULL);
    if (count < 0) return -errno;
    if ((size_t)count > capacity) return count;
    count = getgroups((int)capacity, groups);
    return count < 0 ? -errno : count;
}
