"""Read a campaign's one data file into typed values; what is wrong is one line that names the key."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from tractage.domain.elections.blocs import pack
from tractage.domain.elections.catalogue import elections, last_before
from tractage.domain.errors import InputError
from tractage.domain.law.calendar import election as law_election
from tractage.domain.law.calendar import elections as law_elections

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEGISLATIVES = "legislatives"
METHODS = ("observed", "expected")
AI_POLICIES = ("none", "declared")
PAPERS = ("encre", "canari", "saumon", "menthe", "ciel", "lilas")
KEYS = {
    "": {"slug", "name", "summary", "election", "languages", "hashtags", "ai_policy", "seats", "publisher",
         "charter", "partners", "costs", "kit"},
    "seats": {"results", "method", "within", "bloc", "nuances"},
    "publisher": {"name", "director", "address", "host", "contact"},
    "charter": {"version", "articles"},
    "kit": set(PAPERS),
}  # fmt: skip


@dataclass(frozen=True)
class CampaignFile:
    """One campaign, as its file says it."""

    slug: str
    name: str
    summary: str
    election: str
    languages: tuple[str, ...]
    hashtags: tuple[str, ...]
    ai_policy: str
    results: str
    method: str
    within: int
    bloc: str
    nuances: tuple[str, ...]
    publisher: Mapping[str, str]
    charter_version: str
    charter: tuple[Mapping[str, str], ...]
    partners: tuple[Mapping[str, str], ...] = ()
    costs: tuple[Mapping[str, str | float], ...] = ()
    kit: Mapping[str, str] = field(default_factory=dict)


def shipped_campaign() -> Path:
    """The campaign file that comes with the package."""
    return Path(str(files("tractage.hq.campaigns") / "shipped" / "2027.toml"))


def read_campaign_file(path: Path) -> CampaignFile:
    """Parse `path`. Raises InputError naming the file, the key, what was found and what is expected."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not a TOML file: {error}") from None
    reader = _Reader(path, document)
    seats, charter, kit = reader.table("seats"), reader.table("charter"), reader.table("kit", needed=False)
    reader.check_keys()
    facts = CampaignFile(
        slug=reader.text(document, "slug", SLUG),
        name=reader.text(document, "name"),
        summary=reader.text(document, "summary"),
        election=reader.text(document, "election", SLUG),
        languages=reader.texts(document, "languages", ["fr"]),
        hashtags=reader.texts(document, "hashtags", []),
        ai_policy=reader.choice(document, "ai_policy", AI_POLICIES, "none"),
        results=reader.text(seats, "results", SLUG, "seats."),
        method=reader.choice(seats, "method", METHODS, "observed", "seats."),
        within=reader.whole(seats, "within", 2000, "seats."),
        bloc=reader.text(seats, "bloc", SLUG, "seats."),
        nuances=reader.texts(seats, "nuances", [], "seats."),
        publisher={key: reader.text(reader.table("publisher"), key, at="publisher.") for key in
                   sorted(KEYS["publisher"])},
        charter_version=reader.text(charter, "version", at="charter."),
        charter=reader.rows(charter, "articles", ("title", "text"), "charter."),
        partners=reader.rows(document, "partners", ("name", "url", "what")),
        costs=reader.costs(document),
        kit={key: reader.text(kit, key, COLOUR, "kit.") for key in kit},
    )  # fmt: skip
    _check_known(path, facts)
    return facts


def _check_known(path: Path, facts: CampaignFile) -> None:
    try:
        law_election(facts.election)
        pack(facts.results).bloc(facts.bloc)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


class _Reader:
    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path, self.document = path, document

    def fail(self, key: str, found: object, expected: str) -> InputError:
        shown = "nothing" if found is None else repr(found)
        return InputError(f"{self.path}: {key}: found {shown}, expected {expected}")

    def table(self, key: str, needed: bool = True) -> dict[str, Any]:
        value = self.document.get(key, None if needed else {})
        if not isinstance(value, dict):
            raise self.fail(key, value, f"a table [{key}]")
        return value

    def check_keys(self) -> None:
        for table, allowed in KEYS.items():
            present = self.document if not table else self.document.get(table, {})
            for key in present:
                if key not in allowed:
                    name = f"{table}.{key}" if table else key
                    raise self.fail(name, key, f"one of {', '.join(sorted(allowed))}")

    def text(
        self, table: Mapping[str, Any], key: str, pattern: re.Pattern[str] | None = None, at: str = ""
    ) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(at + key, value, "a text")
        if pattern and not pattern.fullmatch(value):
            raise self.fail(at + key, value, f"a text like {pattern.pattern}")
        return value.strip()

    def texts(self, table: Mapping[str, Any], key: str, default: list[str], at: str = "") -> tuple[str, ...]:
        value = table.get(key, default)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(at + key, value, "a list of texts")
        return tuple(value)

    def choice(
        self, table: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str, at: str = ""
    ) -> str:
        value = table.get(key, default)
        if value not in allowed:
            raise self.fail(at + key, value, " or ".join(allowed))
        return str(value)

    def whole(self, table: Mapping[str, Any], key: str, default: int, at: str = "") -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise self.fail(at + key, value, "a whole number above 0")
        return value

    def rows(
        self, table: Mapping[str, Any], key: str, columns: tuple[str, ...], at: str = ""
    ) -> tuple[dict[str, str], ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.fail(at + key, value, f"tables [[{at}{key}]]")
        return tuple(
            {column: self.text(row, column, at=f"{at}{key}[{number}].") for column in columns}
            for number, row in enumerate(value, 1)
        )

    def costs(self, document: Mapping[str, Any]) -> tuple[dict[str, str | float], ...]:
        rows: list[dict[str, str | float]] = []
        for number, row in enumerate(document.get("costs", []), 1):
            day, euros = row.get("date"), row.get("euros")
            if not isinstance(day, date):
                raise self.fail(f"costs[{number}].date", day, "a date such as 2026-11-01")
            if not isinstance(euros, int | float) or isinstance(euros, bool) or euros < 0:
                raise self.fail(f"costs[{number}].euros", euros, "an amount in euros")
            label = self.text(row, "label", at=f"costs[{number}].")
            rows.append({"date": day.isoformat(), "label": label, "euros": float(euros)})
        return tuple(rows)


def replayed(facts: CampaignFile, day: date) -> CampaignFile:
    """The same campaign on another day, with only what was known then.

    The election is the first one still to be voted that day; before a legislative one the seats are ranked as
    expected, otherwise on the last legislative results that were out. Raises InputError when none is known.
    """
    coming = sorted(
        (one.rounds[0].day, one.id, one.kind) for one in law_elections().values() if one.rounds[-1].day >= day
    )
    if not coming:
        raise InputError(f"--as-of {day}: the law pack has no election on or after this day")
    _first, election_id, kind = coming[0]
    expected = kind == LEGISLATIVES and any(one.id == election_id for one in elections())
    results = last_before(LEGISLATIVES, day).id
    return replace(
        facts, election=election_id, results=results, method="expected" if expected else "observed"
    )
