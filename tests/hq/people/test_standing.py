"""Members: a pseudonym, a standing, and what it opens."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.people.models import Member, Standing
from tractage.hq.people.rules import RANK, allowed, require, stands_at_least
from tractage.hq.people.services import ensure_account


@pytest.mark.parametrize("pseudonym", ["Lulu", "Chloé", "Jean-Mi 93", "l’Ardéchoise", "王小明"])
@pytest.mark.django_db
def test_a_pseudonym_is_any_name(pseudonym: str) -> None:
    assert Member.objects.create_user(pseudonym, "mot-de-passe").standing == Standing.NEWCOMER


@pytest.mark.parametrize("pseudonym", ["", "a", "lulu@exemple.test", "_lulu", "<b>", " lulu", "x" * 33])
@pytest.mark.django_db
def test_a_pseudonym_is_no_address_and_no_markup(pseudonym: str) -> None:
    with pytest.raises(ValidationError):
        Member.objects.create_user(pseudonym, "mot-de-passe")


@pytest.mark.django_db
def test_capitals_do_not_make_another_person() -> None:
    Member.objects.create_user("Lulu", "mot-de-passe")
    with pytest.raises(ValidationError):
        Member.objects.create_user("LULU", "mot-de-passe")
    assert authenticate(username="lulu", password="mot-de-passe") == Member.objects.get()


@pytest.mark.django_db
def test_no_column_holds_a_name_an_address_or_a_phone() -> None:
    with connection.cursor() as cursor:
        columns = {
            one.name for one in connection.introspection.get_table_description(cursor, "people_member")
        }
    assert not columns & {"email", "first_name", "last_name", "name", "phone", "address"}


@pytest.mark.django_db
def test_each_standing_has_what_the_one_below_has() -> None:
    for needed in Standing:
        predicate = stands_at_least(needed)
        for held in Standing:
            member = Member(pseudonym="x", standing=held)
            assert predicate(member) is (RANK[held.value] >= RANK[needed.value])
        assert not predicate(Member(pseudonym="x", standing=Standing.FOUNDER, is_active=False))
        assert not predicate(AnonymousUser())


def test_a_permission_that_nobody_granted_is_refused(alice: Any) -> None:
    assert not allowed(alice, "library.invented")
    with pytest.raises(PermissionDenied):
        require(alice, "library.invented")
    require(None, "library.release_work")


@pytest.mark.django_db
def test_an_account_is_ensured_with_another_password() -> None:
    ensure_account("admin", "premier-secret", Standing.FOUNDER, operator=True)
    member = ensure_account("ADMIN", "second-secret", Standing.FOUNDER, operator=True)
    assert Member.objects.count() == 1
    assert authenticate(username="admin", password="premier-secret") is None
    assert authenticate(username="admin", password="second-secret") == member
    assert AuditLine.objects.filter(verb="member.account").count() == 2
