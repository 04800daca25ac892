// libsodium checks lengths by aborting the process or not at all. The Swift wrapper checks them
// first, against numbers written down there; this file makes the compiler compare those numbers
// with the headers of the libsodium that is installed.
#include "CSodium.h"

_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32, "XChaCha20-Poly1305 key");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == 24, "XChaCha20-Poly1305 nonce");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == 16, "XChaCha20-Poly1305 tag");

_Static_assert(crypto_generichash_blake2b_BYTES_MIN == 16, "BLAKE2b smallest output");
_Static_assert(crypto_generichash_blake2b_BYTES_MAX == 64, "BLAKE2b largest output");
_Static_assert(crypto_generichash_blake2b_KEYBYTES_MIN == 16, "BLAKE2b smallest key");
_Static_assert(crypto_generichash_blake2b_KEYBYTES_MAX == 64, "BLAKE2b largest key");
_Static_assert(crypto_generichash_blake2b_PERSONALBYTES == 16, "BLAKE2b personal");
_Static_assert(crypto_hash_sha256_BYTES == 32, "SHA-256 output");

_Static_assert(crypto_stream_chacha20_ietf_KEYBYTES == 32, "ChaCha20 key");
_Static_assert(crypto_stream_chacha20_ietf_NONCEBYTES == 12, "ChaCha20 nonce");

_Static_assert(crypto_box_SEEDBYTES == 32, "X25519 seed");
_Static_assert(crypto_box_SECRETKEYBYTES == 32, "X25519 secret key");
_Static_assert(crypto_box_PUBLICKEYBYTES == 32, "X25519 public key");
_Static_assert(crypto_box_SEALBYTES == 48, "sealed box overhead");
_Static_assert(crypto_scalarmult_BYTES == 32, "X25519 point");

_Static_assert(crypto_sign_SEEDBYTES == 32, "Ed25519 seed");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64, "Ed25519 secret key");
_Static_assert(crypto_sign_PUBLICKEYBYTES == 32, "Ed25519 public key");
_Static_assert(crypto_sign_BYTES == 64, "Ed25519 signature");

_Static_assert(crypto_pwhash_argon2id_SALTBYTES == 16, "Argon2id salt");
_Static_assert(crypto_pwhash_argon2id_BYTES_MIN == 16, "Argon2id smallest output");
_Static_assert(crypto_pwhash_argon2id_OPSLIMIT_MIN == 1, "Argon2id fewest passes");
_Static_assert(crypto_pwhash_argon2id_MEMLIMIT_MIN == 8192, "Argon2id least memory");

_Static_assert(crypto_kdf_KEYBYTES == 32, "subkey derivation key");
_Static_assert(crypto_kdf_CONTEXTBYTES == 8, "subkey derivation context");
_Static_assert(crypto_kdf_BYTES_MIN == 16, "smallest subkey");
_Static_assert(crypto_kdf_BYTES_MAX == 64, "largest subkey");
