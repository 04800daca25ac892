#define _GNU_SOURCE
#include "CWipingFree.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* glibc's own free under the name that it exports for replacements. */
extern void __libc_free(void *block);

/* Blocks of malloc, calloc, aligned_alloc and memalign alike: malloc_usable_size knows them all.
 * The usable size may exceed what was asked for; the program may have used all of it. No state of
 * our own, so this is as thread-safe as __libc_free. errno stays as it is, as POSIX wants. */
__attribute__((noinline)) static void wiping_free(void *block) {
    if (block == NULL) return;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

/* glibc's realloc frees the old block inside itself after moving, and gives back the tail after
 * shrinking, both unwiped. So a block that grows always moves here, by our own hand. */
__attribute__((noinline)) static void *wiping_realloc(void *block, size_t size) {
    if (block == NULL) return malloc(size);
    if (size == 0) { /* glibc's meaning: free, and no new block */
        wiping_free(block);
        return NULL;
    }
    size_t usable = malloc_usable_size(block);
    /* Fits, and would not waste more than half: stay, and wipe the part that is given up. */
    if (size <= usable && size >= usable / 2) {
        explicit_bzero((uint8_t *)block + size, usable - size);
        return block;
    }
    void *moved = malloc(size);
    if (moved == NULL) return NULL; /* the old block stays untouched and valid */
    memcpy(moved, block, size < usable ? size : usable);
    wiping_free(block);
    return moved;
}

/* Aliases, so that the check below can compare with a function that nobody else can define. */
void free(void *block) __attribute__((alias("wiping_free"), visibility("default")));
void *realloc(void *block, size_t size)
    __attribute__((alias("wiping_realloc"), visibility("default")));

bool carevault_wiping_free_installed(void) {
    /* What a shared library finds under these names; not ours when the executable does not export
     * them, or when something was preloaded. */
    return dlsym(RTLD_DEFAULT, "free") == (void *)wiping_free
        && dlsym(RTLD_DEFAULT, "realloc") == (void *)wiping_realloc;
}
