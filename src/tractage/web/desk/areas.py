"""The rooms of the desk, as its own menu names them: one line an area."""

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


SAFETY = (
    *("step_ladder", "reports", "report", "incidents", "incident", "sanctions", "sanction", "new_sanction"),
    *("wave", "appeals", "appeal", "guard_rules", "guard_rule", "new_guard_rule", "allowed_words"),
    *("rules_file", "rules_history", "preventive_lists", "guard_settings", "safety_log"),
)

AREAS = (
    Area(_("Missions"), "board", inside=("brief", "first_missions", "my_missions", "new_brief")),
    Area(_("My works"), "my_works", inside=("desk_work", "new_work", "change_work")),
    Area(_("Reading"), "review_queue", "library.see_queue", ("review_work",)),
    Area(_("To be released"), "shelf", "library.see_shelf", ("recall_work",)),
    Area(_("Calendar"), "agenda", inside=("agenda_address",)),
    Area(_("Coverage"), "coverage", "library.see_coverage", ("coverage_map",)),
    Area(
        _("Operations"),
        "operations",
        "operations.list",
        ("operation", "new_operation", "change_operation", "operation_live", "post_mortem", "express_plan"),
    ),
    Area(_("Calls"), "poster_calls", "calls.sit_on_jury", ("poster_call", "new_call", "change_call", "jury")),
    Area(_("Requests of teams"), "team_requests", "requests.see_requests", ("team_request",)),
    Area(_("Polls"), "poll_tables", "polls.bring", ("remove_polls",)),
    Area(_("Radar"), "analyses", "analyses.analyse", ("analysis", "new_analysis", "remove_analysis")),
    Area(
        _("Series"),
        "desk_series",
        "shelves.write_series",
        ("desk_one_series", "new_episode", "change_episode"),
    ),
    Area(_("Safety"), "safety", "safety.see_desk", SAFETY),
    Area(_("Exchange"), "exchange", "exchange.receive", ("exchange_peer",)),
    Area(_("Members"), "members", "people.list_members", ("standing",)),
    Area(_("Log"), "log", "people.read_log"),
    Area(
        _("Settings"),
        "settings",
        "people.change_campaign",
        ("settings_kit", "settings_charter", "settings_partners", "settings_costs"),
    ),
    Area(
        _("Seen"),
        "sightings",
        "sightings.see_list",
        ("sightings_waiting", "post_seen", "audits", "audit_task", "draw_audit"),
    ),
    Area(_("Reach"), "reach", "sightings.see_reach"),
)


def areas_for(member: Member) -> list[Area]:
    """The rooms that open to `member`."""
    return [area for area in AREAS if allowed(member, area.permission)]
