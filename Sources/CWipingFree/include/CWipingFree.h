/* CWipingFree: free(3) and realloc(3) that wipe what they give back, for a program that handles
 * plaintext. Without it, freed blocks keep names and records in the heap until something happens to
 * overwrite them. Linked into the daemon only. */
#ifndef CWIPINGFREE_H
#define CWIPINGFREE_H

#include <stdbool.h>

/* Whether every free of this process, those of shared libraries included, reaches the wiping one.
 * A program calls this once at the start: the call also makes the linker keep the override. */
bool carevault_wiping_free_installed(void);

#endif
