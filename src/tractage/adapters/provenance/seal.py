"""Sign an export with a C2PA manifest, and read one back."""

import io
import json
import re
from dataclasses import dataclass
from typing import Any

import c2pa

from tractage import __version__
from tractage.adapters.provenance.identity import Identity
from tractage.adapters.provenance.packets import with_xmp
from tractage.domain.errors import InputError
from tractage.domain.studio.provenance import Credit, manifest, xmp_packet

MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "video/mp4", "application/pdf")
_SETTINGS = {"verify": {"verify_after_sign": False}, "builder": {"thumbnail": {"enabled": False}}}
_UNKNOWN_SIGNER = "signingCredential.untrusted"


@dataclass(frozen=True)
class Seal:
    """What a file says of its origin; state: "Trusted", "Valid" (but the signer is unknown) or "Invalid"."""

    state: str
    failures: tuple[str, ...]
    title: str
    authors: tuple[str, ...]
    licence: str
    sources: tuple[str, ...]
    source_type: str
    montage: bool
    software: str
    signer: str


def seal(data: bytes, media_type: str, credit: Credit, identity: Identity) -> bytes:
    """Return `data` with its XMP packet and a signed C2PA manifest; other kinds come back unsigned.

    Raises InputError when the file is not what `media_type` says.
    """
    data = with_xmp(data, media_type, xmp_packet(credit))
    if media_type not in MEDIA_TYPES:
        return data
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", identity.chain, identity.key, None))
    context = c2pa.Context.builder().with_settings(c2pa.Settings.from_dict(_SETTINGS)).build()
    out = io.BytesIO()
    try:
        builder = c2pa.Builder(manifest(credit, media_type, __version__), context=context)
        builder.sign(signer, media_type, io.BytesIO(data), out)
    except c2pa.C2paError as error:
        raise InputError(f"provenance: the file could not be signed as {media_type} ({error})") from None
    return out.getvalue()


def read_seal(data: bytes, media_type: str, anchors: bytes = b"") -> Seal | None:
    """Return what `data` says of its origin, or None when it carries no manifest.

    anchors: PEM certificates of authorities that the reader trusts, e.g. the instance's own.
    """
    settings: dict[str, Any] = {"verify": {"verify_trust": True}}
    if anchors:
        settings["trust"] = {"trust_anchors": anchors.decode(), "trust_config": "1.3.6.1.5.5.7.3.4\n"}
    context = c2pa.Context.builder().with_settings(c2pa.Settings.from_dict(settings)).build()
    try:
        reader = c2pa.Reader(media_type, io.BytesIO(data), context=context)
    except c2pa.C2paError as error:
        if "ManifestNotFound" in type(error).__name__ or "no JUMBF" in str(error):
            return None
        raise InputError(f"provenance: the manifest could not be read ({error})") from None
    active = json.loads(reader.json())
    found = active["manifests"][active["active_manifest"]]
    failures = (reader.get_validation_results() or {}).get("activeManifest", {}).get("failure", [])
    return _told(found, reader.get_validation_state() or "Invalid", failures)


def _told(found: dict[str, Any], state: str, failures: list[dict[str, Any]]) -> Seal:
    said: dict[str, Any] = {}
    source_type = ""
    for assertion in found.get("assertions", []):
        if assertion["label"].startswith("cawg.metadata"):
            said = assertion["data"]
        elif assertion["label"].startswith("c2pa.actions"):
            source_type = assertion["data"]["actions"][0].get("digitalSourceType", "")
    return Seal(
        state=state,
        failures=tuple(item["code"] for item in failures if item["code"] != _UNKNOWN_SIGNER),
        title=str(said.get("dc:title", found.get("title", ""))),
        authors=tuple(said.get("dc:creator", ())),
        licence=str(said.get("xmpRights:UsageTerms", "")),
        sources=tuple(re.split(r"\s+", said["dc:source"])) if said.get("dc:source") else (),
        source_type=source_type.rsplit("/", 1)[-1],
        montage="MONTAGE" in said.get("dc:subject", ()),
        software=" ".join(
            str(value) for value in found.get("claim_generator_info", [{}])[0].values() if value
        ),
        signer=str(found.get("signature_info", {}).get("common_name", "")),
    )
