"""The counters of safety, as its own menu names them."""

from django.utils.translation import gettext_lazy as _

from tractage.hq.people.models import Member
from tractage.hq.people.rules import allowed
from tractage.web.desk.areas import Area

ROOMS = (
    Area(_("Now"), "safety", "safety.see_desk", ("step_ladder",)),
    Area(_("Reports"), "reports", "safety.see_desk", ("report",)),
    Area(_("Incidents"), "incidents", "safety.see_desk", ("incident",)),
    Area(_("Sanctions"), "sanctions", "safety.see_desk", ("sanction", "new_sanction", "wave")),
    Area(_("Appeals"), "appeals", "safety.see_desk", ("appeal",)),
    Area(
        _("Rules"),
        "guard_rules",
        "safety.write_rules",
        ("guard_rule", "new_guard_rule", "allowed_words", "rules_file", "rules_history", "judge_hit"),
    ),
    Area(_("Preventive lists"), "preventive_lists", "safety.keep_lists"),
    Area(_("Settings of the guard"), "guard_settings", "safety.change_settings"),
    Area(_("Safety log"), "safety_log", "safety.see_desk"),
)


def rooms_for(member: Member) -> list[Area]:
    """The counters that open to `member`."""
    return [room for room in ROOMS if allowed(member, room.permission)]
