"""Codes that open an account whose password is lost: there is no e-mail to write to."""

import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import Member, RecoveryCode
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.selectors import member_named

SALT = "tractage.people.recovery"
NUMBER = 8
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the signs that a person copying by hand takes for one another."""


@transaction.atomic
def make_recovery_codes(actor: Member, member: Member) -> list[str]:
    """Eight new codes of some 79 bits each, to be shown once; those made before are worth nothing more."""
    require(actor, "people.keep_own_account", member)
    codes = [_new_code() for _number in range(NUMBER)]
    member.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(member=member, fingerprint=_fingerprint(member, code)) for code in codes
    )
    write_audit_line(actor, "member.recovery_codes", member, number=len(codes))
    return codes


@transaction.atomic
def recover(pseudonym: str, code: str, password: str) -> Member:
    """Give an account a new password for one code, then used up. Raises Refused, alike for both errors."""
    member = member_named(pseudonym.strip())
    found = (
        member
        and member.is_active
        and member.recovery_codes.filter(fingerprint=_fingerprint(member, code)).delete()[0]
    )
    if not member or not found:
        raise Refused(_("This pseudonym and this code do not go together, or the code has been used."))
    member.set_password(password)
    member.save(update_fields=["password"])
    write_audit_line(member, "member.recover", member, left=member.recovery_codes.count())
    return member


def _new_code() -> str:
    signs = "".join(secrets.choice(LETTERS) for _sign in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def _fingerprint(member: Member, code: str) -> str:
    plain = "".join(sign for sign in code.casefold() if sign in LETTERS)
    return salted_hmac(SALT, f"{member.pk}\n{plain}", algorithm="sha256").hexdigest()
