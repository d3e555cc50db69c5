"""Where posts come from: a table whose columns are named, or the export of a platform."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from tractage.adapters.posts.files import Cost, Kind, PostFile, recognise, refuse_over_budget
from tractage.adapters.posts.importers import import_posts
from tractage.adapters.posts.reading import Columns, as_text, read_columns, read_layer
from tractage.domain.errors import InputError
from tractage.domain.worded import Worded, gettext_noop

PLAIN = Columns(account="account_id", content="content_id", time="timestamp_share")


@dataclass
class Source:
    """Posts by layer.

    names: the layers; read: gives one; profiles: account and what is known of it, see `account_evidence`
    notes: what was left out, filled as layers are read
    """

    names: tuple[str, ...]
    read: Callable[[str], pl.DataFrame]
    cost: Cost
    profiles: pl.DataFrame | None = None
    notes: list[Worded] = field(default_factory=list)


def table_source(
    path: Path,
    layers: tuple[str, ...],
    columns: Columns,
    budget: int,
    delimiter: str | None = None,
    skip_bad: bool = False,
    reach: str | None = None,
    unique: bool = False,
) -> Source:
    """Read layers from the columns of a table.

    budget: bytes of memory; reach: the column that holds followers; unique: drop rows that repeat another
    Raises: InputError when the file does not fit the budget, or cannot be read
    """
    file = recognise(path)
    cost = refuse_over_budget(file, budget)
    source = Source(layers, lambda _name: pl.DataFrame(), cost)

    def read(name: str) -> pl.DataFrame:
        reading = read_layer(file, name, columns, delimiter, skip_bad)
        if reading.bad:
            words = gettext_noop("%(layer)s: %(rows)s bad rows left out")
            source.notes.append(Worded(words, {"layer": name, "rows": reading.bad}))
        if reading.no_object:
            words = gettext_noop("%(layer)s: %(rows)s rows share nothing on this layer")
            source.notes.append(Worded(words, {"layer": name, "rows": reading.no_object}))
        if reading.frame.is_empty():
            source.notes.append(Worded(gettext_noop("%(layer)s: no row to look at"), {"layer": name}))
        return reading.frame.unique(maintain_order=True) if unique else reading.frame

    source.read = read
    source.profiles = _followers(file, columns, reach, delimiter) if reach else None
    return source


def export_source(path: Path, platform: str, layers: tuple[str, ...], budget: int, skip_bad: bool) -> Source:
    """Read the export of a platform.

    layers: those wanted, all that hold something when empty
    Raises: InputError when a wanted layer is not in the export
    """
    file = recognise(path)
    cost = refuse_over_budget(file, budget)
    found = import_posts(file, platform, skip_bad)
    missing = [layer for layer in layers if layer not in found.layers]
    if missing:
        raise InputError(
            gettext_noop("--layers: nothing shared as %(layer)s here, found %(names)s"),
            layer=repr(missing[0]),
            names=", ".join(found.layers),
        )
    notes = [Worded(gettext_noop("%(rows)s bad rows left out"), {"rows": found.bad})] if found.bad else []
    return Source(layers or tuple(found.layers), found.layers.__getitem__, cost, found.profiles, notes)


def _followers(file: PostFile, columns: Columns, reach: str, delimiter: str | None) -> pl.DataFrame:
    raw = read_columns(file, [columns.account, reach], delimiter)
    followers = raw[reach].cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
    bad = followers.is_null() & raw[reach].is_not_null()
    if bad.any():
        line = int(bad.arg_true()[0]) + (2 if file.kind is Kind.CSV else 1)
        raise InputError(f"{file.path}: line {line}, {reach!r} is not a number of followers")
    people = pl.DataFrame({"account": as_text(raw[columns.account]), "followers": followers})
    return people.drop_nulls("account").group_by("account").agg(pl.col("followers").max()).sort("account")
