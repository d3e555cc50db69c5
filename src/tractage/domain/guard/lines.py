"""Messages and events as JSON lines: parsed once, with the number of the line in every complaint."""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from tractage.domain.errors import InputError
from tractage.domain.guard.check import Checked, Message

Record = dict[str, Any]


def read_records(lines: Iterable[bytes], source: str) -> Iterator[tuple[str, Record]]:
    """Yield each JSON object with its place ("messages: line 3"); blank lines are passed over.

    Raises InputError at the first line that is not a JSON object in UTF-8.
    """
    for number, line in enumerate(lines, 1):
        where = f"{source}: line {number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            raise InputError(f"{where}: not UTF-8 at byte {error.start + 1}") from None
        except RecursionError:
            raise InputError(f"{where}: JSON nested too deep") from None
        except ValueError as error:
            raise InputError(f"{where}: not valid JSON: {error}") from None
        if not isinstance(record, dict):
            raise InputError(f"{where}: expected a JSON object, found {_kind(record)}")
        yield where, record


def read_message(record: Record, where: str) -> Message:
    """Return the message of one record with id, author, text, t and optional channel."""
    return Message(
        id=identifier(record, "id", where),
        author=identifier(record, "author", where),
        text=text(record, "text", where),
        t=seconds(record, "t", where),
        channel=text(record, "channel", where, ""),
    )


def write_checked(checked: Checked, identity: Any) -> str:
    """Return the verdict on one message as one JSON line; `identity` is the id as it was given."""
    best = checked.findings[0] if checked.findings else None
    evidence: Record | None = None
    if best is not None:
        evidence = {"found": best.found, "span": [best.start, best.end], "disguises": list(best.disguises)}
        if best.messages:
            evidence["messages"] = list(best.messages)
        others = list(dict.fromkeys(each.rule for each in checked.findings if each.rule != best.rule))
        if others:
            evidence["other_rules"] = others
    return write_line(
        {
            "id": identity,
            "verdict": checked.verdict.value,
            "rule": best.rule if best else None,
            "evidence": evidence,
        }
    )


def write_line(record: Record) -> str:
    """Return a record as one line of JSON, in UTF-8 unless a half character forbids it."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(record)
    return line + "\n"


def identifier(record: Record, key: str, where: str) -> str:
    """Return a field that names something: a text that is not empty, or a whole number."""
    value = _present(record, key, where)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise InputError(f"{where}: {key}: expected a text or a whole number, found {_kind(value)}")
    return str(value)


def text(record: Record, key: str, where: str, default: str | None = None) -> str:
    """Return a text field; without a default it must be there."""
    value = _present(record, key, where) if default is None else record.get(key, default)
    if not isinstance(value, str):
        raise InputError(f"{where}: {key}: expected a text, found {_kind(value)}")
    return value


def seconds(record: Record, key: str, where: str) -> float:
    """Return a time in seconds: a number as it is, an ISO 8601 time since 1970 (UTC without an offset)."""
    value = _present(record, key, where)
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise InputError(
                f"{where}: {key}: expected seconds or an ISO 8601 time, found {value!r}"
            ) from None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(_as_float(value)):
        raise InputError(f"{where}: {key}: expected seconds or an ISO 8601 time, found {_kind(value)}")
    return float(value)


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _present(record: Record, key: str, where: str) -> Any:
    if key not in record:
        raise InputError(f"{where}: the field {key!r} is missing")
    return record[key]


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
