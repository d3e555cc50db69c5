"""The signed export: the same bytes for the same facts, and every wrong one refused in one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tractage.adapters.exchange import SCHEMA, load_key, public_key, read_document, signed
from tractage.adapters.exchange.keys import canonical, check_signature, parse_key
from tractage.domain.errors import InputError

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WORK: dict[str, Any] = {
    "key": "work-1",
    "kind": "poster",
    "title": "Soixante-quinze voix",
    "alt_text": "Affiche.",
    "credit": "Lou",
    "licence": "CC BY-SA 4.0",
    "ai": "none",
    "url": "https://ailleurs.example/oeuvres/soixante-quinze-voix/",
    "released_at": "2027-02-01T12:00:00+00:00",
    "seats": ["24-03"],
}
FILE = {"media_type": "image/png", "sha256": "0", "bytes": 3, "content": "AAAA"}
EXPORT: dict[str, Any] = {
    "schema": SCHEMA,
    "campaign": {"name": "Ailleurs", "slug": "ailleurs", "site": "https://ailleurs.example"},
    "exported_at": "2027-03-01T10:00:00+00:00",
    "briefs": [],
    "works": [WORK],
    "recalled": [],
}
LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
JSON = st.recursive(
    LEAF, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4), one, max_size=3)
)


def packed(**changes: Any) -> bytes:
    return json.dumps(signed(EXPORT | changes, KEY), ensure_ascii=False).encode()


def test_a_signed_export_is_read_back() -> None:
    found = read_document(packed())
    assert (found.name, found.key) == ("Ailleurs", public_key(KEY))
    assert found.works[0].seats == ("24-03",)
    assert found.works[0].file is None


@given(JSON)
def test_canonical_bytes_do_not_depend_on_order_or_spacing(value: Any) -> None:
    document = {"value": value, "a": 1}
    again = json.loads(json.dumps(dict(reversed(document.items())), indent=3))
    assert canonical(again) == canonical(document)
    assert check_signature(signed(document, KEY)) == public_key(KEY)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    raw = bytearray(packed())
    raw[place % len(raw)] ^= change
    try:
        found = read_document(bytes(raw))
    except InputError:
        return
    # A change of spacing, or of base64 bits that carry nothing, changes no fact.
    assert found.works == read_document(packed()).works


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(schema="tractage.exchange/2"), "schema: found 'tractage.exchange/2'"),
        (lambda d: d["works"][0].update(credit="Moi"), "its signature does not hold"),
        (lambda d: d.pop("signature"), "not signed"),
        (lambda d: d.update(key="ed25519:abc"), "43 letters"),
        (lambda d: d.update(extra=1), "its signature does not hold"),
    ],
)
def test_what_was_changed_is_refused(change: Callable[[dict[str, Any]], Any], said: str) -> None:
    document = json.loads(packed())
    change(document)
    with pytest.raises(InputError, match=said):
        read_document(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"works": [WORK | {"title": "x" * 121}]}, r"works\[1\]\.title: found '121 signs', expected at most"),
        ({"works": [WORK | {"url": "javascript:alert(1)"}]}, r"works\[1\]\.url: found"),
        ({"works": [WORK | {"released_at": "hier"}]}, r"works\[1\]\.released_at: found 'hier'"),
        ({"works": [WORK | {"seats": "24-03"}]}, r"works\[1\]\.seats: found '24-03'"),
        ({"works": [WORK | {"file": FILE}]},
         r"works\[1\]\.file\.content: found .* another fingerprint"),
        ({"exported_at": "2027-03-01T10:00:00"}, "exported_at: found"),
        ({"campaign": {}}, r"campaign\.name: found nothing, expected a text"),
        ({"briefs": {}}, "briefs: found"),
    ],
)  # fmt: skip
def test_wrong_fields_are_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_document(packed(**changes))


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b"{", b"[" * 10_000, b'{"schema": 1.5}', b'{"a": NaN}'])
def test_what_is_no_export_is_one_line(raw: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_document(raw)
    assert "\n" not in str(refused.value)


def test_a_float_is_never_signed() -> None:
    with pytest.raises(InputError, match=r"works\[0\]\.score: found 0.5"):
        signed({"works": [{"score": 0.5}]}, KEY)


def test_the_key_is_made_once_and_kept_to_oneself(tmp_path: Path) -> None:
    first = public_key(load_key(tmp_path / "keys"))
    assert public_key(load_key(tmp_path / "keys")) == first
    assert (tmp_path / "keys/exchange-key").stat().st_mode & 0o077 == 0
    (tmp_path / "keys/exchange-key").write_bytes(b"short")
    with pytest.raises(InputError, match="found 5 bytes"):
        load_key(tmp_path / "keys")
    for wrong in ("", "ed25519:", "ed25519:é", "x" * 50):
        with pytest.raises(InputError, match="43 letters"):
            parse_key(wrong)
