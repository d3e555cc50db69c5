"""Writes about members: each checks a permission, saves, leaves a line."""

from django.db import transaction

from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import Member, Standing


@transaction.atomic
def ensure_account(pseudonym: str, password: str, standing: Standing, *, operator: bool = False) -> Member:
    """Create an account, or give the existing one this password, standing and role (run by the operator)."""
    member = Member.objects.filter(pseudonym__iexact=pseudonym).first() or Member(pseudonym=pseudonym)
    member.standing = standing
    member.is_staff = member.is_superuser = operator
    member.is_active = True
    member.set_password(password)
    member.full_clean()
    member.save()
    write_audit_line(None, "member.account", member, standing=standing.value)
    return member
