"""Every row of every table can be kept in a copy, whatever rooms are added later."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from tractage.conf.copies.rows import applied_migrations, count_rows, dump, fill, tables

KNOWN = {
    "AutoField", "BigAutoField", "BigIntegerField", "BinaryField", "BooleanField", "CharField", "DateField",
    "DateTimeField", "DecimalField", "DurationField", "FileField", "FloatField", "ForeignKey",
    "GenericIPAddressField", "ImageField", "IntegerField", "JSONField", "OneToOneField",
    "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SlugField",
    "SmallAutoField", "SmallIntegerField", "TextField", "TimeField", "URLField", "UUIDField",
}  # fmt: skip


def every_model() -> Iterator[type[Model]]:
    yield from (one for one in apps.get_models(include_auto_created=True) if one._meta.managed)


def test_every_column_is_of_a_kind_that_copies_know() -> None:
    odd = [
        f"{model._meta.label}.{field.name}: {type(field).__name__}"
        for model in every_model()
        for field in model._meta.concrete_fields
        if not type(field).__module__.startswith("django.db.models") or type(field).__name__ not in KNOWN
    ]
    assert odd == [], "teach conf/copies/rows.py these kinds, and try them here"


@pytest.mark.django_db
def test_every_table_is_copied() -> None:
    copied = {model._meta.db_table for model in tables(applied_migrations())}
    standing = set(connection.introspection.table_names()) - {"django_migrations"}
    assert standing - copied == set()


@pytest.mark.django_db
def test_rows_come_back_to_the_microsecond(alice: Any, make_work: Any, tmp_path: Any) -> None:
    from tractage.hq.campaigns.models import AuditLine
    from tractage.hq.library.models import Work

    work = make_work(seats=["24-03"], title="L’œuvre « là » \U0001f5f3", rights=[{"what": "Dessin"}])
    work.coauthors.add(alice)
    moment = datetime(2027, 3, 1, 11, 59, 59, 999_999, tzinfo=UTC)
    Work.objects.update(created_at=moment)
    line = AuditLine.objects.create(verb="x", subject="y", subject_id="z", details={"a": [1, None, "é"]})
    before = dump_of(tmp_path / "one")
    Work.objects.all().delete()
    AuditLine.objects.create(verb="later", subject="y", subject_id="z")
    fill(tmp_path / "one", applied_migrations(), lambda _number: None)
    assert dump_of(tmp_path / "two") == before
    again = Work.objects.get(pk=work.pk)
    assert (again.created_at, again.title, list(again.coauthors.all())) == (moment, work.title, [alice])
    assert AuditLine.objects.get(pk=line.pk).details == {"a": [1, None, "é"]}
    assert not AuditLine.objects.filter(verb="later").exists()
    assert Work.objects.create(campaign=work.campaign, slug="next", kind="text", title="Z").pk > work.pk


def dump_of(file: Any) -> bytes:
    import gzip

    wanted = tables(applied_migrations())
    counted: list[int] = []
    dump(file, wanted, counted.append)
    assert sum(counted) == count_rows(wanted)
    return gzip.decompress(file.read_bytes())
