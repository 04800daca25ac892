#!/usr/bin/env python3
"""What somebody gets who has every file of a vault, the seal secret and one person's own secret.

unwrap.py DATA IDS SEAL_KEY OWN_KEY

Reads the copied directory DATA with nothing of CareVault's own, only with the formats that its documentation gives,
and opens whatever opens: the storage lock with the seal secret, boxes and blobs with the private keys found, and then
every value with every key, again and again until no new key turns up. IDS holds `subject record` lines, which an
attacker would have to guess. Prints one line: storage keys, outer layers opened and their number, then the same two
figures for record rows, bodies, rows about people (index, heads, requests) and audit entries.
"""

import base64
import ctypes
import ctypes.util
import hashlib
import json
import os
import sqlite3
import sys

sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
sodium.sodium_init()
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def blake(size, message, key=b"", label=""):
    return hashlib.blake2b(message, digest_size=size, key=key, person=label.encode()).digest()


def framed(value):
    return len(value).to_bytes(4, "big") + value


def take_framed(value, at):
    """The framed field at an offset, and the offset behind it."""
    end = at + 4 + int.from_bytes(value[at : at + 4], "big")
    return value[at + 4 : end], end


def identifier(text):
    number = 0
    for symbol in text[:26]:
        number = number * 32 + ALPHABET.index(symbol)
    return number.to_bytes(16, "big")


def unpad(value):
    return value[4 : 4 + int.from_bytes(value[:4], "big")]


class Sealed:
    """An envelope and the contexts in which it might stand."""

    def __init__(self, envelope, *contexts):
        self.envelope, self.plain = envelope, None
        head, nonce, self.commitment = envelope[:5], envelope[5:29], envelope[29:61]
        self.messages = [head + nonce + blake(32, b"".join(map(framed, fields))) for fields in contexts]

    def open(self, key):
        if self.plain is not None:
            return False
        for message in self.messages:
            both = blake(64, message, key, "CareVault.env.v1")
            if both[32:] != self.commitment:
                continue
            cipher = self.envelope[61:]
            plain = ctypes.create_string_buffer(max(1, len(cipher) - 16))
            if sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                plain, None, None, cipher, ctypes.c_ulonglong(len(cipher)), None, ctypes.c_ulonglong(0),
                self.envelope[5:29], both[:32],
            ) == 0:
                self.plain = plain.raw[: len(cipher) - 16]
                return True
        return False


def open_box(box, pair):
    """The key inside a sealed box, if the pair opens it."""
    plain = ctypes.create_string_buffer(max(1, len(box) - 48))
    if sodium.crypto_box_seal_open(plain, box, ctypes.c_ulonglong(len(box)), pair[0], pair[1]) == 0:
        return plain.raw[-32:]
    return None


def box_pair(private):
    public = ctypes.create_string_buffer(32)
    sodium.crypto_scalarmult_base(public, private)
    return public.raw, private


def key_file(path):
    with open(path, encoding="ascii") as file:
        return blake(32, b"", base64.b64decode(file.read().split("\n")[1]), "CareVault.kfl.v1")


class Loot:
    def __init__(self, data, ids):
        with open(os.path.join(data, "vault.json"), encoding="utf-8") as file:
            self.header = json.load(file)
        self.vault = identifier(self.header["vault"])
        store = sqlite3.connect(os.path.join(data, "vault.db"))
        self.rows = {
            space: [(bytes(key) if isinstance(key, bytes) else key.to_bytes(8, "big"), value)
                    for key, value in store.execute(f"SELECT * FROM {table}")]
            for space, table in {1: "statements", 2: "wrapped_keys", 3: "blind_index", 4: "records", 5: "bodies",
                                 7: "care_rows", 9: "requests"}.items()
        }
        self.log = [row[0] for row in sqlite3.connect(os.path.join(data, "audit.db")).execute(
            "SELECT value FROM records")]
        self.ids = ids
        self.keys, self.direct, self.pairs, self.fresh = set(), [], [], []
        self.subjects = {}  # the keys of a subject in a compartment, by its tag
        self.storage = 0
        self.outer = [self.row(space, *row) for space in (1, 2) for row in self.rows[space]]
        self.inner, self.boxes = [], []
        self.found = {
            "records": [self.row(4, *row) for row in self.rows[4]],
            "bodies": [],
            "people": [self.row(3, *row) for row in self.rows[3]] + [self.row(7, *row) for row in self.rows[7]]
            + [self.row(9, key, value[8:]) for key, value in self.rows[9]],
            "entries": [self.entry(record) for record in self.log if record[149] == 0],
        }
        self.tagged = {}  # the rows of a subject, by its tag: records, then heads
        heads = self.found["people"][len(self.rows[3]):]
        for space, items in ((4, self.found["records"]), (7, heads)):
            for (row_key, _), item in zip(self.rows[space], items):
                self.tagged.setdefault(row_key[:16], []).append(item)

    def row(self, space, key, value):
        return Sealed(value, (self.vault, bytes([space]), key))

    def entry(self, record):
        envelope, _ = take_framed(record, 150)
        return Sealed(envelope, (self.vault, record[33:37], record[37:53]))

    def add(self, key, derives=True):
        """Takes a key, and what the formats derive from it."""
        if len(key) != 32 or key in self.keys:
            return
        self.keys.add(key)
        self.direct.append(key)
        self.fresh.append(key)
        if not derives:
            return
        self.pairs.append(box_pair(key))
        for label in ("pin", "skx", "ske", "ixe"):
            self.add_derived(blake(32, b"", key, f"CareVault.{label}.v1"), label)
        for name in ("registry", "hardship", "medical", "counselling", "legal"):
            for label in ("car", "tgk"):
                self.add_derived(blake(32, name.encode(), key, f"CareVault.{label}.v1"), label)

    def add_derived(self, key, label):
        if key in self.keys:
            return
        self.keys.add(key)
        self.fresh.append(key)
        if label == "skx":
            # The X25519 scalar of a seed is the first half of its SHA-512 (crypto_box_seed_keypair).
            self.pairs.append(box_pair(hashlib.sha512(key).digest()[:32]))

    def unseal(self, secret):
        for slot in self.header["slots"]:
            public = bytes.fromhex(slot["publicKey"])
            private = Sealed(base64.b64decode(slot["privateKey"]),
                             (self.vault, b"slot", bytes.fromhex(slot["id"]), public))
            if private.open(secret):
                for box in slot["boxes"]:
                    key = open_box(base64.b64decode(box["box"]), (public, private.plain))
                    self.storage += key is not None
                    self.add(key or b"")
                self.add(private.plain)

    def peel(self, row_key, plain):
        """What stands behind the outer layer of a wrapped key."""
        kind = row_key[:1]
        if kind == b"\1":
            self.add(plain)
        elif kind in (b"\3", b"\6"):
            self.boxes.append(plain if kind == b"\3" else plain[4:])
        elif kind == b"\4":
            self.inner.append((row_key[1:17], Sealed(plain, *(
                (self.vault, b"\2", row_key, name) for name in (b"registry", b"hardship", b"medical", b"counselling",
                                                                  b"legal")))))
        elif kind == b"\5":
            self.inner.append((None, Sealed(plain, (self.vault, b"\2", row_key, b"held"))))
        elif kind == b"\2" and plain[1] == 2:
            identity = plain[2:82]
            seed, at = take_framed(plain, 82)
            pins, _ = take_framed(plain, at)
            self.inner.append((None, Sealed(seed, (self.vault, b"\2", row_key, b"seed", identity))))
            self.inner.append((None, Sealed(pins, (self.vault, b"\2", row_key, b"pins"))))

    def take(self, tag, plain):
        """Takes what an inner layer held: a subject's key opens rows of its tag and nothing else."""
        if tag is None:
            return self.add(plain[:32])
        self.subjects.setdefault(tag, []).append(plain[:32])
        for item in self.tagged.get(tag, []):
            item.open(plain[:32])

    def plunder(self):
        outer = list(zip([(space, row) for space in (1, 2) for row in self.rows[space]], self.outer))
        while self.fresh:
            fresh, self.fresh = self.fresh, []
            for key in fresh:
                for (space, (row_key, _)), item in outer:
                    if item.open(key) and space == 2:
                        self.peel(row_key, item.plain)
                for tag, item in self.inner:
                    if item.open(key):
                        self.take(tag, item.plain)
                for items in self.found.values():
                    for item in items:
                        item.open(key)
            # A layer that came off in this round may hide what an older key opens.
            for tag, item in self.inner:
                for key in self.keys:
                    if item.open(key):
                        self.take(tag, item.plain)
                        break
            for box in list(self.boxes):
                for pair in self.pairs:
                    key = open_box(box, pair)
                    if key:
                        self.boxes.remove(box)
                        self.add(key)
                        break


    def read_bodies(self):
        """A body's context names its record: the record rows that opened say which, else every one is tried."""
        places = {}
        for (row_key, _), item in zip(self.rows[4], self.found["records"]):
            if item.plain is not None:
                version = (2**32 - 1 - int.from_bytes(row_key[32:36], "big")).to_bytes(4, "big")
                places[unpad(item.plain)[1:9]] = (row_key[:16], row_key[16:32], version)
        guesses = [] if places else [(record, (1).to_bytes(4, "big")) for record in self.ids]
        for key, value in self.rows[5]:
            tag, *place = places.get(key, (None,))
            item = Sealed(value, *((self.vault, b"\5", key, *guess) for guess in ([place] if place else guesses)))
            self.found["bodies"].append(item)
            for candidate in self.subjects.get(tag, []) + self.direct:
                if item.open(candidate):
                    break

def main():
    data, ids, seal, own = sys.argv[1:]
    with open(ids, encoding="ascii") as file:
        records = [identifier(line.split()[1]) for line in file]
    loot = Loot(data, records)
    loot.unseal(key_file(seal))
    loot.add(key_file(own))
    loot.plunder()
    loot.read_bodies()
    counts = [sum(item.plain is not None for item in items) for items in (loot.outer, *loot.found.values())]
    totals = [len(items) for items in (loot.outer, *loot.found.values())]
    print(loot.storage, *(figure for pair in zip(counts, totals) for figure in pair))


if __name__ == "__main__":
    main()
