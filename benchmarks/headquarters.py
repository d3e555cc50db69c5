"""A large community at work: the gallery at a steady rate, then works brought in at a steady rate.

    python benchmarks/headquarters.py [--rate 200] [--seconds 30] [--a-minute 60] [--minutes 10] [--beside 20]
    scripts/with-postgres python benchmarks/headquarters.py [--dir DIR]

Fills an instance with benchmarks/crowd.py (28,000 members, 5,000 works), serves it with two processes on
the loopback, with two workers, since one takes the fingerprints of all works first. The gallery is asked at
fixed hours whatever the answers do (an open loop), with filters and pages drawn from a long tail: once when
no page is in memory, once again. A submission is the whole form with a picture of 1080 × 1350 that nobody
sent before, from a member's session; a worker makes its previews meanwhile, and visitors ask the gallery,
`--beside` a second. Prints latencies in milliseconds, processor time a request, the machine's load, and when
no preview was left to make.
"""

import argparse
import asyncio
import io
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from loopback import Client, answers, processor_seconds, start_server

PORT = 8379
MAKERS = 60
TOKEN = "t" * 32
WORKER = (
    "from tractage.conf.boot import start_django; start_django(); "
    "from tractage.conf.worker import run_worker; run_worker()"
)
FIELDS = {
    "csrfmiddlewaretoken": TOKEN,
    "kind": "poster",
    "alt_text": "Un carré sombre sur fond de couleur.",
    "credit": "Bob",
    "licence": "CC BY-SA 4.0",
    "languages": "fr",
    "ai": "none",
    "droits-TOTAL_FORMS": "1",
    "droits-INITIAL_FORMS": "0",
    "droits-0-what": "Dessin",
    "droits-0-ground": "own",
    "send": "1",
}


def gallery_addresses(rng: random.Random, number: int, seats: list[str], authors: list[str]) -> list[str]:
    """What visitors ask: half of it the front, the rest kinds, seats, authors, formats and later pages."""
    kinds, formats = ("poster", "card", "gif", "sticker", "practical", "edit"), ("portrait", "carre", "story")
    found = []
    for _ in range(number):
        asked = []
        if rng.random() < 0.5:
            found.append("/galerie/")
            continue
        if rng.random() < 0.5:
            asked.append(f"type={rng.choice(kinds)}")
        choice = rng.random()
        if choice < 0.35:
            asked.append(f"siege={rng.choice(seats)}")
        elif choice < 0.45:
            asked.append(f"par={quote(rng.choice(authors))}")
        elif choice < 0.55:
            asked.append(f"format={rng.choice(formats)}")
        if rng.random() < 0.15:
            asked.append("sans-ia=1")
        if rng.random() < 0.4:
            asked.append(f"page={1 + int(rng.expovariate(0.15))}")
        found.append("/galerie/?" + "&".join(asked))
    return found


def form_body(number: int, picture: bytes) -> tuple[bytes, str]:
    """The body of the form that brings work `number`, and its headers."""
    edge, parts = "tractage-edge", []
    for name, value in (FIELDS | {"title": f"Essai de charge {number}"}).items():
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="affiche.png"\r\n'
    parts += [f"{head}Content-Type: image/png\r\n\r\n".encode(), picture, f"\r\n--{edge}--\r\n".encode()]
    return b"".join(parts), f"Content-Type: multipart/form-data; boundary={edge}\r\n"


def poster(number: int) -> bytes:
    """A PNG of 1080 × 1350 that no other number gives."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(number)
    blocks = rng.integers(0, 255, (27, 24, 3), dtype=np.uint8).repeat(50, 0).repeat(45, 1)
    buffer = io.BytesIO()
    Image.fromarray(blocks).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


async def steady(rate: float, jobs: list[object], one: object) -> list[float]:
    """Start a job every 1/rate seconds whatever the others do; return the waits in milliseconds."""
    waits: list[float] = []
    start = time.perf_counter() + 0.5

    async def at(due: float, job: object) -> None:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await one(job)  # type: ignore[operator]
        waits.append(1000 * (time.perf_counter() - due))

    await asyncio.gather(*(at(start + place / rate, job) for place, job in enumerate(jobs)))
    return waits


def told(label: str, waits: list[float], outcome: Counter[str], used: float | None = None) -> None:
    """Print one line of figures; used: processor time of the server, when it did nothing else."""
    cuts = statistics.quantiles(waits, n=100)
    each = "" if used is None else f" {1000 * used / len(waits):.1f} CPU ms each;"
    print(
        f"{label}: {len(waits)} asked, {dict(outcome)}; p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, "
        f"p99 {cuts[98]:.1f} ms, worst {max(waits):.0f} ms;{each} load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


async def ask_gallery(
    client: Client, rate: int, paths: list[str], label: str, pid: int | None = None
) -> None:
    """Ask the gallery and print; pid: the server, when it does nothing else."""
    outcome: Counter[str] = Counter()

    async def one(path: object) -> None:
        try:
            status, _body = await client.get(str(path))
            outcome[str(status)] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            outcome[type(error).__name__] += 1

    before = processor_seconds(pid) if pid else 0
    waits = await steady(rate, list(paths), one)
    used = processor_seconds(pid) - before if pid else None
    told(f"gallery {label}, {len(set(paths))} addresses at {rate}/s", waits, outcome, used)


async def bring_works(client: Client, a_minute: int, minutes: float, sessions: list[str]) -> int:
    """Bring works and print; return how many were accepted."""
    outcome: Counter[str] = Counter()

    async def one(job: object) -> None:
        number = int(str(job))
        body, headers = form_body(number, poster(number))
        headers += f"Cookie: sessionid={sessions[number % len(sessions)]}; csrftoken={TOKEN}\r\n"
        try:
            status, _body = await client.post("/bureau/oeuvres/nouvelle/", body, headers)
            outcome[str(status)] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            outcome[type(error).__name__] += 1

    waits = await steady(a_minute / 60, list(range(round(a_minute * minutes))), one)
    told(f"submissions at {a_minute} a minute", waits, outcome)
    return outcome["302"]


async def evening(
    asked: argparse.Namespace, sessions: list[str], seats: list[str], authors: list[str]
) -> int:
    """Works are brought in while visitors look at the gallery; return how many were accepted."""
    await answers(Client(PORT))
    taken = bring_works(Client(PORT), asked.a_minute, asked.minutes, sessions)
    if not asked.beside:
        return await taken
    number = round(60 * asked.minutes * asked.beside)
    paths = gallery_addresses(random.Random(asked.seed + 1), number, seats, authors)
    accepted, _none = await asyncio.gather(
        taken, ask_gallery(Client(PORT), asked.beside, paths, "beside them")
    )
    return accepted


def makers_sessions(number: int) -> list[str]:
    """Sessions of members who may bring works."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tractage.hq.people.models import Member

    keys = []
    for member in Member.objects.filter(standing="member").order_by("pk")[:number]:
        store = SessionStore()
        store[SESSION_KEY] = str(member.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        store[HASH_SESSION_KEY] = member.get_session_auth_hash()
        store.save()
        keys.append(str(store.session_key))
    return keys


def drained(patience: float) -> tuple[int, int, float]:
    """Wait until no work waits for its previews; return those made, those left, and the seconds it took."""
    from django_tasks_db.models import DBTaskResult

    previews = DBTaskResult.objects.filter(task_path="tractage.hq.library.tasks.make_previews")

    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        if not previews.filter(status__in=["READY", "RUNNING"]).exists():
            break
        time.sleep(0.5)
    done = previews.filter(status="SUCCESSFUL").count()
    return done, previews.exclude(status="SUCCESSFUL").count(), time.monotonic() - begun


async def gallery_part(asked: argparse.Namespace, seats: list[str], authors: list[str], pid: int) -> None:
    """The gallery: first what nobody asked before, then the same again."""
    client = Client(PORT)
    await answers(client)
    for _ in range(4):  # on eight connections, so that each process has answered once
        await asyncio.gather(*(client.get("/galerie/?page=2&type=card") for _ in range(8)))
    paths = gallery_addresses(random.Random(asked.seed), asked.rate * asked.seconds, seats, authors)
    await ask_gallery(client, asked.rate, paths, "cold", pid)
    await ask_gallery(client, asked.rate, paths, "warm", pid)


def main() -> None:
    """Fill, serve, load, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (
        ("rate", 200),
        ("seconds", 30),
        ("a-minute", 60),
        ("beside", 20),
        ("members", 28_000),
        ("works", 5_000),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, help="a folder that benchmarks/crowd.py has filled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.dir or Path(scratch)
        os.environ |= {"TRACTAGE_DATA_DIR": str(folder.resolve()), "TRACTAGE_LOG_LEVEL": "WARNING",
                       "TRACTAGE_AS_OF": "2027-03-01"}  # fmt: skip
        from tractage.conf.boot import bring_up_to_date, start_django

        start_django()
        bring_up_to_date()
        from crowd import fill
        from django.db import connection, connections

        from tractage.domain.elections.seats import all_seats
        from tractage.hq.library.models import Work

        if not asked.dir:
            print(fill(asked.members, asked.works, asked.seed), flush=True)
        sessions, seats = makers_sessions(MAKERS), [one.code for one in all_seats()]
        authors = list(Work.objects.order_by("credit").values_list("credit", flat=True).distinct()[:400])
        print(
            f"{connection.vendor}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before", flush=True
        )
        environment = dict(os.environ)
        server = start_server(PORT, environment)
        workers: list[subprocess.Popen[bytes]] = []
        try:
            if asked.seconds:
                asyncio.run(gallery_part(asked, seats, authors, server.pid))
            if asked.minutes:
                command = [sys.executable, "-c", WORKER]
                workers += [subprocess.Popen(command, env=environment) for _ in range(2)]
                taken = asyncio.run(evening(asked, sessions, seats, authors))
                done, left, seconds = drained(900)
                print(f"{taken} accepted; {done} previews made, {left} left, the last {seconds:.0f} s after")
        finally:
            for process in (server, *workers):
                process.send_signal(signal.SIGTERM)
                process.wait()
            connections.close_all()


if __name__ == "__main__":
    main()
