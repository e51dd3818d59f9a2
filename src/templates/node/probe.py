#!/usr/bin/env python3
"""Asks whether something answers at a port, and a gateway of the broker for its accounts. Sends no order."""
import socket
import struct
import sys
import time

PATIENCE = 7.0
LONGEST = 1 << 20


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "reach":
        socket.create_connection((arguments[1], int(arguments[2])), PATIENCE).close()
    elif len(arguments) == 4 and arguments[0] == "account":
        print(",".join(accounts(arguments[1], int(arguments[2]), int(arguments[3]))))
    else:
        raise ValueError("reach HOST PORT | account HOST PORT CLIENT")


def accounts(host, port, client):
    """The names that the gateway says as soon as a client has begun: message 15, a version and a list."""
    until = time.monotonic() + PATIENCE
    with socket.create_connection((host, port), PATIENCE) as line:
        version = b"v100..176"
        line.sendall(b"API\0" + struct.pack(">I", len(version)) + version)
        read(line, until)
        line.sendall(framed("71", "2", str(client), ""))
        while True:
            kind, *fields = read(line, until)
            if kind == "15":
                return [name for name in fields[1].split(",") if name]


def framed(*fields):
    body = b"".join(field.encode() + b"\0" for field in fields)
    return struct.pack(">I", len(body)) + body


def read(line, until):
    (size,) = struct.unpack(">I", exactly(line, 4, until))
    if size > LONGEST:
        raise ValueError("no gateway speaks there")
    return exactly(line, size, until).decode("ascii", "replace").split("\0")


def exactly(line, size, until):
    data = b""
    while len(data) < size:
        line.settimeout(max(0.01, until - time.monotonic()))
        part = line.recv(size - len(data))
        if not part:
            raise EOFError("the connection was ended")
        data += part
    return data


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Exception as problem:
        sys.exit(f"probe: {problem}")
