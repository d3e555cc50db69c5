"""Preventive lists of partner communities: signed, hashed, watched first, gone on their day."""

from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.guard.shared_lists import ListEntry, SharedList, Trust, read_list, trust_list
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import ListedMember, PreventiveList
from tractage.hq.safety.sealing import seal, unseal


@transaction.atomic
def add_partner(actor: Member | None, source: str, public_key: str, shared_key: str) -> PreventiveList:
    """Write a partner down: its public key (64 hexadecimal digits) and the key that both share."""
    require(actor, "safety.keep_lists")
    if not source.strip():
        raise Refused(_("Write the partner’s name, as its lists sign it."))
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key.strip()))
    except ValueError:
        raise Refused(_("A public key is 64 hexadecimal digits (Ed25519).")) from None
    try:
        long_enough = len(bytes.fromhex(shared_key.strip())) >= 32
    except ValueError:
        long_enough = False
    if not long_enough:
        raise Refused(_("The shared key is at least 64 hexadecimal digits; agree on it by a private way."))
    shared, made = PreventiveList.objects.get_or_create(
        source=source.strip()[:60],
        defaults={"public_key": public_key.strip().lower(), "sealed_key": seal(shared_key.strip().lower())},
    )
    if not made:
        raise Refused(_("This partner is known already: remove it first to change its keys."))
    write_safety_line(actor, "list.partner", shared)
    return shared


@transaction.atomic
def receive_list(actor: Member | None, data: bytes) -> PreventiveList:
    """Take in a partner's list in the place of its last one; the trust in it does not change."""
    require(actor, "safety.keep_lists")
    partners = {one.source: one for one in PreventiveList.objects.all()}
    keys = {
        name: Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.public_key))
        for name, one in partners.items()
    }
    moment = now()
    try:
        found = read_list(data, keys, moment.timestamp())
    except InputError as error:
        raise Refused(str(error)) from None
    shared = partners[found.source]
    issued = datetime.fromtimestamp(found.issued, UTC)
    if shared.issued_at and issued < shared.issued_at:
        raise Refused(_("A newer list of this partner is here already."))
    shared.entries.all().delete()
    ListedMember.objects.bulk_create(
        ListedMember(
            shared=shared,
            member=one.member[:64],
            reason=one.reason,
            evidence=one.evidence[:64],
            expires_at=datetime.fromtimestamp(one.expires, UTC),
        )
        for one in found.entries.values()
    )
    shared.issued_at, shared.received_at = issued, moment
    shared.save(update_fields=["issued_at", "received_at"])
    write_safety_line(actor, "list.receive", shared, entries=len(found.entries))
    return shared


@transaction.atomic
def set_trust(actor: Member | None, shared: PreventiveList, trust: int) -> PreventiveList:
    """Raise or lower the trust in a list, one level at a time; none bans."""
    require(actor, "safety.keep_lists")
    shared = PreventiveList.objects.select_for_update(of=("self",)).get(pk=shared.pk)
    try:
        known = SharedList(shared.source, 0.0, {}, Trust(shared.trust))
        shared.trust = trust_list(known, Trust(trust)).trust.value
    except (InputError, ValueError):
        raise Refused(_("One level at a time: watch, flag, hold.")) from None
    shared.save(update_fields=["trust"])
    write_safety_line(actor, "list.trust", shared, trust=shared.trust)
    return shared


@transaction.atomic
def remove_partner(actor: Member | None, shared: PreventiveList) -> None:
    """Forget a partner, its keys and its list."""
    require(actor, "safety.keep_lists")
    write_safety_line(actor, "list.remove", shared)
    shared.delete()


def shared_lists() -> tuple[list[SharedList], Mapping[str, bytes]]:
    """The lists in force and the keys shared with each partner, as the guard's patrol takes them."""
    lists, keys = [], {}
    moment = now()
    for one in PreventiveList.objects.all():
        rows = one.entries.filter(expires_at__gt=moment)
        entries = {
            row.member: ListEntry(
                row.member, row.reason, row.evidence, one.source, row.expires_at.timestamp()
            )
            for row in rows
        }
        issued = one.issued_at.timestamp() if one.issued_at else 0.0
        lists.append(SharedList(one.source, issued, entries, Trust(one.trust)))
        key = unseal(one.sealed_key)
        if key:
            keys[one.source] = bytes.fromhex(key)
    return lists, keys
