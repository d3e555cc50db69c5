"""Reads about members."""

from tractage.hq.people.models import Member


def member_named(pseudonym: str) -> Member | None:
    """The member with this pseudonym, whatever its capitals."""
    return Member.objects.filter(pseudonym__iexact=pseudonym).first()
