from pathlib import Path

import pytest
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.contrast import channels
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.photo import embed_photo, prepare_photo
from tractage.domain.studio.picture import draw_work
from tractage.domain.studio.template import load_template

SECRET = b"48.8566N 2.3522E"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A drawn gradient, in no way a person, that carries a place in its EXIF."""
    image = Image.radial_gradient("L").convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    image.save(tmp_path / "essai.jpg", exif=exif)
    return tmp_path / "essai.jpg"


@pytest.mark.parametrize("style", ["deux-tons", "trame"])
def test_a_photo_is_drawn_in_the_inks_of_the_kit(picture: Path, style: str) -> None:
    kit = load_kit()
    image = prepare_photo(picture, kit, style, "menthe")
    colours = {image.getpixel((x, y)) for x in range(0, 256, 3) for y in range(0, 256, 3)}
    assert channels(kit.colours["encre"]) in colours
    assert channels(kit.colours["menthe"]) in colours


def test_the_same_photo_gives_the_same_dots(picture: Path) -> None:
    one, other = (prepare_photo(picture, load_kit(), "trame").tobytes() for _ in range(2))
    assert one == other


def test_metadata_do_not_follow(picture: Path) -> None:
    import base64

    assert SECRET in picture.read_bytes()
    assert SECRET not in base64.b64decode(embed_photo(str(picture)).split(",")[1])


def test_a_card_takes_a_photo(picture: Path) -> None:
    template, kit = load_template("carte"), load_kit()
    row = template.example()
    plain = draw_work(template, row, find_format("carre"), kit)
    pictured = draw_work(template, dict(row, photo=str(picture)), find_format("carre"), kit)
    assert plain.tobytes() != pictured.tobytes()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"0" * 40, b"<svg></svg>"])
def test_a_file_that_is_no_photo_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "faux.png").write_bytes(content)
    with pytest.raises(InputError, match="not a readable PNG, JPEG or WebP"):
        embed_photo(str(tmp_path / "faux.png"))


def test_a_missing_photo_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absente\.jpg: no such photo"):
        embed_photo(str(tmp_path / "absente.jpg"))
