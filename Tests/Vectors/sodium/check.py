#!/usr/bin/env python3
"""Checks every vector of this folder with an implementation that shares no code with CareVault's:
Python's hashlib, PyNaCl's primitives and a ChaCha20 written out. Needs `pip install pynacl`.

Prints one line a failure and the count; exits 0 if all vectors hold, else 1."""

import hashlib
import pathlib
import struct
import sys

from nacl import bindings, exceptions, pwhash


class Refused(Exception):
    """The operation ended with the kind of failure that the vector names."""


def need(condition, kind):
    if not condition:
        raise Refused(kind)


def chacha_rounds(state):
    x = list(state)

    def rotate(value, bits):
        return ((value << bits) | (value >> (32 - bits))) & 0xFFFFFFFF

    def quarter(a, b, c, d):
        for p, q, r, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[p] = (x[p] + x[q]) & 0xFFFFFFFF
            x[r] = rotate(x[r] ^ x[p], bits)

    for _ in range(10):
        for i in range(4):
            quarter(i, i + 4, i + 8, i + 12)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return x


CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def chacha20(key, count):
    stream, counter = b"", 0
    while len(stream) < count:
        start = [*CONSTANTS, *struct.unpack("<8I", key), counter, 0, 0, 0]
        words = [(a + b) & 0xFFFFFFFF for a, b in zip(chacha_rounds(start), start)]
        stream += struct.pack("<16I", *words)
        counter += 1
    return stream[:count]


def hchacha20(key, block):
    end = chacha_rounds([*CONSTANTS, *struct.unpack("<8I", key), *struct.unpack("<4I", block)])
    return struct.pack("<8I", *end[:4], *end[12:])


def framed(fields):
    return b"".join(struct.pack(">I", len(field)) + field for field in fields)


def aead(v):
    key, nonce, sealed = v.hex("key"), v.hex("nonce"), v.hex("sealed")
    need(len(key) == 32 and len(nonce) == 24, "length")
    need(len(sealed) >= 16, "cannot-open")
    try:
        opened = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed, v.hex("additional"), nonce, key)
    except exceptions.CryptoError:
        raise Refused("cannot-open")
    return opened == v.hex("plain")


def envelope(v):
    key, sealed = v.hex("key"), v.hex("envelope")
    need(len(key) == 32, "length")
    need(len(sealed) >= 77 and sealed[0] == 1, "cannot-open")
    inner = hashlib.blake2b(framed(v.list("fields")), digest_size=32).digest()
    keys = hashlib.blake2b(sealed[:29] + inner, key=key, person=b"CareVault.env.v1").digest()
    need(keys[32:] == sealed[29:61], "cannot-open")
    opened = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
        sealed[61:], b"", sealed[5:29], keys[:32])
    number = struct.unpack(">I", sealed[1:5])[0]
    return opened == v.hex("plain") and number == int(v.text("number"))


def padme(v):
    def pad(n, floor):
        if n <= floor or n < 2:
            return max(n, floor)
        e = n.bit_length() - 1
        step = 1 << max(0, e - e.bit_length())
        return -(-n // step) * step

    pairs = [pair.split(">") for pair in v.text("lengths").split(",")]
    return all(pad(int(a), int(v.text("floor"))) == int(b) for a, b in pairs)


def padding(v):
    padded = v.hex("padded")
    need(len(padded) >= 4, "cannot-open")
    length = struct.unpack(">I", padded[:4])[0]
    need(length <= len(padded) - 4, "cannot-open")
    need(not any(padded[4 + length:]), "cannot-open")
    return padded[4:4 + length] == v.hex("plain")


def blake2b(v):
    key, output = v.hex("key"), v.hex("output")
    need(not key or 16 <= len(key) <= 64, "length")
    return output == hashlib.blake2b(
        v.hex("message"), key=key, person=v.hex("personal"), digest_size=len(output)).digest()


def kdf(v):
    context, key = v.hex("context"), v.hex("key")
    need(len(context) == 8, "length")
    salt = struct.pack("<Q", int(v.text("id")))
    return v.hex("output") == hashlib.blake2b(
        b"", key=key, salt=salt, person=context, digest_size=32).digest()


def argon2id(v):
    operations, memory = int(v.text("operations")), int(v.text("memory-kib"))
    need(1 <= operations <= 10 and 8 <= memory <= 1 << 20, "parameters")
    need(len(v.hex("salt")) == 16, "length")
    return v.hex("output") == pwhash.argon2id.kdf(
        32, v.hex("secret"), v.hex("salt"), operations, memory * 1024)


def ed25519(v):
    signature, public = v.hex("signature"), v.hex("public")
    need(len(signature) == 64, "bad-signature")
    try:
        bindings.crypto_sign_open(signature + v.hex("message"), public)
    except exceptions.CryptoError:
        raise Refused("bad-signature")
    pair = bindings.crypto_sign_seed_keypair(v.hex("seed"))
    signed = bindings.crypto_sign(v.hex("message"), pair[1])
    return pair[0] == public and signed[:64] == signature


def sealed_box(v):
    public, secret = bindings.crypto_box_seed_keypair(v.hex("seed"))
    need(len(v.hex("box")) >= 48, "cannot-open")
    try:
        return bindings.crypto_box_seal_open(v.hex("box"), public, secret) == v.hex("plain")
    except exceptions.CryptoError:
        raise Refused("cannot-open")


def sealed_box_seal(v):
    try:
        bindings.crypto_scalarmult(bytes([1]) * 32, v.hex("public"))
    except exceptions.RuntimeError:
        raise Refused("invalid-key")
    return True


def x25519_seed(v):
    pair = bindings.crypto_box_seed_keypair(v.hex("seed"))
    scalar = hashlib.sha512(v.hex("seed")).digest()[:32]
    return pair == (v.hex("public"), v.hex("secret")) and scalar == v.hex("secret")


def lthash(v):
    lanes = [0] * 1024
    for name, sign in (("add", 1), ("subtract", -1)):
        for key in v.list(name):
            for i, value in enumerate(struct.unpack("<1024H", chacha20(key, 2048))):
                lanes[i] = (lanes[i] + sign * value) % 65536
    return v.hex("output") == hashlib.sha256(struct.pack("<1024H", *lanes)).digest()


def sha256(v, prefix=b"", names=("message",)):
    data = prefix + b"".join(v.hex(name) for name in names)
    return v.hex("output") == hashlib.sha256(data).digest()


OPERATIONS = {
    "xchacha20-poly1305": aead,
    "envelope": envelope,
    "padme": padme,
    "padding": padding,
    "blake2b": blake2b,
    "sha256": sha256,
    "sha256-leaf": lambda v: sha256(v, b"\0"),
    "sha256-node": lambda v: sha256(v, b"\1", ("left", "right")),
    "chacha20": lambda v: v.hex("output") == chacha20(v.hex("key"), len(v.hex("output"))),
    "hchacha20": lambda v: v.hex("output") == hchacha20(v.hex("key"), v.hex("input")),
    "kdf": kdf,
    "argon2id": argon2id,
    "ed25519": ed25519,
    "x25519": lambda v: bindings.crypto_scalarmult_base(v.hex("secret")) == v.hex("public"),
    "x25519-seed": x25519_seed,
    "sealed-box": sealed_box,
    "sealed-box-seal": sealed_box_seal,
    "lthash": lthash,
}


class Vector:
    def __init__(self, path):
        self.name = path.name
        lines = path.read_text().splitlines()
        self.fields = {key: value.strip() for key, value in (l.split(":", 1) for l in lines)}

    def text(self, key):
        return self.fields[key]

    def hex(self, key):
        return bytes.fromhex(self.fields[key])

    def list(self, key):
        return [bytes.fromhex(part) for part in self.fields[key].split(",") if part]

    def holds(self):
        try:
            outcome = "success" if OPERATIONS[self.text("operation")](self) else "other output"
        except Refused as refusal:
            outcome = str(refusal)
        if outcome != self.text("expect"):
            print(f"{self.name}: expected {self.text('expect')}, found {outcome}")
        return outcome == self.text("expect")


def main():
    vectors = [Vector(path) for path in sorted(pathlib.Path(__file__).parent.glob("*.txt"))]
    results = [vector.holds() for vector in vectors]
    print(f"{sum(results)} of {len(results)} vectors hold")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
