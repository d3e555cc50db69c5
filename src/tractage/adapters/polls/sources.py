"""The tables that can be read: MieuxVoter (2027), nsppolls (2022) and the project's own long format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tractage.adapters.polls.rows import Row, TableError, read_rows
from tractage.domain.elections.polls import Poll, Share

INSTITUTES = {
    "ifop": "Ifop",
    "elabe": "Elabe",
    "odoxa": "Odoxa",
    "opinion way": "OpinionWay",
    "opinionway": "OpinionWay",
    "verian": "Verian",
    "atlasintel": "AtlasIntel",
}
ROUNDS = {
    "premier tour": 1,
    "1er tour": 1,
    "1": 1,
    "deuxième tour": 2,
    "second tour": 2,
    "2nd tour": 2,
    "2": 2,
}
TRUE = {"true", "1", "vrai", "oui", "yes"}
FIRST_SUM, LAST_SUM = 90.0, 101.0


class LeftOut(NamedTuple):
    """A poll that the import set aside, and why; `code` and `value` say it for other languages.

    Codes: part (of the population, `value`), wishes, sum (of the shares, `value`).
    """

    poll: str
    reason: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Import:
    """The polls of a file in its order, and those set aside."""

    source: str
    polls: tuple[Poll, ...]
    left_out: tuple[LeftOut, ...]


class _Source(NamedTuple):
    name: str
    signature: frozenset[str]
    key: Callable[[Row], tuple[str, ...]]
    share: Callable[[Row], Share]
    columns: dict[str, str]


def read_polls(path: Path) -> Import:
    """Read a table of polls, whichever of the three layouts it has.

    MieuxVoter's companions (`mieuxvoter_polls.csv`, `mieuxvoter_hypotheses.csv`) are used when they stand
    beside it: they tell which polls asked a part of the population only, or asked for wishes rather than
    intentions. Those are set aside, and so are polls whose shares do not sum to 90–101.
    Raises TableError for an unknown layout, and for the first wrong cell.
    """
    header, rows = read_rows(path)
    source = next((source for source in _SOURCES if source.signature <= set(header)), None)
    if source is None:
        columns = ", ".join(header[:6])
        raise TableError(
            "layout",
            f"{path.name}: columns {columns}…; expected a table of MieuxVoter, of nsppolls, or "
            "the long format (poll, institute, sponsor, start, end, …)",
            file=path.name,
            columns=columns,
        )
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(source.key(row), []).append(row)
    doubtful = _mieuxvoter_doubts(path) if source.name == "MieuxVoter" else {}
    polls, left_out = [], []
    for group in groups.values():
        poll = _poll(source, group)
        doubt = doubtful.get(poll.id) or _odd_sum(poll)
        if doubt:
            left_out.append(doubt)
        else:
            polls.append(poll)
    return Import(source.name, tuple(polls), tuple(left_out))


def _poll(source: _Source, rows: Sequence[Row]) -> Poll:
    first, columns = rows[0], source.columns
    shares = tuple(source.share(row) for row in rows)
    names = [share.candidate for share in shares]
    for row, name in zip(rows, names, strict=True):
        if not name or names.count(name) > 1:
            raise row.fault("candidate", columns["candidate"], "each candidate once in a poll")
    start, end = first.day(columns["start"]), first.day(columns["end"])
    if start > end:
        last = end.isoformat()
        raise first.fault(
            "order", columns["start"], f"a day up to {last}, the last day of the poll", last=last
        )
    institute = first.text(columns["institute"])
    return Poll(
        "/".join(part for part in source.key(first)[:2] if part),
        INSTITUTES.get(institute.casefold(), institute),
        first.text(columns["sponsor"]),
        start,
        end,
        int(first.number(columns["sample"], 1, 10_000_000)),
        first.maybe(columns["counted"], 1, 10_000_000),
        first.text(columns["population"]),
        first.text(columns["rolling"]).casefold() in TRUE,
        _round(first, columns["round"]),
        shares,
    )


def _round(row: Row, column: str) -> int:
    number = ROUNDS.get(row.text(column).casefold())
    if number is None:
        raise row.fault("round", column, "a first or second round")
    return number


def _odd_sum(poll: Poll) -> LeftOut | None:
    total = sum(share.percent for share in poll.shares)
    if FIRST_SUM <= total <= LAST_SUM:
        return None
    return LeftOut(poll.id, f"shares sum to {total:g}", "sum", f"{total:g}")


def _mieuxvoter_doubts(path: Path) -> dict[str, LeftOut]:
    folder, doubts = path.parent, {}
    comments: dict[str, str] = {}
    hypotheses, companion = folder / "mieuxvoter_hypotheses.csv", folder / "mieuxvoter_polls.csv"
    if hypotheses.is_file():
        comments = {row.text("id_hypothese"): row.text("commentaire") for row in read_rows(hypotheses)[1]}
    if companion.is_file():
        for row in read_rows(companion)[1]:
            key = "/".join((row.text("poll_id"), row.text("hypothese")))
            part = row.text("sous_population1")
            if part.casefold().startswith("personnes "):
                doubts[key] = LeftOut(key, f"asked a part of the population: {part}", "part", part)
            if "souhait" in comments.get(row.text("hypothese"), "").casefold():
                doubts[key] = LeftOut(key, "asked for wishes, not intentions", "wishes")
    return doubts


def _nsppolls_share(row: Row) -> Share:
    return Share(
        row.text("candidat"),
        row.number("intentions", 0, 100),
        row.maybe("erreur_inf", -100, 100),
        row.maybe("erreur_sup", 0, 200),
    )


def _mieuxvoter_share(row: Row) -> Share:
    percent = row.number("intentions", 0, 100)
    margin = row.maybe("erreur_sup", 0, 100)  # the lower one is cut at 0 for the smallest candidates
    bounds = (None, None) if margin is None else (percent - margin, percent + margin)
    return Share(row.text("complete_name"), percent, *bounds)


def _long_share(row: Row) -> Share:
    return Share(
        row.text("candidate"),
        row.number("share", 0, 100),
        row.maybe("low", -100, 100),
        row.maybe("high", 0, 200),
    )


_COMMON = {
    "institute": "nom_institut",
    "sponsor": "commanditaire",
    "start": "debut_enquete",
    "end": "fin_enquete",
    "sample": "echantillon",
    "population": "population",
    "rolling": "rolling",
    "round": "tour",
}
_LONG = ("institute", "sponsor", "start", "end", "sample", "counted", "population", "rolling", "round")
_SOURCES = (
    _Source(
        "MieuxVoter",
        frozenset({"poll_id", "hypothese", "complete_name", "intentions", "nom_institut"}),
        lambda row: (row.text("poll_id"), row.text("hypothese"), row.text("tour")),
        _mieuxvoter_share,
        {**_COMMON, "candidate": "complete_name", "counted": "sous_echantillon"},
    ),
    _Source(
        "nsppolls",
        frozenset({"id", "candidat", "intentions", "nom_institut", "sous_echantillon"}),
        lambda row: (row.text("id"), row.text("hypothese"), row.text("tour")),
        _nsppolls_share,
        {**_COMMON, "candidate": "candidat", "counted": "sous_echantillon"},
    ),
    _Source(
        "long format",
        frozenset({"poll", "institute", "sponsor", "start", "end", "sample", "round", "candidate", "share"}),
        lambda row: (row.text("poll"), "", row.text("round")),
        _long_share,
        {**{name: name for name in _LONG}, "candidate": "candidate"},
    ),
)
