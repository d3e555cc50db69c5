"""Files of works: by fingerprint, whole or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from tractage.adapters.storage import EditionStorage


def files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    storage = EditionStorage(location=tmp_path)
    key = hashlib.sha256(b"tract").hexdigest()
    first = storage.save("editions/../../Évasion nº 1.PNG".replace("../", ""), ContentFile(b"tract"))
    assert first == f"editions/{key[:2]}/{key}.png"
    assert storage.save("editions/autre.png", ContentFile(b"tract")) == first
    assert files(tmp_path) == [Path(first)]
    assert storage.open(first).read() == b"tract"


def test_a_write_that_fails_leaves_no_part(tmp_path: Path) -> None:
    class Broken(ContentFile):  # type: ignore[type-arg]
        def read(self, *args: object) -> bytes:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        EditionStorage(location=tmp_path).save("editions/a.png", Broken(b"x"))
    assert files(tmp_path) == []
