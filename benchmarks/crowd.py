"""A large community, from a seed: members, works with editions, briefs, tabs, readings, shares.

    python benchmarks/crowd.py --dir FOLDER [--members 28000] [--works 5000] [--seed 1]

Fills an empty instance in FOLDER (on PostgreSQL: the database of TRACTAGE_DATABASE_URL), prints its rows. The
same seed gives the same people and works. Files are a few small pictures that all editions share.
"""

import argparse
import hashlib
import io
import os
import random
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

BATCH = 1000
FORMATS = ("original", "portrait", "carre", "story", "large", "bluesky", "whatsapp", "whatsapp-statut")
KINDS = (("poster", 45), ("card", 25), ("gif", 12), ("sticker", 8), ("practical", 5), ("edit", 5))
STATUSES = (("released", 82), ("submitted", 5), ("review", 3), ("accepted", 4), ("draft", 4), ("refused", 2))
WORDS = (
    "voix",
    "écart",
    "porte",
    "matin",
    "papier",
    "main",
    "rue",
    "encre",
    "colle",
    "mur",
    "seau",
    "brosse",
)


def picture(seed: int, side: int) -> bytes:
    """A small WebP that no other seed gives."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (side, side * 5 // 4), (seed * 53 % 256, seed * 97 % 256, 140)).save(buffer, "WEBP")
    return buffer.getvalue()


def kept(rows: Iterable[Any], model: Any) -> list[Any]:
    """Write rows in batches; return them with their numbers."""
    made: list[Any] = list(rows)
    return list(model.objects.bulk_create(made, batch_size=BATCH))


class Crowd:
    """Writes a community with `rng`; ages are counted back from the clock of the instance."""

    def __init__(self, seed: int) -> None:
        from tractage.domain.elections.seats import all_seats
        from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
        from tractage.hq.campaigns.clock import now
        from tractage.hq.campaigns.services import load_campaign

        self.rng, self.now = random.Random(seed), now()
        self.campaign = load_campaign(read_campaign_file(shipped_campaign()))
        self.seats = [one.code for one in all_seats()]

    def ago(self, days: float) -> Any:
        """A moment at most `days` before the clock."""
        return self.now - timedelta(seconds=self.rng.randrange(1, int(days * 86_400)))

    def members(self, number: int) -> list[Any]:
        """Mostly people who have just come; without passwords, they are only rows."""
        from tractage.hq.people.models import Craft, Member, Standing

        standings, weights = [one.value for one in Standing], (70, 24, 3, 2, 0.9, 0.1)
        crafts = [one.value for one in Craft]
        return kept(
            (
                Member(
                    pseudonym=f"{self.rng.choice(WORDS).title()} {place}",
                    standing=self.rng.choices(standings, weights)[0],
                    crafts=self.rng.sample(crafts, self.rng.randint(0, 3)),
                    charter_version=self.campaign.charter_version,
                    password="!",
                )
                for place in range(number)
            ),
            Member,
        )

    def briefs(self, number: int, people: list[Any]) -> list[Any]:
        """Missions with a target each, and tabs in all states."""
        from tractage.hq.missions.models import Brief, BriefTarget, Claim, ClaimStatus
        from tractage.hq.people.models import Craft

        crafts = [one.value for one in Craft]
        made = kept(
            (
                Brief(
                    campaign=self.campaign,
                    author=self.rng.choice(people),
                    title=f"Mission {place} : {self.rng.choice(WORDS)}",
                    goal="Peu de voix d’écart et rien sur le mur.",
                    craft=self.rng.choice(crafts),
                    minutes=self.rng.choice((5, 10, 20, 45, 90)),
                    versions=self.rng.randint(3, 9),
                    first=place % 40 == 0,
                )
                for place in range(number)
            ),
            Brief,
        )
        kept((BriefTarget(brief=one, seat=self.rng.choice(self.seats)) for one in made), BriefTarget)
        states = [ClaimStatus.DONE, ClaimStatus.RELEASED, ClaimStatus.EXPIRED]
        kept(
            (
                Claim(
                    brief=brief,
                    member=member,
                    status=self.rng.choice(states) if place else ClaimStatus.HELD,
                    taken_at=(taken := self.ago(30)),
                    until=taken + timedelta(hours=22),
                )
                for brief in made
                for place, member in enumerate(self.rng.sample(people, 4))
            ),
            Claim,
        )
        return made

    def works(self, number: int, people: list[Any], briefs: list[Any]) -> list[Any]:
        """Works of every kind and status, each about up to three seats."""
        from tractage.hq.library.models import Press, SeatTarget, Work

        makers = people[: max(40, len(people) // 30)]
        made = []
        for place in range(number):
            status = self.rng.choices(*zip(*STATUSES, strict=True))[0]
            maker, day = self.rng.choice(makers), self.ago(90)
            made.append(
                Work(
                    campaign=self.campaign,
                    slug=f"oeuvre-{place}",
                    kind=self.rng.choices(*zip(*KINDS, strict=True))[0],
                    title=f"{self.rng.choice(WORDS).title()} {place}",
                    alt_text="Un grand nombre sur fond de couleur.",
                    author=maker,
                    credit=maker.pseudonym,
                    brief=self.rng.choice(briefs),
                    languages=["fr"],
                    rights=[{"what": "Dessin", "ground": "own", "basis": "Je l’ai fait"}],
                    ai="assisted" if place % 50 == 0 else "none",
                    status=status,
                    press="" if status == "draft" else Press.DONE,
                    submitted_at=None if status == "draft" else day,
                    released_at=day if status == "released" else None,
                )
            )
        made = kept(made, Work)
        kept(
            (
                SeatTarget(work=work, seat=seat)
                for work in made
                for seat in self.rng.sample(self.seats, self.rng.choice((0, 1, 1, 2, 3)))
            ),
            SeatTarget,
        )
        return made

    def editions(self, works: list[Any]) -> int:
        """Eight files and two previews a work; the bytes are those of sixteen pictures."""
        from django.core.files.base import ContentFile
        from django.core.files.storage import default_storage

        from tractage.hq.library.models import Edition

        files = []
        for seed in range(16):
            content = picture(seed, 480)
            name = default_storage.save("editions/a.webp", ContentFile(content))
            files.append((name, len(content), hashlib.sha256(content).hexdigest()))
        shapes = [*((name, False) for name in FORMATS), ("preview-480", True), ("preview-960", True)]
        rows = []
        for work in works:
            for shape, preview in shapes:
                name, size, digest = self.rng.choice(files)
                rows.append(
                    Edition(
                        work=work,
                        format=shape,
                        preview=preview,
                        file=name,
                        media_type="image/webp",
                        width=480,
                        height=600,
                        bytes=size,
                        sha256=digest,
                    )
                )
        return len(kept(rows, Edition))

    def readings_and_shares(self, works: list[Any], people: list[Any]) -> tuple[int, int]:
        """Two readings a work that was accepted; shares, most of them of few works."""
        from tractage.hq.library.models import Review, Share, Verdict

        readers = people[-200:]
        readings = kept(
            (
                Review(work=work, proof=1, reviewer=reader, verdict=Verdict.ACCEPT, at=self.ago(60))
                for work in works
                if work.status in ("released", "accepted")
                for reader in self.rng.sample(readers, 2)
            ),
            Review,
        )
        out = [work for work in works if work.status == "released"]
        shares = kept(
            (
                Share(
                    work=out[int(len(out) * self.rng.random() ** 3)],
                    member=self.rng.choice((None, *people[:2000])),
                    platform=self.rng.choice(("bluesky", "instagram", "tiktok", "whatsapp", "")),
                    address=f"https://exemple.test/{place}" if place % 3 == 0 else "",
                    shingles=[],
                    at=self.ago(60),
                )
                for place in range(6 * len(works))
            ),
            Share,
        )
        return len(readings), len(shares)


def fill(members: int, works: int, seed: int) -> dict[str, int]:
    """Fill the instance that Django is set up for; return how many rows of each."""
    from django.db import connection, transaction

    crowd = Crowd(seed)
    with transaction.atomic():
        people = crowd.members(members)
        briefs = crowd.briefs(max(20, works // 10), people)
        made = crowd.works(works, people, briefs)
        editions = crowd.editions(made)
        readings, shares = crowd.readings_and_shares(made, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "members": len(people),
        "briefs": len(briefs),
        "works": len(made),
        "editions": editions,
        "readings": readings,
        "shares": shares,
    }


def main() -> None:
    """Fill and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--members", type=int, default=28_000)
    parser.add_argument("--works", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["TRACTAGE_DATA_DIR"] = str(asked.dir.resolve())
    from tractage.conf.boot import bring_up_to_date, start_django

    start_django()
    bring_up_to_date()
    begun = time.monotonic()
    rows = fill(asked.members, asked.works, asked.seed)
    print(
        ", ".join(f"{number:,} {name}" for name, number in rows.items()),
        f"in {time.monotonic() - begun:.0f} s",
    )


if __name__ == "__main__":
    main()
