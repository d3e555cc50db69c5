"""What a work says of its own origin: who made it, from what, under which licence.

Sources: IPTC digital source type vocabulary; C2PA technical specification 2 (actions, metadata assertions);
XMP specification part 1 (ISO 16684-1:2019).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tractage.domain.errors import InputError

_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


class SourceType(StrEnum):
    """IPTC digital source types that a work may carry; the last two only if its author declares them."""

    CREATION = "digitalCreation"
    EDITS = "humanEdits"
    COMPOSITE = "compositeCapture"
    ASSISTED = "compositeWithTrainedAlgorithmicMedia"
    GENERATED = "trainedAlgorithmicMedia"

    @property
    def uri(self) -> str:
        """The identifier in the IPTC vocabulary."""
        return _VOCABULARY + self.value

    @property
    def declared_ai(self) -> bool:
        """Whether this type says that a trained model took part."""
        return self in {SourceType.ASSISTED, SourceType.GENERATED}


@dataclass(frozen=True)
class Credit:
    """The origin of a work: pseudonyms or a collective, a licence, links to sources."""

    title: str
    authors: tuple[str, ...]
    licence: str
    source_type: SourceType = SourceType.CREATION
    sources: tuple[str, ...] = ()
    campaign: str = ""
    montage: bool = False
    ai_declared: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.licence.strip() or not any(a.strip() for a in self.authors):
            raise InputError("credit: a title, an author and a licence are needed")
        if self.source_type.declared_ai != self.ai_declared:
            raise InputError(
                f"credit: source type {self.source_type.value} disagrees with the author's declaration on AI"
            )


def manifest(credit: Credit, media_type: str, software: str) -> dict[str, Any]:
    """Return the C2PA manifest definition of one export of `credit` as `media_type`, made by `software`."""
    action = "c2pa.edited" if credit.source_type is SourceType.EDITS else "c2pa.created"
    first = {"action": "c2pa.created", "digitalSourceType": credit.source_type.uri}
    actions = [first] if action == "c2pa.created" else [first, {"action": action}]
    return {
        "claim_generator_info": [{"name": "Tractage", "version": software}],
        "title": credit.title,
        "format": media_type,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            {"label": "cawg.metadata", "data": {"@context": _NAMESPACES, **_statements(credit)}},
        ],
    }


def xmp_packet(credit: Credit) -> bytes:
    """Return the XMP packet with the same statements, in UTF-8, for readers that know no C2PA."""
    names = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _NAMESPACES.items())
    body = "".join(_element(name, value) for name, value in _statements(credit).items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    ).encode()


def _statements(credit: Credit) -> dict[str, Any]:
    """The statements, by qualified name, in a fixed order; empty ones are left out."""
    words = ["MONTAGE"] if credit.montage else []
    statements: dict[str, Any] = {
        "dc:title": credit.title,
        "dc:creator": list(credit.authors),
        "photoshop:Credit": credit.campaign,
        "xmpRights:UsageTerms": credit.licence,
        "dc:source": " ".join(credit.sources),
        "Iptc4xmpExt:DigitalSourceType": credit.source_type.uri,
        "dc:subject": words,
    }
    return {name: value for name, value in statements.items() if value}


_CONTAINERS: Mapping[str, str] = {"dc:creator": "Seq", "dc:subject": "Bag"}
_LANGUAGE = {"dc:title", "xmpRights:UsageTerms"}


def _element(name: str, value: str | Sequence[str]) -> str:
    if name in _CONTAINERS:
        items = "".join(f"<rdf:li>{escape(item)}</rdf:li>" for item in value)
        return f"<{name}><rdf:{_CONTAINERS[name]}>{items}</rdf:{_CONTAINERS[name]}></{name}>"
    text = escape(str(value))
    if name in _LANGUAGE:
        text = f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
    return f"<{name}>{text}</{name}>"
