import Foundation
import Testing

@testable import VaultPlatform

/// The override changes `free` of a whole process, so it is tried in a program of its own: the C
/// files are compiled as the package compiles them, with a `main` that checks.
@Suite(.serialized) struct WipingFreeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Compiles the override with a program and runs it; returns output and exit status.
    private func run(_ program: String) throws -> (String, Int32) {
        let directory = try TemporaryDirectory()
        try Files.writeDurably(directory.file("main.c"), Array(program.utf8), mode: 0o600)
        let folder = Self.root.appending(path: "Sources/CWipingFree").path()
        let command = """
            clang -O2 -Wall -Werror -pthread -fno-builtin -I'\(folder)/include' \
            '\(folder)/wiping_free.c' main.c -o main && exec ./main
            """
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let shell = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", "cd '\(directory.path)' && \(command)"],
            environment: ["PATH=\(path)"])
        let output = try shell.readToEnd(milliseconds: 60_000)
        return (output, try shell.wait(milliseconds: 60_000))
    }

    private static let head = """
        #define _GNU_SOURCE
        #include <assert.h>
        #include <errno.h>
        #include <malloc.h>
        #include <pthread.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        #include "CWipingFree.h"

        """

    @Test func behavesAsTheStandardSays() throws {
        let program =
            Self.head + """
                int main(void) {
                    assert(carevault_wiping_free_installed());
                    free(NULL);
                    errno = 77; free(malloc(10)); assert(errno == 77);
                    assert(realloc(malloc(10), 0) == NULL);
                    char *grown = realloc(NULL, 8); assert(grown);
                    memcpy(grown, "1234567", 8);
                    for (size_t size = 9; size < (1 << 21); size = size * 3 / 2) {
                        grown = realloc(grown, size); assert(grown);
                        assert(memcmp(grown, "1234567", 8) == 0);
                        memset(grown + 8, 0xAA, size - 8);
                    }
                    for (size_t size = 1 << 20; size >= 8; size = size * 2 / 3) {
                        grown = realloc(grown, size); assert(grown);
                        assert(memcmp(grown, "1234567", 8) == 0);
                    }
                    /* a failed realloc leaves the old block as it was */
                    volatile size_t huge = (size_t)PTRDIFF_MAX - 4096;
                    assert(realloc(grown, huge) == NULL && errno == ENOMEM);
                    assert(memcmp(grown, "1234567", 8) == 0);
                    free(grown);
                    for (size_t alignment = 16; alignment <= (1 << 16); alignment *= 2) {
                        char *a = memalign(alignment, 100), *b = aligned_alloc(alignment, alignment * 3);
                        void *c; assert(posix_memalign(&c, alignment, 5000) == 0);
                        assert(a && b && (uintptr_t)a % alignment == 0);
                        memset(a, 1, 100); memset(b, 2, alignment * 3); memset(c, 3, 5000);
                        a = realloc(a, 300000); assert(a && a[99] == 1);
                        free(b); free(c); free(a);
                    }
                    char *line = NULL; size_t room = 0; /* allocated and freed inside the C library */
                    FILE *file = fopen("main.c", "r"); assert(file);
                    while (getline(&line, &room, file) > 0) {}
                    fclose(file); free(line);
                    puts("good");
                }
                """
        #expect(try run(program) == ("good\r\n", 0))
    }

    @Test func nothingFreedKeepsItsContents() throws {
        // The word is assembled at run time, and the whole heap is searched through the kernel.
        let program =
            Self.head + """
                static char word[] = "SECRETxWORDxNUMBER";
                static int copies(void) {
                    FILE *maps = fopen("/proc/self/maps", "r"), *memory = fopen("/proc/self/mem", "r");
                    assert(maps && memory);
                    char line[512]; int found = 0;
                    static char page[1 << 16];
                    while (fgets(line, sizeof line, maps)) {
                        unsigned long start, end; char rights[8];
                        if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) != 3) continue;
                        if (rights[1] != 'w' || strstr(line, "[stack]")) continue;
                        for (unsigned long at = start; at < end; at += 4096) {
                            if ((uintptr_t)page < at + 4096 && at < (uintptr_t)page + sizeof page) continue;
                            if (fseek(memory, at, SEEK_SET)) break;
                            size_t got = fread(page, 1, 4096, memory);
                            for (size_t i = 0; i + 18 <= got; i++)
                                if (page[i] == 'S' && memcmp(page + i, word, 18) == 0
                                    && at + i != (uintptr_t)word) found++;
                        }
                    }
                    fclose(maps); fclose(memory);
                    return found;
                }
                int main(void) {
                    for (char *c = word; *c; c++) if (*c == 'x') *c = '-';
                    static char *blocks[1021];
                    for (int i = 0; i < 1021; i++) {
                        size_t size = 64 + (i * 97) % 9000;
                        blocks[i] = malloc(size);
                        memcpy(blocks[i] + 40, word, 18);
                        if (i % 3 == 0) blocks[i] = realloc(blocks[i], size * 4);
                        if (i % 3 == 1) blocks[i] = realloc(blocks[i], 41); /* cuts the word off */
                    }
                    assert(copies() > 600); /* the search finds what is there */
                    for (int i = 0; i < 1021; i++) free(blocks[i]);
                    printf("%d\\n", copies());
                }
                """
        #expect(try run(program) == ("0\r\n", 0))
    }

    @Test func threadsDoNotDisturbEachOther() throws {
        let program =
            Self.head + """
                static void *work(void *seed) {
                    unsigned state = (unsigned)(uintptr_t)seed;
                    unsigned char *blocks[64] = {0}; size_t sizes[64] = {0};
                    for (int i = 0; i < 200000; i++) {
                        state = state * 1664525u + 1013904223u;
                        int slot = (state >> 8) % 64; size_t size = 1 + (state >> 16) % 3000;
                        for (size_t k = 0; k < sizes[slot]; k += 97) assert(blocks[slot][k] == slot);
                        if (state & 1) { free(blocks[slot]); blocks[slot] = NULL; sizes[slot] = 0; }
                        else {
                            blocks[slot] = realloc(blocks[slot], size); assert(blocks[slot]);
                            memset(blocks[slot], slot, size); sizes[slot] = size;
                        }
                    }
                    for (int i = 0; i < 64; i++) free(blocks[i]);
                    return NULL;
                }
                int main(void) {
                    pthread_t threads[4];
                    for (uintptr_t i = 0; i < 4; i++) pthread_create(&threads[i], NULL, work, (void *)(i + 1));
                    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
                    puts("good");
                }
                """
        #expect(try run(program) == ("good\r\n", 0))
    }
}
