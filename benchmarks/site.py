"""How the public site answers at a steady rate.

python benchmarks/site.py [--rate 100] [--seconds 20] [--top 20] [--dir DEMO_FOLDER]

Prepares a demo in a folder of its own, serves it with two processes on the loopback, asks at fixed hours
whatever the answers do (an open loop: a slow answer delays nobody, its wait counts from the hour it was
due). Prints latencies in milliseconds, the server's processor time per request, the weight of the home page.
"""

import argparse
import asyncio
import gzip
import os
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from loopback import Client, answers, processor_seconds, start_server

PORT = 8377
SHARES = {"home": 0.25, "gallery": 0.25, "seat": 0.25, "work": 0.15, "preview": 0.1}


async def addresses(client: Client) -> dict[str, list[str]]:
    """Return the addresses of each kind of page, read from the site itself."""
    home = gzip.decompress((await client.get("/"))[1]).decode()
    gallery = gzip.decompress((await client.get("/galerie/"))[1]).decode()
    return {
        "home": ["/"],
        "gallery": ["/galerie/", "/galerie/?type=card", "/galerie/?type=poster", "/galerie/?sans-ia=1"],
        "seat": sorted(set(re.findall(r'href="(/sieges/[^/"]+/)"', home))),
        "work": sorted(set(re.findall(r'href="(/oeuvres/[^/"]+/)"', gallery))),
        "preview": sorted(set(re.findall(r'src="(/fichiers/[^"]+)"', gallery))),
    }


async def load(client: Client, rate: int, seconds: int) -> tuple[list[float], int]:
    """Ask `rate` pages a second for `seconds`; return the waits in milliseconds and how many failed."""
    pages, generator = await addresses(client), random.Random(1)
    kinds = generator.choices(list(SHARES), list(SHARES.values()), k=rate * seconds)
    waits, failures, start = [], 0, time.perf_counter() + 0.5

    async def one(due: float, path: str) -> None:
        nonlocal failures
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            status, _body = await client.get(path)
            failures += status != 200
        except (OSError, asyncio.IncompleteReadError):
            failures += 1
        waits.append(1000 * (time.perf_counter() - due))

    asked = [(start + i / rate, generator.choice(pages[kind])) for i, kind in enumerate(kinds)]
    await asyncio.gather(*(one(due, path) for due, path in asked))
    return waits, failures


async def weight(client: Client) -> dict[str, int]:
    """Return the compressed bytes of the home page and of all that it loads, pictures aside."""
    _status, home = await client.get("/")
    html = gzip.decompress(home).decode()
    head = html[: html.index("</head>")]
    found = set(re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js|woff2|svg))', head)) | set(
        re.findall(r'<use href="(/static/[^"#]+)', html)
    )
    sizes = {"/": len(home)}
    for path in sorted(found):
        if "print" not in path:
            sizes[path] = len((await client.get(path, "Accept-Encoding: br, gzip\r\n"))[1])
    return sizes


async def measure(rate: int, seconds: int, pid: int) -> None:
    client = Client(PORT)
    await answers(client)
    for _ in range(4):  # each process draws the map and reads the results once
        await load(client, 20, 1)
    sizes = await weight(client)
    before, mine = processor_seconds(pid), resource.getrusage(resource.RUSAGE_SELF)
    waits, failures = await load(client, rate, seconds)
    used = processor_seconds(pid) - before
    own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - mine.ru_utime
    cuts = statistics.quantiles(waits, n=100)
    print(f"requests {len(waits)} at {rate}/s, failures {failures}")
    print(
        f"p50 {cuts[49]:.1f} ms   p95 {cuts[94]:.1f} ms   p99 {cuts[98]:.1f} ms   worst {max(waits):.1f} ms"
    )
    print(
        f"server {1000 * used / len(waits):.2f} CPU ms a request; this client {1000 * own / len(waits):.2f}"
    )
    print(f"home page {sum(sizes.values()):,} bytes compressed, pictures aside:")
    for path, size in sizes.items():
        print(f"  {size:>7,}  {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--top", type=int, default=20)
    parser.add_argument("--dir", type=Path, help="a folder that tractage demo has prepared")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.dir or Path(scratch)
        environment = {**os.environ, "TRACTAGE_DATA_DIR": str(folder), "TRACTAGE_LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "tractage.cli.main", "demo", "--no-serve", "--out", str(folder)]
        if not asked.dir:
            subprocess.run([*command, "--top", str(asked.top)], check=True, stdout=subprocess.DEVNULL)
        server = start_server(PORT, environment)
        try:
            asyncio.run(measure(asked.rate, asked.seconds, server.pid))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


if __name__ == "__main__":
    main()
