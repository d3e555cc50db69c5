"""Read a layer of posts: object, account, content, time, as the domain wants them."""

from dataclasses import dataclass

import polars as pl

from tractage.adapters.posts.files import Kind, PostFile, delimiter_of
from tractage.adapters.posts.times import seconds
from tractage.domain.errors import InputError
from tractage.domain.worded import gettext_noop


@dataclass(frozen=True)
class Columns:
    """The names that a file gives to what a post is made of."""

    account: str
    content: str
    time: str


@dataclass(frozen=True)
class Reading:
    """Rows of one layer, and what was left out.

    frame: object, account, content (str), time (float64 seconds)
    no_object: rows that share nothing on this layer; bad: rows skipped because of their time or account
    """

    frame: pl.DataFrame
    no_object: int
    bad: int


def read_layer(
    file: PostFile, layer: str, columns: Columns, delimiter: str | None = None, skip_bad: bool = False
) -> Reading:
    """Read one object column of `file` with the columns every layer needs.

    Raises: InputError on a missing column, a time or an account that cannot be read, a broken file
    """
    wanted = [layer, columns.account, columns.content, columns.time]
    raw = read_columns(file, list(dict.fromkeys(wanted)), delimiter, skip_bad)
    return shaped(raw, layer, columns, str(file.path), 1 if file.kind is not Kind.CSV else 2, skip_bad)


def shaped(
    raw: pl.DataFrame, layer: str, columns: Columns, where: str, first_line: int, skip_bad: bool
) -> Reading:
    """Turn the raw columns of one layer into posts."""
    frame = pl.DataFrame(
        {
            "object": as_text(raw[layer]),
            "account": as_text(raw[columns.account]),
            "content": as_text(raw[columns.content]),
            "time": seconds(raw[columns.time], where, columns.time, first_line, skip_bad),
        }
    )
    del raw
    no_account = frame["account"].is_null()
    if no_account.any() and not skip_bad:
        line = first_line + int(no_account.arg_true()[0])
        raise InputError(
            gettext_noop(
                "%(file)s: line %(line)s has no %(column)s, expected an account id; --skip-bad-rows leaves "
                "such rows out"
            ),
            file=where,
            line=str(line),
            column=repr(columns.account),
        )
    # whole tables are only copied when there is something to leave out
    bad = int((frame["account"].is_null() | frame["time"].is_null()).sum())
    if bad:
        frame = frame.filter(pl.col("account").is_not_null(), pl.col("time").is_not_null())
    no_object = frame["object"].null_count()
    if no_object:
        frame = frame.filter(pl.col("object").is_not_null())
    return Reading(frame, no_object, bad)


def read_columns(
    file: PostFile, wanted: list[str], delimiter: str | None = None, skip_bad: bool = False
) -> pl.DataFrame:
    """Read the wanted columns as they are written."""
    try:
        if file.kind is Kind.PARQUET:
            return _projected(pl.scan_parquet(file.path), wanted, file)
        if file.kind is Kind.NDJSON:
            return _ndjson(file, wanted, skip_bad)
        return _csv(file, wanted, delimiter, skip_bad)
    except pl.exceptions.PolarsError as error:
        reason = str(error).strip().splitlines()[0]
        raise InputError(
            gettext_noop("%(file)s: not readable as %(kind)s: %(reason)s"),
            file=str(file.path),
            kind=str(file.kind),
            reason=reason,
        ) from error


def listed(names: list[str]) -> str:
    """Return the first names of columns, safe to print whatever the file is."""
    shown = ", ".join(names[:12])[:160]
    return "".join(letter if letter.isprintable() and letter != "\ufffd" else "?" for letter in shown)


def as_text(ids: pl.Series) -> pl.Series:
    """Return ids as text, empty ones as null; whole numbers that a table stored as floats lose their .0."""
    if ids.dtype.is_float():
        whole = ids.cast(pl.Int64, strict=False)
        if (whole.cast(ids.dtype) == ids).fill_null(True).all():
            ids = whole
    text = ids if ids.dtype == pl.String else ids.cast(pl.String)
    return text.set(text == "", None) if (text == "").any() else text


def _csv(file: PostFile, wanted: list[str], delimiter: str | None, skip_bad: bool) -> pl.DataFrame:
    head = file.sample().decode("utf-8-sig", errors="replace").splitlines()
    if not head or not head[0].strip():
        raise InputError(
            gettext_noop("%(file)s: the first line is empty, expected the names of the columns"),
            file=str(file.path),
        )
    likely = delimiter_of(head[0], wanted)
    mark = delimiter or likely
    names = [name.strip().strip('"') for name in head[0].split(mark)]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise _no_column(file, missing[0], names, mark if len(names) == 1 else "", likely)
    return pl.read_csv(
        file.path,
        columns=wanted,
        separator=mark,
        infer_schema=False,
        null_values=["NA", "null", "NULL", "None"],
        truncate_ragged_lines=skip_bad,
        low_memory=True,
    )


def _ndjson(file: PostFile, wanted: list[str], skip_bad: bool) -> pl.DataFrame:
    with file.open() as stream:
        source = file.path if not file.packed else stream.read()
        if file.sample().lstrip().startswith(b"["):
            lazy = pl.read_json(source).lazy()
        else:
            lazy = pl.scan_ndjson(source, infer_schema_length=1000, ignore_errors=skip_bad)
        return _projected(lazy, wanted, file)


def _projected(lazy: pl.LazyFrame, wanted: list[str], file: PostFile) -> pl.DataFrame:
    names = lazy.collect_schema().names()
    missing = [name for name in wanted if name not in names]
    if missing:
        raise _no_column(file, missing[0], names)
    return lazy.select(wanted).collect()


def _no_column(
    file: PostFile, missing: str, names: list[str], mark: str = "", likely: str = ""
) -> InputError:
    """Return the error of a missing column.

    mark: the delimiter that gave a single column, or ""; likely: the one that the header speaks for
    """
    message = gettext_noop("%(file)s: no column %(column)s, found %(names)s")
    if mark and likely != mark:
        message = gettext_noop(
            "%(file)s: no column %(column)s, found %(names)s; with delimiter %(mark)s the header is a single "
            "column: is the delimiter %(likely)s?"
        )
    elif mark:
        message = gettext_noop(
            "%(file)s: no column %(column)s, found %(names)s; the header is a single column, set --delimiter "
            "(tried %(mark)s)"
        )
    return InputError(
        message,
        file=str(file.path),
        column=repr(missing),
        names=listed(names),
        mark=repr(mark),
        likely=repr(likely),
    )
