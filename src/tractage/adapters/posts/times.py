"""Times as seconds: one way of writing them in a file, or a clear refusal."""

import polars as pl

from tractage.domain.errors import InputError
from tractage.domain.worded import gettext_noop

LATEST = 1e11  # seconds; larger numbers are milliseconds or worse
FORMATS = ("%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z")
BARE = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
LONG = ("%a %b %d %H:%M:%S %z %Y",)  # the old Twitter interface


def seconds(times: pl.Series, file: str, column: str, first_line: int = 1, skip: bool = False) -> pl.Series:
    """Return `times` as float64 seconds since 1970, UTC where nothing else is said.

    file, column: what to call them in an error; first_line: the line number of the first row
    skip: bad times become null instead of an error
    Raises: InputError on the first time that is missing, not a number, or not written like the others
    """
    if times.dtype.is_temporal():
        numbers = times.cast(pl.Datetime("us")).dt.epoch("us") / 1e6
    elif times.dtype.is_numeric():
        numbers = times.cast(pl.Float64)
    else:
        numbers = _parsed(times.cast(pl.String), file, column, first_line, skip)
    good = numbers.is_finite().fill_null(value=False)
    if not skip and not good.all():
        row = int((~good).arg_true()[0])
        found = times[row]
        raise InputError(
            gettext_noop(
                "%(file)s: column %(column)s: line %(line)s holds nothing, expected seconds (1718000000) or "
                "ISO 8601 (2024-06-10T06:13:20Z); --skip-bad-rows leaves such rows out"
            )
            if found is None or found == ""
            else gettext_noop(
                "%(file)s: column %(column)s: line %(line)s holds %(found)s, expected seconds (1718000000) "
                "or ISO 8601 (2024-06-10T06:13:20Z); --skip-bad-rows leaves such rows out"
            ),
            file=file,
            column=repr(column),
            line=str(first_line + row),
            found=repr(found),
        )
    numbers = numbers.set(~good, None)
    late = numbers.filter(numbers > LATEST)
    if not late.is_empty():
        raise InputError(
            gettext_noop(
                "%(file)s: column %(column)s: %(found)s is too large for seconds; divide milliseconds by "
                "1000 first"
            ),
            file=file,
            column=repr(column),
            found=f"{late[0]:.0f}",
        )
    return numbers


def _parsed(text: pl.Series, file: str, column: str, first_line: int, skip: bool) -> pl.Series:
    text = text.str.strip_chars()
    numbers = text.cast(pl.Float64, strict=False)
    is_number = numbers.is_finite().fill_null(False)
    if is_number.all():
        return numbers
    dates = _dates(text)
    is_date = dates.is_not_null()
    if is_number.any() and is_date.any():
        few = is_date if is_number.sum() >= is_date.sum() else is_number
        if not skip:
            row = int(few.arg_true()[0])
            other = int((is_number if few is is_date else is_date).arg_true()[0])
            raise InputError(
                gettext_noop(
                    "%(file)s: column %(column)s: mixed time formats, line %(line)s holds %(found)s and line "
                    "%(other)s holds %(other_found)s: write all of them as seconds (1718000000) or ISO 8601 "
                    "(2024-06-10T06:13:20Z)"
                ),
                file=file,
                column=repr(column),
                line=str(first_line + other),
                found=repr(text[other]),
                other=str(first_line + row),
                other_found=repr(text[row]),
            )
        return (numbers if few is is_date else dates).set(few, None)
    return numbers if is_number.any() else dates


def _dates(text: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"t": text})
    tries = [
        pl.col("t").str.to_datetime(form, time_unit="us", strict=False).dt.epoch("us")
        for form in (*FORMATS, *LONG)
    ] + [
        pl.col("t").str.to_datetime(form, time_unit="us", strict=False, time_zone="UTC").dt.epoch("us")
        for form in BARE
    ]
    return frame.select(pl.coalesce(tries) / 1e6).to_series()
