"""Events and decisions as JSON lines: what `tractage guard replay` reads and writes."""

from collections.abc import Iterable, Iterator
from typing import Any

from tractage.domain.errors import InputError
from tractage.domain.guard.decisions import Decision
from tractage.domain.guard.events import Event, Join, Leave, Post
from tractage.domain.guard.lines import Record, identifier, read_records, seconds, text, write_line

_FIELDS = {
    "join": ("kind", "t", "member", "name", "created", "avatar", "invite"),
    "leave": ("kind", "t", "member"),
    "message": ("kind", "t", "id", "author", "text", "channel", "pictures", "mentions"),
}


def read_events(lines: Iterable[bytes], source: str) -> Iterator[Event]:
    """Yield the events of a file, in the order of time.

    Raises InputError with the line where a field is missing or wrong, or time goes back.
    """
    last = None
    for where, record in read_records(lines, source):
        event = read_event(record, where)
        if last is not None and event.t < last:
            raise InputError(f"{where}: t: time goes back, from {last:g} to {event.t:g}")
        last = event.t
        yield event


def read_event(record: Record, where: str) -> Event:
    """Return the event of one record: kind "join", "leave" or "message"."""
    kind = text(record, "kind", where)
    if kind not in _FIELDS:
        raise InputError(f"{where}: kind: found {kind!r}, expected one of {', '.join(_FIELDS)}")
    unknown = [key for key in record if key not in _FIELDS[kind]]
    if unknown:
        raise InputError(f"{where}: unknown field {unknown[0]!r}, expected {', '.join(_FIELDS[kind])}")
    t = seconds(record, "t", where)
    if kind == "leave":
        return Leave(t, identifier(record, "member", where))
    if kind == "message":
        return _post(record, t, where)
    created = None if record.get("created") is None else seconds(record, "created", where)
    if created is not None and created > t:
        raise InputError(f"{where}: created: the account ({created:g}) is younger than its arrival ({t:g})")
    avatar = record.get("avatar", True)
    if not isinstance(avatar, bool):
        raise InputError(f"{where}: avatar: expected true or false, found {avatar!r}")
    name, invite = text(record, "name", where), text(record, "invite", where, "")
    return Join(t, identifier(record, "member", where), name, created, avatar, invite)


def write_event(event: Event) -> str:
    """Return an event as one JSON line."""
    if isinstance(event, Leave):
        return write_line({"kind": "leave", **event._asdict()})
    if isinstance(event, Join):
        return write_line({"kind": "join", **event._asdict()})
    pictures = [picture.hex() for picture in event.pictures]
    return write_line({"kind": "message", **event._asdict(), "pictures": pictures})


def write_decision(decision: Decision) -> str:
    """Return a decision as one JSON line, each piece of evidence with what, found and limit."""
    record = decision._asdict() | {"action": decision.action.value}
    return write_line(record | {"evidence": [each._asdict() for each in decision.evidence]})


def _post(record: Record, t: float, where: str) -> Post:
    pictures = []
    for number, value in enumerate(_texts(record, "pictures", where), 1):
        try:
            pictures.append(bytes.fromhex(value))
        except ValueError:
            raise InputError(f"{where}: pictures: number {number} is not hexadecimal") from None
    return Post(
        t,
        identifier(record, "id", where),
        identifier(record, "author", where),
        text(record, "text", where),
        text(record, "channel", where, ""),
        tuple(pictures),
        tuple(_texts(record, "mentions", where)),
    )


def _texts(record: Record, key: str, where: str) -> list[str]:
    value: Any = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f"{where}: {key}: expected a list of texts")
    return value
