"""Every kind of export carries its origin, and a changed byte shows."""

import io
import stat
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tractage.adapters.provenance import load_identity, new_identity, read_seal, seal
from tractage.adapters.provenance.apart import read_pdf_seal
from tractage.adapters.provenance.seal import MEDIA_TYPES
from tractage.domain.errors import InputError
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.press import print_pdf
from tractage.domain.studio.provenance import Credit, SourceType, xmp_packet

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CREDIT = Credit(
    title="Les voici, une par une",
    authors=("Bob l’invention",),
    licence="CC BY-SA 4.0",
    sources=("https://example.org/resultats",),
    campaign="Les Mains libres",
    montage=True,
)
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}


@pytest.fixture(scope="module")
def identity():
    return new_identity("Les Mains libres", NOW)


def picture(media_type: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, PICTURES[media_type])
    return out.getvalue()


def film() -> bytes:
    av = pytest.importorskip("av", reason="the video extra is not installed")
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for level in range(10):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 64), (level * 20, 90, 90)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


def paper() -> bytes:
    return print_pdf(Image.new("RGB", (2032, 2848), (127, 216, 180)), find_format("a4"), "Les voici")


def plain_file(media_type: str) -> bytes:
    made = {"video/mp4": film, "application/pdf": paper}
    return made[media_type]() if media_type in made else picture(media_type)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_every_kind_carries_its_origin(media_type: str, identity) -> None:
    plain = plain_file(media_type)
    sealed = seal(plain, media_type, CREDIT, identity)
    told = read_seal(sealed, media_type)
    assert told is not None
    assert (told.state, told.failures) == ("Valid", ())
    assert (told.title, told.authors, told.licence) == (CREDIT.title, CREDIT.authors, CREDIT.licence)
    assert told.sources == CREDIT.sources
    assert told.source_type == "digitalCreation"
    assert told.montage
    assert told.signer == "Les Mains libres"
    assert len(sealed) - len(plain) <= 5 * 1024


def test_an_own_authority_is_trusted(identity) -> None:
    told = read_seal(seal(picture("image/png"), "image/png", CREDIT, identity), "image/png", identity.chain)
    assert told is not None
    assert told.state == "Trusted"


@pytest.mark.parametrize("media_type", PICTURES)
def test_pixels_are_untouched(media_type: str, identity) -> None:
    plain = picture(media_type)
    sealed = seal(plain, media_type, CREDIT, identity)
    before, after = (Image.open(io.BytesIO(data)).convert("RGB").tobytes() for data in (plain, sealed))
    assert before == after


def test_a_changed_picture_is_invalid(identity) -> None:
    sealed = bytearray(seal(picture("image/jpeg"), "image/jpeg", CREDIT, identity))
    sealed[-20] ^= 0xFF
    told = read_seal(bytes(sealed), "image/jpeg")
    assert told is not None
    assert told.state == "Invalid"
    assert told.failures


def test_print_boxes_outlive_the_seal(identity) -> None:
    plain = paper()
    sealed = seal(plain, "application/pdf", CREDIT, identity)
    boxes = []
    for data in (plain, sealed):
        with pikepdf.open(io.BytesIO(data)) as document:
            page, names = document.pages[0], ("/MediaBox", "/BleedBox", "/TrimBox")
            boxes.append([[round(float(x), 2) for x in page.obj[name]] for name in names])
    assert boxes[0] == boxes[1]


def test_a_pdf_is_read_apart(identity, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(seal(paper(), "application/pdf", CREDIT, identity))
    told = read_pdf_seal(tmp_path / "a.pdf", identity.chain)
    assert told is not None
    assert (told.state, told.authors) == ("Trusted", CREDIT.authors)
    (tmp_path / "plain.pdf").write_bytes(paper())
    assert read_pdf_seal(tmp_path / "plain.pdf") is None
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(InputError, match=r"bad\.pdf: not a PDF"):
        read_pdf_seal(tmp_path / "bad.pdf")


def test_a_plain_file_has_no_seal() -> None:
    assert read_seal(picture("image/png"), "image/png") is None


def test_a_mislabelled_file_is_refused(identity) -> None:
    with pytest.raises(InputError, match="image/jpeg"):
        seal(b"not a picture", "image/jpeg", CREDIT, identity)


def test_identity_is_kept_and_private(tmp_path: Path) -> None:
    first = load_identity(tmp_path, "Instance", NOW)
    assert load_identity(tmp_path, "Instance", NOW) == first
    assert stat.S_IMODE((tmp_path / "provenance-key.pem").stat().st_mode) == 0o600
    assert "PRIVATE" not in repr(first)
    (tmp_path / "provenance-chain.pem").unlink()
    with pytest.raises(InputError, match="missing"):
        load_identity(tmp_path, "Instance", NOW)


def test_a_trained_model_is_never_said_without_a_declaration() -> None:
    with pytest.raises(InputError, match="declaration"):
        Credit("t", ("a",), "CC0", source_type=SourceType.GENERATED)
    with pytest.raises(InputError, match="declaration"):
        Credit("t", ("a",), "CC0", ai_declared=True)


def test_xmp_escapes_what_people_write() -> None:
    packet = xmp_packet(Credit("<b>&</b>", ("A & B",), "CC0"))
    assert b"&lt;b&gt;&amp;&lt;/b&gt;" in packet
    assert b"A &amp; B" in packet
