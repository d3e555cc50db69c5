"""What no app shows of itself in the operator's admin, to read; this module is read after every app's own."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

SHY = ("fingerprint", "secret", "token", "contact", "password", "shingles", "key", "cipher", "body")
"""Fields whose name holds one of these stay out: secrets' fingerprints, what is encrypted, private words."""
LONG = (models.TextField, models.JSONField, models.FileField, models.BinaryField, models.ManyToManyField)
COLUMNS, SEARCHED = 6, 3


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to read: what writes them checks rights and the law, and leaves a line."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def record_admin(model: type[models.Model]) -> type[RecordAdmin]:
    """The admin of a model from its fields: columns, filters by choices and marks, search by words."""
    shown = [field for field in model._meta.fields if not _is_shy(field.name)]
    short = [field for field in shown if not isinstance(field, LONG)]
    marks = [field.name for field in short if field.choices or isinstance(field, models.BooleanField)]
    related = [field.name for field in short if isinstance(field, models.ForeignKey)]
    given = {
        "list_display": tuple(field.name for field in short[:COLUMNS]),
        "list_filter": tuple(marks),
        "search_fields": searched(model),
        "list_select_related": tuple(related),
        "fields": tuple(field.name for field in shown if field.editable or field.name != "id"),
        "ordering": ("-pk",),
    }
    return type(f"{model.__name__}Records", (RecordAdmin,), given)


def searched(model: type[models.Model]) -> tuple[str, ...]:
    """What a search looks in: short words, then pseudonyms, else the row's number."""
    shown = [field for field in model._meta.fields if not _is_shy(field.name)]
    words = [
        field.name
        for field in shown
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    people = [f"{field.name}__pseudonym" for field in shown if _is_member(field)]
    return tuple((words + people)[:SEARCHED]) or ("=pk",)


def _is_shy(name: str) -> bool:
    return any(word in name for word in SHY)


def _is_member(field: models.Field[Any, Any]) -> bool:
    related = field.related_model
    return isinstance(related, type) and related._meta.label_lower == "people.member"


for found in apps.get_models():
    if not found.__module__.startswith("tractage."):
        continue
    if not admin.site.is_registered(found):
        admin.site.register(found, record_admin(found))
    known = type(admin.site._registry[found])
    known.search_fields = known.search_fields or searched(found)
