"""Messages between the parent and its reading process: length, JSON, and open files beside it."""

import json
import os
import select
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from typing import Any

HEADER = struct.Struct("!I")
LONGEST = 1_000_000


class HangupError(Exception):
    """The other side closed, or said something that is not a message."""


class LateError(Exception):
    """The other side did not answer in time."""


def send(line: socket.socket, message: Mapping[str, Any], files: Sequence[int] = ()) -> None:
    """Send one message with the open `files` (descriptors)."""
    body = json.dumps(message, ensure_ascii=True).encode()
    data = HEADER.pack(len(body)) + body
    sent = socket.send_fds(line, [data], list(files)) if files else line.send(data)
    if sent < len(data):
        line.sendall(data[sent:])


def receive(line: socket.socket, deadline: float | None = None) -> dict[str, Any]:
    """Return the next message; `deadline` is on the monotonic clock; raises HangupError or LateError."""
    size = HEADER.unpack(_read(line, HEADER.size, deadline))[0]
    if size > LONGEST:
        raise HangupError
    return _parse(_read(line, size, deadline))


def receive_files(line: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and the open files that came with it (reading process)."""
    data, files, _, _ = socket.recv_fds(line, HEADER.size, 2)
    try:
        data += _read(line, HEADER.size - len(data), None) if data else b""
        if not data:
            raise HangupError
        size = HEADER.unpack(data)[0]
        return _parse(_read(line, size, None)), files
    except HangupError:
        for descriptor in files:
            os.close(descriptor)
        raise


def _parse(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HangupError from error
    if not isinstance(message, dict):
        raise HangupError
    return message


def _read(line: socket.socket, size: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    while size > 0:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([line], [], [], left)[0]:
                raise LateError
        try:
            part = line.recv(min(size, 65_536))
        except OSError as error:
            raise HangupError from error
        if not part:
            raise HangupError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
