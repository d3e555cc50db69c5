"""Who is who: a Discord identifier, a member, and the state that their sanctions make of what is theirs."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from tractage.domain.guard import sanctions as domain
from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.sanctions import Kind, MemberState, Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Account, Sanction


@transaction.atomic
def account_of_discord(
    discord_id: str, *, name: str = "", roles: Sequence[str] | None = None, member: Member | None = None
) -> Account:
    """The account of a Discord identifier, made at first sight.

    name, roles: what the person has of themselves on the server; they are only taken in while no sanction
    hides them, so that undoing gives back exactly what was there. member: whose account of the site it is.
    """
    if not (discord_id.isascii() and discord_id.isdigit() and len(discord_id) <= 22):
        raise Refused(f"{discord_id!r} is not a Discord identifier")
    account = Account.objects.select_related("member").filter(discord_id=discord_id).first()
    member = member or member_of_discord(discord_id)
    if account is None and member is not None:
        account = Account.objects.filter(member=member, discord_id=None).first()
    if account is None:
        account = Account(discord_id=discord_id, seen_at=now())
    account.discord_id = discord_id
    if member is not None and account.member_id is None and not _is_taken(member):
        account.member = member
    if account.pk is None or not _hidden(account):
        account.name = name[:64] or account.name
        account.roles = sorted(set(roles)) if roles is not None else account.roles
    account.seen_at = now()
    account.save()
    return account


@transaction.atomic
def account_of_member(member: Member) -> Account:
    """The account of a member of the site, made when it is first needed."""
    account, _made = Account.objects.get_or_create(
        member=member, defaults={"seen_at": now(), "active": member.is_active, "name": member.pseudonym}
    )
    return account


def member_of_discord(discord_id: str) -> Member | None:
    """The member for whom this Discord account speaks: linked on the server, or logged in through Discord."""
    from django.apps import apps

    from tractage.hq.people.discord_links import member_of_account

    linked = member_of_account(discord_id)
    if linked is not None:
        return linked
    known = (
        Account.objects.filter(discord_id=discord_id, member__isnull=False).select_related("member").first()
    )
    if known is not None:
        return known.member
    if not apps.is_installed("allauth.socialaccount"):
        return None
    name: str = "socialaccount.SocialAccount"
    model = apps.get_model(name)
    found = model._default_manager.filter(provider="discord", uid=discord_id).select_related("user").first()
    return found.user if found else None


def target_state(account: Account) -> MemberState:
    """What the person should have on the server now: theirs, less what the sanctions in force take."""
    return domain.member_state(own_state(account), in_order(account), now().timestamp())


def own_state(account: Account) -> MemberState:
    """What the person has without any sanction."""
    return MemberState(frozenset(account.roles), account.name)


def in_order(account: Account) -> list[domain.Sanction]:
    """The sanctions of an account as the domain reads them, in the order in which they were taken."""
    return [as_domain(one) for one in account.sanctions.order_by("at", "pk")]


def as_domain(sanction: Sanction) -> domain.Sanction:
    """One sanction as the domain reads it; people are their numbers."""
    by = f"member:{sanction.by_id}" if sanction.by_id else "guard" if sanction.by_guard else "left"
    second = f"member:{sanction.confirmed_by_id}" if sanction.confirmed_by_id else None
    if sanction.confirmed_at and not second:
        second = "left too"
    return domain.Sanction(
        id=str(sanction.pk),
        member=person(sanction.account),
        kind=Kind(sanction.kind),
        article=sanction.article,
        evidence=evidence_of(sanction.evidence),
        by=by,
        at=sanction.at.timestamp(),
        standing=Standing(sanction.standing),
        emergency=sanction.emergency,
        confirmed_by=second,
        until=sanction.until.timestamp() if sanction.until else None,
        name=sanction.name,
        wave=sanction.wave,
    )


def person(account: Account) -> str:
    """How the domain names a person: a member by their number, so that nobody judges themselves."""
    return f"member:{account.member_id}" if account.member_id else f"account:{account.pk}"


def evidence_of(rows: Iterable[dict[str, str | float | None]]) -> tuple[Evidence, ...]:
    """Evidence as it is kept, as the domain reads it."""
    return tuple(Evidence(str(row["what"]), row["found"] or "", row.get("limit")) for row in rows)


def evidence_rows(evidence: Iterable[Evidence]) -> list[dict[str, str | float | None]]:
    """Evidence as it is kept."""
    return [one._asdict() for one in evidence]


def _hidden(account: Account) -> bool:
    """Whether sanctions now hide what is theirs: then nothing seen on the server may replace it."""
    state = target_state(account)
    return state.quarantined or state.banned or not state.present or state.name != account.name


def _is_taken(member: Member) -> bool:
    return Account.objects.filter(member=member).exists()
