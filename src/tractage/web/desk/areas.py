"""The rooms of the desk, as its own menu names them: one line an area, in the floor where it belongs."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from tractage.hq.people.models import Member
from tractage.hq.people.rules import allowed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Area(NamedTuple):
    """A room: its name, the view that opens it, who may enter, and the views that stand inside it."""

    label: "StrPromise"
    view: str
    permission: str = "missions.see_board"
    inside: tuple[str, ...] = ()


class Floor(NamedTuple):
    """Rooms that go together; those of the first floor are always in sight."""

    label: "StrPromise"
    areas: tuple[Area, ...]


SAFETY = (
    *("step_ladder", "reports", "report", "incidents", "incident", "sanctions", "sanction", "new_sanction"),
    *("wave", "appeals", "appeal", "guard_rules", "guard_rule", "new_guard_rule", "allowed_words"),
    *("rules_file", "rules_history", "preventive_lists", "guard_settings", "safety_log"),
)
OPERATIONS = (
    "operation",
    "new_operation",
    "change_operation",
    "operation_live",
    "post_mortem",
    "express_plan",
)
SEEN = ("sightings_waiting", "post_seen", "audits", "audit_task", "draw_audit")
SETTINGS = ("settings_kit", "settings_charter", "settings_partners", "settings_costs")

MAKE = Floor(
    _("Make and pass on"),
    (
        Area(_("Missions"), "board", inside=("brief", "first_missions", "my_missions", "new_brief")),
        Area(_("My works"), "my_works", inside=("desk_work", "new_work", "change_work")),
        Area(_("Operations"), "operations", "operations.list", OPERATIONS),
        Area(_("Seen"), "sightings", "sightings.see_list", SEEN),
        Area(_("Calendar"), "agenda", inside=("agenda_address",)),
    ),
)
READ = Floor(
    _("Read and release"),
    (
        Area(_("Reading"), "review_queue", "library.see_queue", ("review_work",)),
        Area(_("To be released"), "shelf", "library.see_shelf", ("recall_work",)),
        Area(
            _("Calls"),
            "poster_calls",
            "calls.sit_on_jury",
            ("poster_call", "new_call", "change_call", "jury"),
        ),
        Area(_("Requests of teams"), "team_requests", "requests.see_requests", ("team_request",)),
        Area(
            _("Series"),
            "desk_series",
            "shelves.write_series",
            ("desk_one_series", "new_episode", "change_episode"),
        ),
    ),
)
KNOW = Floor(
    _("Know"),
    (
        Area(_("Coverage"), "coverage", "library.see_coverage", ("coverage_map",)),
        Area(_("Reach"), "reach", "sightings.see_reach"),
        Area(_("Radar"), "analyses", "analyses.analyse", ("analysis", "new_analysis", "remove_analysis")),
        Area(_("Polls"), "poll_tables", "polls.bring", ("remove_polls",)),
    ),
)
KEEP = Floor(
    _("Keep the house"),
    (
        Area(_("Safety"), "safety", "safety.see_desk", SAFETY),
        Area(_("Members"), "members", "people.list_members", ("standing",)),
        Area(_("Exchange"), "exchange", "exchange.receive", ("exchange_peer",)),
        Area(_("Log"), "log", "people.read_log"),
        Area(_("Settings"), "settings", "people.change_campaign", SETTINGS),
    ),
)
FLOORS = (MAKE, READ, KNOW, KEEP)


def floors_for(member: Member) -> list[Floor]:
    """The floors with the rooms that open to `member`; those where none does are left out."""
    found = [
        Floor(floor.label, tuple(area for area in floor.areas if allowed(member, area.permission)))
        for floor in FLOORS
    ]
    return [floor for floor in found if floor.areas]
