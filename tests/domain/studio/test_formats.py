"""The table of formats, and exports that respect it or are refused."""

import io
import os
from dataclasses import replace

import pytest
from PIL import Image

from tractage.domain.errors import InputError
from tractage.domain.studio.formats import find_format, formats, with_instance_limits
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import ExportRefusedError, encode, render_work
from tractage.domain.studio.template import load_template, template_names

WANTED = {
    "portrait": (1080, 1350),
    "carre": (1080, 1080),
    "story": (1080, 1920),
    "large": (1600, 900),
    "discord-sticker": (320, 320),
    "bluesky": (1080, 1350),
}


@pytest.mark.parametrize(("name", "size"), WANTED.items())
def test_sizes(name: str, size: tuple[int, int]) -> None:
    assert (find_format(name).width, find_format(name).height) == size


def test_every_row_says_where_it_comes_from() -> None:
    for fmt in formats().values():
        assert fmt.platform
        assert fmt.placement
        assert fmt.source
        assert fmt.confidence in "VSM"
        assert fmt.checked.year >= 2026
        assert fmt.layout in ("portrait", "carre", "story", "large")


def test_print_is_raster_at_150_to_300_dpi_with_bleed() -> None:
    prints = [fmt for fmt in formats().values() if fmt.print]
    assert {"a4", "a3", "a2", "24x36", "planche9"} <= {fmt.name for fmt in prints}
    assert all(150 <= fmt.dpi <= 300 and fmt.bleed > 0 for fmt in prints)


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="expected one of: portrait, carre"):
        find_format("affiche")


@pytest.mark.parametrize("name", ["bluesky", "tiktok-photo", "whatsapp", "telegram", "x", "mastodon"])
def test_exports_are_of_the_right_type_and_within_the_limit(name: str) -> None:
    fmt, template = find_format(name), load_template("affiche-rayons")
    work = render_work(template, template.example(), fmt, load_kit())
    image = Image.open(io.BytesIO(work.data))
    assert image.size == (fmt.width, fmt.height)
    assert str(image.format).lower() == fmt.type
    assert fmt.max_bytes
    assert len(work.data) <= fmt.max_bytes


def _noise() -> Image.Image:
    return Image.frombytes("RGB", (400, 400), os.urandom(480_000)).convert("RGBA")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_heavy_picture_is_encoded_again_until_it_fits(kind: str) -> None:
    fmt = replace(find_format("bluesky"), type=kind)
    free = len(encode(_noise(), replace(fmt, max_bytes=None)))
    assert len(encode(_noise(), replace(fmt, max_bytes=free * 3 // 4))) <= free * 3 // 4


def test_what_cannot_fit_is_refused_with_the_reason() -> None:
    with pytest.raises(ExportRefusedError, match=r"format bluesky: [\d,]+ bytes .* takes at most 1,000$"):
        encode(_noise(), replace(find_format("bluesky"), max_bytes=1000))


def test_a_still_is_no_gif() -> None:
    template = load_template("mots-animes")
    with pytest.raises(ExportRefusedError, match="studio gif"):
        render_work(template, template.example(), find_format("discord-sticker"), load_kit())


def test_limits_of_a_mastodon_server_are_read_from_its_answer() -> None:
    answer = {
        "configuration": {
            "media_attachments": {
                "supported_mime_types": ["image/jpeg", "image/png"],
                "image_size_limit": 10485760,
                "image_matrix_limit": 16777216,
            }
        }
    }
    fmt = with_instance_limits(find_format("mastodon"), answer)
    assert fmt.max_bytes == 10485760


@pytest.mark.parametrize(
    ("media", "said"),
    [
        (
            {"image_size_limit": 10, "image_matrix_limit": 1_000_000},
            "at most 1,000,000 pixels, this format has",
        ),
        ({"image_size_limit": 10, "supported_mime_types": ["image/webp"]}, "does not take image/png"),
        ({}, "no configuration.media_attachments.image_size_limit"),
    ],
)
def test_a_server_that_would_refuse_is_told_before(media: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as caught:
        with_instance_limits(find_format("mastodon"), {"configuration": {"media_attachments": media}})
    assert said in str(caught.value)


@pytest.mark.parametrize("name", template_names())
def test_a_layout_is_never_a_crop(name: str) -> None:
    template = load_template(name)
    screens = [find_format(one) for one in template.formats if not find_format(one).print]
    assert len({fmt.layout for fmt in screens}) == 4 or name == "mots-animes"
