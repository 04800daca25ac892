#!/usr/bin/env python3
"""Enrols a principal with words instead of a key file, over the socket: nobody sits at a terminal in a benchmark.

words.py SOCKET NAME VAULT_WORDS <CODE >WORDS   reads the one-time code on standard input and the vault's words from a
                                                file; writes the eight words of the secret, then on a second line the
                                                twelve of the fingerprint
"""

import json
import socket
import sys


def call(connection, method, parameters):
    message = {"method": f"io.carevault.Session.{method}", "parameters": parameters}
    connection.sendall(json.dumps(message).encode() + b"\0")
    reply = b""
    while not reply.endswith(b"\0"):
        data = connection.recv(1 << 16)
        if not data:
            sys.exit("error: the daemon closed the connection")
        reply += data
    answer = json.loads(reply[:-1])
    if "error" in answer:
        sys.exit(f"error: {method} answered {answer}")
    return answer["parameters"]


def main():
    path, name, vault = sys.argv[1:]
    with open(vault, encoding="ascii") as file:
        fingerprint = file.read().split()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        begun = call(connection, "BeginEnrolment", {"name": name, "code": sys.stdin.read().strip(), "form": "words"})
        call(connection, "CompleteEnrolment", {
            "pending": begun["pending"], "secret": begun["secret"], "vault_fingerprint": fingerprint})
    print(begun["secret"])
    print(*begun["fingerprint_words"])


if __name__ == "__main__":
    main()
