"""What a sanction does: on the site at once, on the server by a call that the bot makes once."""

from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.safety.accounts import target_state
from tractage.hq.safety.call_models import Call, MassAction, Route
from tractage.hq.safety.models import Account, Sanction


def settle(sanction: Sanction, occasion: str, action: MassAction | None = None) -> None:
    """Bring the person's state about: on the site now, on the server by a call with a key of its own."""
    account = sanction.account
    settle_site(account)
    if account.discord_id:
        route = Route.WARN if sanction.kind == "warn" else Route.SYNC
        Call.objects.get_or_create(
            key=f"sanction {sanction.pk} {occasion}",
            defaults={
                "route": route,
                "account": account,
                "sanction": sanction,
                "action": action,
                "discord_ids": [account.discord_id],
                "at": now(),
            },
        )


def settle_site(account: Account) -> None:
    """Shut the desk to who is banned or in quarantine, and open it again to who no longer is."""
    if account.member_id is None:
        return
    state = target_state(account)
    active = account.active and not (state.banned or state.quarantined)
    Member.objects.filter(pk=account.member_id).exclude(is_active=active).update(is_active=active)


def told(sanction: Sanction) -> str:
    """What the person is told, in one sentence, with the article."""
    words = _("%(kind)s, article %(article)s of the charter. You can appeal: somebody else will judge.")
    return words % {"kind": sanction.get_kind_display(), "article": sanction.article}
