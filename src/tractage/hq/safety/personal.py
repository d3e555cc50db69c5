"""What safety holds about a member, and what stays of it when they leave: decisions, without a name."""

from typing import Any

from tractage.domain.guard.sanctions import Standing
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register
from tractage.hq.safety.models import Account, Appeal, Report, Sanction
from tractage.hq.safety.sealing import unseal


def _tell(member: Member) -> dict[str, Any]:
    account = Account.objects.filter(member=member).first()
    if account is None:
        return {}
    return {
        "discord_id": account.discord_id,
        "name": account.name,
        "roles": account.roles,
        "sanctions": [_sanction(one) for one in account.sanctions.order_by("pk")],
        "incidents": [
            {
                "at": one.at.isoformat(),
                "rule": one.rule,
                "action": one.action,
                "why": one.why,
                "text": unseal(one.sealed),
            }
            for one in account.incidents.order_by("pk")
        ],
        "reports_made": [
            {
                "at": one.at.isoformat(),
                "reason": one.reason,
                "on": one.subject_title,
                "words": unseal(one.sealed),
            }
            for one in account.reports.order_by("pk")
        ],
    }


def _sanction(one: Sanction) -> dict[str, Any]:
    appeal = Appeal.objects.filter(sanction=one).first()
    return {
        "kind": one.kind,
        "article": one.article,
        "evidence": one.evidence,
        "at": one.at.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "standing": one.standing,
        "appeal": unseal(appeal.sealed) if appeal else None,
        "answer": appeal.reason if appeal else None,
    }


def _let_go(member: Member, _credit: str) -> None:
    """The name goes; a Discord identifier stays only while a sanction on it is in force."""
    for account in Account.objects.filter(member=member):
        Report.objects.filter(reporter=account).update(sealed="")
        account.member, account.name = None, ""
        if not account.sanctions.filter(standing=Standing.IN_FORCE.value).exists():
            account.discord_id, account.roles = None, []
        account.save()


register(Keeper("safety", _tell, _let_go))
