"""French typography for text that is set in pictures."""

import re

from markupsafe import Markup, escape

NARROW = "\u202f"
WIDE = "\u00a0"
JOINER = "\u2060"
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_LONGEST_WHOLE = 18
_UNITS = "voix|h|€|%|min|jours?|mm|cm|km|inscrits|électeurs|points?"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("'"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)"), NARROW),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NARROW}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NARROW}»"),
    (re.compile(r"[ \u00a0\u202f]*([;!?]+)(?=[\s|»)]|$)"), rf"{NARROW}\1"),
    (re.compile(r"[ \u00a0]+:(?!//)"), f"{WIDE}:"),
    (re.compile(rf"(?<=\d)[ \u00a0](?=(?:{_UNITS})\b|[%€])"), NARROW),
    (re.compile(r"\bn[°º][ \u00a0]*(?=\d)"), f"nº{NARROW}"),
    (re.compile(r"(?<=\d)-(?=\d{4}\b)"), "–"),
)
_RAISED = (
    (re.compile(r"(?<=\d)(?:ʳᵉ|re\b)"), "re"),
    (re.compile(r"(?<=\d)(?:ᵉʳ|er\b)"), "er"),
    (re.compile(r"(?<=\d)(?:ᵈᵉ|de\b)"), "de"),
    (re.compile(r"(?<=\d)(?:ᵈ|d\b)"), "d"),
    (re.compile(r"(?<=\d)(?:ᵉ|e\b)"), "e"),
)


def french(text: str) -> str:
    """Return `text` with the spaces, apostrophes and signs of French printing; twice changes nothing.

    U+202F before ; ! ? and inside « », between thousands and before units, U+00A0 before a colon.
    Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def plain(text: str) -> str:
    """Return `text` for a caption or an alternative text: French signs, Unicode ordinals, no breaks."""
    text = french(text.replace("|", " "))
    for pattern, letters in _RAISED:
        raised = {"re": "ʳᵉ", "er": "ᵉʳ", "de": "ᵈᵉ", "d": "ᵈ", "e": "ᵉ"}[letters]
        text = pattern.sub(raised, text)
    return text


def _held(word: re.Match[str]) -> str:
    """Keep a compound word whole; one too long for a line may still be cut at its hyphens."""
    return word[0] if len(word[0]) > _LONGEST_WHOLE else word[0].replace("-", f"-{JOINER}")


def raised(text: object) -> Markup:
    """Return a field as safe HTML: French signs, ordinals raised in the text's own font, `|` as a line break.

    The raised letters are drawn because no poster font has U+1D49 (see docs/methods/studio.md).
    """
    safe = _COMPOUND.sub(_held, str(escape(french(str(text)))))
    for pattern, letters in _RAISED:
        safe = pattern.sub(f'<span class="sup">{letters}</span>', safe)
    return Markup(safe.replace("|", "<br>"))  # noqa: S704 - escaped above


def ordinal(number: int, feminine: bool = True) -> str:
    """Return 1ʳᵉ, 2ᵉ … (feminine: a circonscription) or 1ᵉʳ, 2ᵉ … as plain letters that `raised` lifts."""
    if number == 1:
        return "1re" if feminine else "1er"
    return f"{number}e"


def grouped(number: int) -> str:
    """Return a whole number with its thousands grouped by U+202F: 66 951."""
    return f"{number:,}".replace(",", NARROW)


def percent(rate: float, decimals: int = 1) -> str:
    """Return a rate in [0, 1] as French text: 0.745 gives « 74,5 % »."""
    return f"{rate * 100:.{decimals}f}".replace(".", ",") + NARROW + "%"
