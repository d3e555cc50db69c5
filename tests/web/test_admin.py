"""The operator's admin: every model to read, by list, filter and search; nothing of the log to change."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.campaigns.services import write_audit_line
from tractage.web.admin import SHY, record_admin

MODELS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("tractage.")),
    key=lambda model: model._meta.label,
)


def address(model: Any, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def operator(fanny: Any) -> Client:
    client = Client()
    client.force_login(fanny)
    return client


def test_every_model_has_its_list() -> None:
    assert len(MODELS) > 15
    bare = [
        model._meta.label
        for model in MODELS
        if not (one := admin.site._registry.get(model))
        or one.list_display == ("__str__",)
        or not (one.list_filter or one.search_fields)
    ]
    assert bare == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches(model: Any, operator: Client) -> None:
    assert operator.get(address(model, "changelist")).status_code == 200
    if admin.site._registry[model].search_fields:
        assert operator.get(address(model, "changelist"), {"q": "1"}).status_code == 200


def test_a_line_of_the_log_is_read_only(operator: Client, campaign: Any) -> None:
    line = write_audit_line(None, "test.verb", campaign)
    page = operator.get(address(AuditLine, "change", line.pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert operator.get(address(AuditLine, "add")).status_code == 403
    assert operator.post(address(AuditLine, "change", line.pk), {"verb": "x"}).status_code == 403
    assert operator.post(address(AuditLine, "delete", line.pk), {"post": "yes"}).status_code == 403
    assert AuditLine.objects.filter(pk=line.pk, verb="test.verb").exists()


def test_what_is_shown_by_default_is_read_and_shy() -> None:
    from tractage.hq.people.models import CalendarKey, RecoveryCode

    for model in (CalendarKey, RecoveryCode):
        made = record_admin(model)
        shown = (*made.list_display, *made.search_fields, *(made.fields or ()))
        assert not [name for name in shown if any(word in str(name) for word in SHY)]


def test_a_moderator_who_does_not_run_the_instance_is_kept_out(chloe: Any) -> None:
    client = Client()
    client.force_login(chloe)
    assert client.get(address(AuditLine, "changelist")).status_code == 302
