"""Judges an evidence file without a line of the program that wrote it.

usage: judge.py FILE

Checks with hashlib and PyNaCl: the checkpoint's Ed25519 signature under the key that the init
statement names, the links of the statement chain and the signatures of init and founding, every
commitment to part A and, where it is open, to part B, and that the leaves between the left and right
subtrees make the checkpoint's root (RFC 6962). Prints `valid SIZE FINGERPRINT`; exits 1 otherwise.
"""

import base64
import hashlib
import json
import struct
import sys

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

LEAF_SIZE = 149


def fail(what):
    print(what)
    sys.exit(1)


def require(holds, what):
    if not holds:
        fail(what)


def b64(text):
    return base64.b64decode(text, validate=True)


def sha(data):
    return hashlib.sha256(data).digest()


def framed(data):
    return struct.pack(">I", len(data)) + data


def commitment(label, part):
    return sha(framed(label) + b64(part["salt"]) + b64(part["bytes"]))


def node(left, right):
    return sha(b"\x01" + left + right)


def verify(key, message, signature, what):
    try:
        VerifyKey(key).verify(message, signature)
    except BadSignatureError:
        fail(what)


def covering(start, end):
    """Heights of the fewest complete subtrees that cover the leaves start to end."""
    heights = []
    while start < end:
        height = 0
        while start % (1 << (height + 1)) == 0 and start + (1 << (height + 1)) <= end:
            height += 1
        heights.append(height)
        start += 1 << height
    return heights


def grow(stack, height, value):
    """Appends a complete subtree to a stack of (height, hash), joining equals."""
    while stack and stack[-1][0] == height:
        value = node(stack.pop()[1], value)
        height += 1
    stack.append((height, value))


def checkpoint(header):
    text, _, signatures = header["checkpoint"].rpartition("\n\n")
    text += "\n"
    name, key_id, blob = header["verifier_key"].split("+", 2)
    key = b64(blob)
    require(key[0] == 1, "not an Ed25519 key of a note")
    require(sha(name.encode() + b"\n" + key)[:4].hex() == key_id, "key id")
    lines = text.split("\n")
    require(lines[0] == name == header["origin"], "origin")
    require(int(lines[1]) == header["size"], "size")
    signed = [line.split(" ") for line in signatures.strip("\n").split("\n")]
    blobs = [b64(line[2]) for line in signed if line[1] == name]
    require(len(blobs) == 1 and blobs[0][:4].hex() == key_id, "no signature of the log")
    verify(key[1:], text.encode(), blobs[0][4:], "signature of the checkpoint")
    return key[1:], b64(lines[2])


def identity(data):
    return {"principal": data[:16], "agreement": data[16:48], "signing": data[48:80]}


def fingerprint(vault, person):
    message = framed(b"CareVault.fingerprint.v1") + framed(vault)
    for part in ("principal", "agreement", "signing"):
        message += framed(person[part])
    return hashlib.blake2b(message, digest_size=32, person=b"CareVault.fpr.v1").digest()


def statements(lines, log_key):
    previous = bytes(32)
    vault = founding = None
    for number, line in enumerate(lines, 1):
        head = b64(line["head"])
        require(head[0] == 1 and struct.unpack(">Q", head[1:9])[0] == number, "number of a statement")
        require(head[9:41] == previous, "link of a statement")
        kind = struct.unpack(">H", head[41:43])[0]
        signers = [head[52 + 32 * i : 84 + 32 * i] for i in range(head[51])]
        message = framed(b"CareVault.statement-head.v1") + head
        previous = sha(message)
        if "body" in line:
            body = b64(line["body"])
            hidden = sha(framed(b"CareVault.statement-body.v1") + b64(line["salt"]) + body)
            require(hidden == head[-32:], "body of a statement")
        if kind == 1:
            vault = body[1:17]
            first = identity(body[17:97])
            rest = body[97:]
            rest = rest[4 + struct.unpack(">I", rest[:4])[0] :]
            require(rest[36:68] == log_key, "the key that init names")
            people = [first]
        elif kind == 2:
            founding = previous
            people = [identity(body[81:161]), identity(body[161:241])]
            require(identity(body[1:81]) == first, "operator of the founding")
        else:
            continue
        keys = {fingerprint(vault, person): person["signing"] for person in people}
        require(sorted(keys) == signers, "signers of a statement")
        for signer, signature in zip(signers, line["signatures"]):
            verify(keys[signer], message, b64(signature), "signature of a statement")
    require(founding is not None, "no founding")
    return founding


def main(path):
    with open(path, "rb") as file:
        data = file.read()
    require(data.endswith(b"\n"), "no line feed at the end")
    lines = [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]
    header, end = lines[0], lines[-1]
    require(header["format"] == 1 and header["kind"] == "carevault.evidence", "format")
    log_key, root = checkpoint(header)
    count = header["statements"]
    founding = statements(lines[1 : 1 + count], log_key)
    entries = lines[1 + count : -1]
    require(end == {"end": True, "entries": len(entries)}, "end mark")
    require(header["to"] - header["from"] == len(entries), "number of entries")
    stack = []
    left = covering(0, header["from"])
    require(len(left) == len(header["left"]), "left hashes")
    for height, value in zip(left, header["left"]):
        grow(stack, height, b64(value))
    time = -1
    for sequence, entry in enumerate(entries, header["from"]):
        leaf = b64(entry["leaf"])
        require(len(leaf) == LEAF_SIZE and leaf[:17] == b"CareVault.leaf.v1", "leaf")
        place, moment = struct.unpack(">QQ", leaf[17:33])
        require(place == sequence == entry["sequence"] and moment > time, "place of an entry")
        time = moment
        if "a" in entry:
            require(commitment(b"CareVault.part-a.v1", entry["a"]) == leaf[85:117], "part A")
        if "b" in entry:
            require(commitment(b"CareVault.part-b.v1", entry["b"]) == leaf[117:149], "part B")
        grow(stack, 0, sha(b"\x00" + leaf))
    right = covering(header["to"], header["size"])
    require(len(right) == len(header["right"]), "right hashes")
    for height, value in zip(right, header["right"]):
        grow(stack, height, b64(value))
    value = stack.pop()[1] if stack else sha(b"")
    while stack:
        value = node(stack.pop()[1], value)
    require(value == root, "root")
    print("valid", header["size"], founding.hex())


main(sys.argv[1])
