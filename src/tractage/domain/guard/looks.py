"""Signs read as Latin letters although UTS 39 keeps them apart: faux Cyrillic and Greek, "fancy text"."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"

# One line per alphabet of the "fancy text" pages; a letter that the alphabet lacks stands as itself.
_ALPHABETS = (
    "ᗩᗷᑕᗪeᖴgᕼiᒍkᒪᗰᑎoᑭᑫᖇᔕtᑌᐯᗯ᙭yᘔ",
    "ค๒ς๔єŧﻮђเןкɭ๓ภ๏קợгรՇยשฬאץչ",
    "₳฿₵đɇ₣₲ⱨłj₭ⱡ₥₦ø₱qɽ₴₮ʉv₩ӿɏⱬ",
    "ąცƈɖɛʄɠɧıʝƙƖɱŋơ℘զཞʂɬų۷ῳҳყʑ",
    "ꍏꌃꉓꀸꍟꎇꁅꃅꀤꀭꀘ꒒ꂵꈤꂦꉣꆰꋪꌗ꓄ꀎꃴꅏꊼꌩꁴ",
    "ልጌርዕቿቻኗዘጎጋጕረጠክዐየዒዪነፕሁሀሠሸሃጊ",
    "ɐqɔpǝɟƃɥᴉɾʞןɯuodbɹsʇnʌʍxʎz",
    "αβςđεƒğħίјķĺмήοрqяšтυνωχỳź",
)

_FAUX = {
    "a": "ДдΛλαΔ∆ɑ",
    "b": "бвВЬьЪъЫыßβ",
    "c": "ς©¢⊂",
    "d": "δ∂ðÐ",
    "e": "зЗэЭεєЄΣξΞ∑€ɘ",
    "h": "нНћЋ",
    "k": "кКκ",
    "l": "£",
    "m": "мМ",
    "n": "пПлЛийИЙηπΠ",
    "o": "σθΘφΦӨө¤",
    "p": "þÞρ",
    "r": "гГяЯ®",
    "s": "§",
    "t": "тТτ†",
    "u": "υμцЦ",
    "v": "ν√",
    "w": "шщШЩωψΨ",
    "x": "χжЖ×",
    "y": "γчЧ¥",
}

PUNCTUATION = {
    **dict.fromkeys("’‘ʼʹ`´′", "'"),
    **dict.fromkeys("–—‑‐−―", "-"),
    **dict.fromkeys("“”«»„″", '"'),
    "…": ".",
    "·": ".",
    "⁄": "/",
}

LOOKS: dict[str, str] = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
for _alphabet in _ALPHABETS:
    LOOKS.update({sign: letter for sign, letter in zip(_alphabet, _LATIN, strict=True) if not sign.isascii()})
for _letter, _signs in _FAUX.items():
    LOOKS.update(dict.fromkeys(_signs, _letter))
