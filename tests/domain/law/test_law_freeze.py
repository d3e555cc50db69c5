"""Laws that the freeze must keep, whatever the zones, the content and the moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.law.calendar import Round, elections, rounds
from tractage.domain.law.content import PRIVATE, PROPAGANDA, Content, Kind
from tractage.domain.law.freeze import next_window, status
from tractage.domain.law.windows import ALWAYS, Window, binding
from tractage.domain.law.zones import everywhere, territories, zone

ZONES = st.lists(
    st.sampled_from([*everywhere(), "abroad:Pacific/Honolulu", "abroad:America/Nuuk", "XX"]),
    min_size=1,
    max_size=4,
)
# Places whose clocks change, or have changed, at midnight or by half an hour.
MIDNIGHT_CHANGES = [
    "Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "America/Asuncion",
    "Europe/Lisbon", "Australia/Lord_Howe",
]  # fmt: skip
ELECTIONS = st.sampled_from(sorted(elections()))
CONTENTS = st.frozensets(st.sampled_from(list(Kind)), max_size=3).map(Content)


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, datetime]:
    """A moment within ten days of a round, in some time zone."""
    election = draw(ELECTIONS)
    turn = draw(st.sampled_from(rounds(election)))
    middle = datetime(turn.day.year, turn.day.month, turn.day.day, 12, tzinfo=UTC)
    minutes = draw(st.integers(-10 * 24 * 60, 10 * 24 * 60))
    clock = ZoneInfo(draw(st.sampled_from(["UTC", "Europe/Paris", "Pacific/Marquesas", "America/New_York"])))
    return election, (middle + timedelta(minutes=minutes)).astimezone(clock)


@given(moments(), ZONES, st.sampled_from(everywhere()), CONTENTS)
def test_one_more_zone_never_unfreezes(when, zones, more, content) -> None:
    election, at = when
    if status(content, rounds(election), zones, at).frozen:
        assert status(content, rounds(election), [*zones, more], at).frozen


@given(moments(), ZONES, CONTENTS, st.randoms())
def test_the_answer_does_not_depend_on_order_or_clock(when, zones, content, random) -> None:
    election, at = when
    shuffled = random.sample(zones, len(zones))
    one = status(content, rounds(election), zones, at)
    other = status(content, tuple(reversed(rounds(election))), shuffled, at.astimezone(UTC))
    assert (one.frozen, one.since, one.until) == (other.frozen, other.since, other.until)


@given(moments(), ZONES, CONTENTS, st.floats(0, 1))
def test_a_frozen_stretch_holds_the_moment_and_has_no_hole(when, zones, content, share) -> None:
    election, at = when
    found = status(content, rounds(election), zones, at)
    assert found.frozen == bool(found.rules) == bool(found.reasons)
    if not found.frozen:
        assert found.since is found.until is None
    elif found.since and found.until:
        assert found.since <= at < found.until
        inside = found.since + (found.until - found.since) * share * 0.999999
        assert status(content, rounds(election), zones, inside).frozen
        assert not status(content, rounds(election), zones, found.until).frozen
        assert not status(content, rounds(election), zones, found.since - timedelta(seconds=1)).frozen


@given(moments())
def test_an_unknown_zone_is_frozen_at_any_time(when) -> None:
    election, at = when
    for zones in (["XX"], ["FR", "abroad:Mars/Olympus"], []):
        found = status(PROPAGANDA, rounds(election), zones, at)
        assert found.frozen
        assert found.until is None
        assert any(window.cause == "unknown-zone" for window in found.reasons)


@given(moments(), ZONES, st.sampled_from(sorted(PRIVATE)), CONTENTS)
def test_what_is_not_public_is_never_frozen(when, zones, private, content) -> None:
    election, at = when
    kinds = content.kinds | {private}
    assert not status(Content(kinds), rounds(election), zones, at).frozen


@given(moments(), ZONES)
def test_practical_information_is_never_silenced(when, zones) -> None:
    election, at = when
    assert not status(Content.of(Kind.PRACTICAL), rounds(election), zones, at).frozen


@given(moments(), st.sampled_from(everywhere()))
def test_silence_starts_at_a_local_midnight_and_ends_at_twenty(when, name) -> None:
    election, at = when
    found = status(PROPAGANDA, rounds(election), [name], at)
    if found.frozen and {window.cause for window in found.reasons} == {"law"}:
        clock = ZoneInfo(zone(name).tz)
        assert found.since.astimezone(clock).strftime("%H:%M") == "00:00"
        assert found.until.astimezone(clock).strftime("%H:%M") == "20:00"


@given(st.sampled_from(MIDNIGHT_CHANGES), st.dates(date(2010, 1, 1), date(2036, 12, 31)))
def test_a_change_of_the_clock_never_shortens_the_silence(tz: str, day: date) -> None:
    turn = Round("test", 1, day, (("abroad", day), ("abroad-america", day)))
    (window,) = set(binding(PROPAGANDA, (turn,), (f"abroad:{tz}",)))
    clock = ZoneInfo(tz)
    eve = day - timedelta(days=1)
    assert window.since.astimezone(clock).date() == eve
    assert (window.since - timedelta(seconds=1)).astimezone(clock).date() < eve
    assert timedelta(hours=43) <= window.until - window.since <= timedelta(hours=45)


def test_doubtful_places_are_frozen_for_both_polls() -> None:
    clock = ZoneInfo("Pacific/Honolulu")
    found = status(PROPAGANDA, rounds("presidentielle-2027"), ["abroad:Pacific/Honolulu"],
                   datetime(2027, 4, 17, 22, tzinfo=clock))  # fmt: skip
    assert found.since == datetime(2027, 4, 16, tzinfo=clock)
    assert found.until == datetime(2027, 4, 18, 20, tzinfo=clock)


def test_unusable_time_zone_data_is_frozen() -> None:
    broken = replace(zone("RE"), tz="Indian/Nowhere")
    found = status(PROPAGANDA, rounds("presidentielle-2027"), [broken], datetime(2026, 1, 1, tzinfo=UTC))
    assert found.frozen
    assert [window.cause for window in found.reasons] == ["missing-time-zone"]


def test_without_any_round_everything_is_frozen() -> None:
    found = status(PROPAGANDA, (), ["FR"], datetime(2026, 1, 1, tzinfo=UTC))
    assert [window.cause for window in found.reasons] == ["no-round"]


def test_an_unknown_closing_hour_lasts_to_midnight_or_to_paris() -> None:
    for name, hour in (("RE", "2027-04-18T20:00+02:00"), ("MQ", "2027-04-18T20:00+02:00"),
                       ("abroad:Atlantic/Azores", "2027-04-19T02:00+02:00")):  # fmt: skip
        at = datetime.fromisoformat("2027-04-18T00:30+02:00")
        found = status(PROPAGANDA, rounds("presidentielle-2027"), [replace(zone(name), closes=None)], at)
        midnight = datetime.fromisoformat("2027-04-18T22:00+02:00") if name == "RE" else None
        assert found.until == (midnight or datetime.fromisoformat(hour))


@pytest.mark.parametrize("at", [datetime(2027, 4, 17), datetime.min, datetime.max])  # noqa: DTZ001, DTZ901
def test_a_time_without_zone_is_refused(at: datetime) -> None:
    with pytest.raises(InputError, match="no time zone"):
        status(PROPAGANDA, rounds("presidentielle-2027"), ["FR"], at)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_time_do_not_break(at: datetime) -> None:
    assert not status(PROPAGANDA, rounds("presidentielle-2027"), ["FR"], at).frozen
    assert at >= ALWAYS


@pytest.mark.parametrize("name", sorted(territories()))
def test_an_operation_on_saturday_17_april_is_refused_everywhere(name: str) -> None:
    clock = ZoneInfo(zone(name).tz)
    start = datetime(2027, 4, 17, 14, tzinfo=clock)
    turns = rounds("presidentielle-2027")
    found = next_window(PROPAGANDA, turns, [name], start, start + timedelta(hours=3))
    assert not found.lawful
    assert {window.rule for window in found.reasons} == {"L49"}
    for span in (found.before, found.after):
        assert span is not None
        again = next_window(PROPAGANDA, turns, [name], span.since, span.until)
        assert again.lawful
    saturday = dict(turns[0].polls)[name].weekday() == 5
    friday = datetime(2027, 4, 16, tzinfo=clock)
    early = next_window(PROPAGANDA, turns, [name], friday, friday + timedelta(hours=1))
    assert early.lawful is not saturday
    assert found.before.until == (friday if saturday else friday + timedelta(days=1))
    assert found.nearest == min((found.before, found.after), key=lambda span: abs(span.since - start))


@given(moments(), ZONES, st.integers(1, 60 * 48), st.booleans())
def test_a_proposed_window_is_always_lawful(when, zones, minutes, bounded) -> None:
    election, start = when
    length = timedelta(minutes=minutes)
    limit = start if bounded else None
    found = next_window(PROPAGANDA, rounds(election), zones, start, start + length, not_before=limit)
    if "XX" in zones:
        assert not found.lawful
        assert found.nearest is None
    else:
        assert found.nearest is not None
        assert found.nearest.until - found.nearest.since == length
        again = next_window(PROPAGANDA, rounds(election), zones, found.nearest.since, found.nearest.until)
        assert again.lawful
        assert not bounded or found.nearest.since >= start


def test_an_owner_can_tighten_and_never_loosen() -> None:
    turns, friday = rounds("presidentielle-2027"), datetime(2027, 4, 16, 12, tzinfo=ZoneInfo("Europe/Paris"))
    own = Window(friday - timedelta(hours=4), friday + timedelta(hours=1), "L49", "FR", 1)
    assert not status(PROPAGANDA, turns, ["FR"], friday).frozen
    assert status(PROPAGANDA, turns, ["FR"], friday, added=[own]).until == own.until
    hour = timedelta(hours=1)
    assert not next_window(PROPAGANDA, turns, ["FR"], friday, friday + hour, added=[own]).lawful
    saturday = friday + timedelta(days=1)
    plain = status(PROPAGANDA, turns, ["FR"], saturday)
    assert status(PROPAGANDA, turns, ["FR"], saturday, added=[own]) == plain


def test_a_window_must_have_a_length() -> None:
    at = datetime(2027, 4, 17, tzinfo=UTC)
    with pytest.raises(InputError, match="is not after"):
        next_window(PROPAGANDA, rounds("presidentielle-2027"), ["FR"], at, at)
