from pathlib import Path

import pytest

from tractage.domain.errors import InputError
from tractage.domain.studio.check import check_template
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.scaffold import new_template
from tractage.domain.studio.template import load_template, template_names


def test_a_new_template_passes_every_check(tmp_path: Path) -> None:
    template = load_template(str(new_template("mon-essai", tmp_path)))
    assert check_template(template, load_kit(), template.formats) == []


@pytest.mark.parametrize("name", ["A", "Élan", "../x", "carte", "déjà"])
def test_a_wrong_or_taken_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        new_template(name, tmp_path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    new_template("mon-essai", tmp_path)
    with pytest.raises(InputError, match="taken"):
        new_template("mon-essai", tmp_path)


@pytest.mark.parametrize("name", template_names())
def test_every_shipped_template_declares_itself(name: str) -> None:
    template = load_template(name)
    assert template.name == name
    assert set(template.varying) <= set(template.fields) | {"portrait"}
    assert (template.folder / "preview.webp").stat().st_size < 80_000
    for field in template.fields.values():
        assert len(field.example) <= field.length


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('licence = "CC0-1.0"', "licence: missing"),
        ("length = 60", "fields.titre.length: missing"),
        ('type = "text"', "fields.titre.type: 'texte'"),
        ('formats = ["carre", "portrait", "a4"]', "unknown format 'rond'"),
    ],
)
def test_a_wrong_manifest_names_the_key(tmp_path: Path, line: str, said: str) -> None:
    from tests.domain.studio.bench_template import TOML, write_template

    instead = {"type": 'type = "texte"', "form": 'formats = ["rond"]'}.get(line[:4], "")
    folder = write_template(tmp_path / "x", toml=TOML.replace(line, instead, 1))
    with pytest.raises(InputError) as caught:
        load_template(str(folder))
    assert said in str(caught.value)
