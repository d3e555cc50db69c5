"""Load over the loopback: a small client, a server of two processes, processor time from /proc."""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

CODE = (
    "from tractage.conf.boot import start_django; start_django(); "
    "from tractage.conf.server import serve; serve('127.0.0.1', {port}, 2)"
)


class Client:
    """A few kept connections that speak just enough HTTP/1.1."""

    def __init__(self, port: int) -> None:
        self.port, self.free = port, []

    async def get(self, path: str, headers: str = "Accept-Encoding: gzip\r\n") -> tuple[int, bytes]:
        """Return status and body of one GET, as sent."""
        return await self._ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())

    async def post(self, path: str, body: bytes, headers: str) -> tuple[int, bytes]:
        """Return status and body of one POST."""
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        return await self._ask(head.encode() + body)

    async def _ask(self, message: bytes) -> tuple[int, bytes]:
        if self.free:
            try:
                return await self._exchange(message, *self.free.pop())
            except (OSError, asyncio.IncompleteReadError):
                self.free.clear()  # the server closed what had rested for too long
        return await self._exchange(message, *(await asyncio.open_connection("127.0.0.1", self.port)))

    async def _exchange(
        self, message: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[int, bytes]:
        writer.write(message)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        if length:
            body = await reader.readexactly(int(length[1]))
        else:
            body = b""
            while size := int((await reader.readline()).strip(), 16):
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        self.free.append((reader, writer))
        return int(head.split(" ", 2)[1]), body


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and its children, from /proc."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(folder.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def start_server(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Serve the instance of `environment` with two processes."""
    return subprocess.Popen([sys.executable, "-c", CODE.format(port=port)], env=environment)


async def answers(client: Client, tries: int = 300) -> None:
    """Wait until the server answers."""
    for _ in range(tries):
        try:
            await client.get("/robots.txt")
            return
        except OSError:
            await asyncio.sleep(0.2)
    raise SystemExit("the server does not answer")
