"""What the addresses of safety are built from."""

from typing import Any


def safety_objects(member: Any) -> dict[str, Any]:
    """A quarantine of a wave that is appealed, a report, a rule with a hit to judge."""
    from tractage.domain.guard.decisions import Action, Decision, Evidence
    from tractage.hq.safety.models import Sanction, ShadowHit
    from tractage.hq.safety.services import (
        RuleContent,
        Seen,
        Thing,
        account_of_discord,
        appeal_path,
        appeal_sanction,
        record_incident,
        record_shadow,
        report_thing,
        write_rule,
    )

    account = account_of_discord("100200300400500600", name="Tristan", roles=["1"])
    proof = (Evidence("found", "vilain", "vilain"),)
    decision = Decision(0.0, Action.QUARANTINE, "raid", "a raid", proof, ("1",), (), "20270301-wave-1")
    incident = record_incident(decision, account, Seen(text="Bonsoir"))
    sanction = Sanction.objects.get(incident=incident)
    appeal = appeal_sanction(sanction, "Ce n’est pas moi.", account=account)
    rule = write_rule(None, RuleContent("vilain", "word", "vilain mot", "flag"))
    record_shadow(10, [("vilain", "1", "vilain mot", "Un vilain mot.")])
    return {
        "incident": incident.pk,
        "sanction": sanction.pk,
        "wave": sanction.wave,
        "appeal": appeal.pk,
        "appeal_token": appeal_path(account).split("/")[2],
        "report": report_thing(member, Thing("member", "1", "Quelqu’un"), "spam").pk,
        "guard_rule": rule.pk,
        "hit": ShadowHit.objects.get().pk,
    }
