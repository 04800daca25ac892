// The system's libsodium, as a module that Swift can import.
#ifndef CAREVAULT_CSODIUM_H
#define CAREVAULT_CSODIUM_H

#include <sodium.h>

#endif
