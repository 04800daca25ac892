#define _GNU_SOURCE
#include "CPlatform.h"
#include "internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

int cp_open(const char *path, int flags, unsigned mode) {
    return CP_RESULT(open(path, flags | O_CLOEXEC, mode));
}

/* close(2) is never repeated: on Linux the descriptor is gone even when it says EINTR. */
int cp_close(int descriptor) { return close(descriptor) < 0 ? -errno : 0; }

int cp_duplicate(int descriptor) { return CP_RESULT(fcntl(descriptor, F_DUPFD_CLOEXEC, 3)); }

ssize_t cp_read(int descriptor, void *buffer, size_t count) {
    return CP_RESULT(read(descriptor, buffer, count));
}

ssize_t cp_write(int descriptor, const void *bytes, size_t count) {
    return CP_RESULT(write(descriptor, bytes, count));
}

int cp_fsync(int descriptor) { return CP_RESULT(fsync(descriptor)); }
int cp_fdatasync(int descriptor) { return CP_RESULT(fdatasync(descriptor)); }
int cp_fchmod(int descriptor, unsigned mode) { return CP_RESULT(fchmod(descriptor, mode)); }

int cp_fchown(int descriptor, uint32_t owner, uint32_t group) {
    return CP_RESULT(fchown(descriptor, owner, group));
}

int cp_truncate(int descriptor, int64_t size) { return CP_RESULT(ftruncate(descriptor, size)); }

int cp_allocate(int descriptor, int64_t size) {
    int code;
    do { /* posix_fallocate returns the error instead of setting errno */
        code = posix_fallocate(descriptor, 0, size);
    } while (code == EINTR);
    return -code;
}

int cp_seek(int descriptor, int64_t offset) {
    return lseek(descriptor, offset, SEEK_SET) < 0 ? -errno : 0;
}

static void fill(struct cp_status *status, const struct stat *from) {
    status->mode = from->st_mode;
    status->owner = from->st_uid;
    status->group = from->st_gid;
    status->size = from->st_size;
    status->device = from->st_dev;
    status->inode = from->st_ino;
    status->modified = from->st_mtim.tv_sec;
}

int cp_status_of(int descriptor, struct cp_status *status) {
    struct stat found;
    int result = CP_RESULT(fstat(descriptor, &found));
    if (result >= 0) fill(status, &found);
    return result;
}

int cp_status_at(const char *path, bool follow, struct cp_status *status) {
    struct stat found;
    int result = CP_RESULT(fstatat(AT_FDCWD, path, &found, follow ? 0 : AT_SYMLINK_NOFOLLOW));
    if (result >= 0) fill(status, &found);
    return result;
}

int cp_chmod(const char *path, unsigned mode) { return CP_RESULT(chmod(path, mode)); }

int cp_lchown(const char *path, uint32_t owner, uint32_t group) {
    return CP_RESULT(lchown(path, owner, group));
}

int cp_mkdir(const char *path, unsigned mode) { return CP_RESULT(mkdir(path, mode)); }
int cp_rmdir(const char *path) { return CP_RESULT(rmdir(path)); }
int cp_unlink(const char *path) { return CP_RESULT(unlink(path)); }

int cp_rename(const char *from, const char *to, bool replacing) {
    if (replacing) return CP_RESULT(rename(from, to));
    int result = CP_RESULT(renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE));
    if (result != -EINVAL && result != -ENOSYS) return result;
    /* A file system without RENAME_NOREPLACE: link(2) refuses an existing name just as well. */
    result = CP_RESULT(link(from, to));
    return result < 0 ? result : CP_RESULT(unlink(from));
}

ssize_t cp_list(const char *path, char *names, size_t capacity) {
    int descriptor = CP_RESULT(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor < 0) return descriptor;
    DIR *directory = fdopendir(descriptor);
    if (directory == NULL) {
        int code = errno;
        close(descriptor);
        return -code;
    }
    size_t total = 0;
    int code = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            code = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        size_t size = strlen(entry->d_name) + 1;
        if (total + size <= capacity) memcpy(names + total, entry->d_name, size);
        total += size;
    }
    closedir(directory);
    return code != 0 ? -code : (ssize_t)total;
}

int cp_on_memory(const char *path) {
    struct statfs found;
    int result = CP_RESULT(statfs(path, &found));
    if (result < 0) return result;
    return found.f_type == TMPFS_MAGIC || found.f_type == RAMFS_MAGIC;
}

int64_t cp_free_space(const char *path) {
    struct statvfs found;
    int result = CP_RESULT(statvfs(path, &found));
    if (result < 0) return result;
    return (int64_t)found.f_bavail * (int64_t)found.f_frsize;
}

int cp_flock_exclusive(int descriptor) { return CP_RESULT(flock(descriptor, LOCK_EX | LOCK_NB)); }
