"""A name against the word or the letter written like it: "le Z" and the letter Z, Marine and marine."""

import re

from tractage.domain.guard.fold import fold

_WORDS = re.compile(r"[^\W_]+")
# Words that, near a lone capital, say that it is a letter, an axis, a series: not a person.
_OF_LETTERS = """
lettre lettres alphabet alphabetique voyelle voyelles consonne consonnes majuscule majuscules minuscule
minuscules capitale orthographe ecrit ecris ecrire ecrivez epeler epelle epelez prononce prononcer prononces
prononciation dictee mot mots syllabe clavier touche touches touchez appuie appuyez raccourci scrabble police
calligraphie axe axes coordonnee coordonnees abscisse ordonnee variable valeur score serie series film films
generation gen vitamine plan rayon rayons point points classe niveau categorie zorro forme colonne ligne
"""
_LETTER_CONTEXT = frozenset(_OF_LETTERS.split())
_NAME_WORDS = "le du au ce m monsieur mr avec chez pour contre par de que et ou selon face l"
_BEFORE_NAME = frozenset(_NAME_WORDS.split())
_BEFORE_LETTER = frozenset({"a", "la", "un", "une", "des", "les"})
_LINKS = frozenset(["de", "d", "dans", "comme"])
_NOT_LETTERS = "MAÀÔYLDJ"  # capitals that stand alone without being named: M., À, Y (a-t-il), elisions
_GLUE = frozenset("-'’_")
_NEAR = 4  # words on each side that give the context


def is_name(text: str, start: int, end: int, name: str, ordinary: bool) -> bool:
    """Tell whether a piece of a message is used as a name.

    text: the message; start, end: the piece; name: the name as its rule writes it; ordinary: whether the same
    letters, in lower case, make an ordinary word.
    """
    piece = text[start:end]
    own = _WORDS.findall(name)
    lone = next((word for word in own if len(word) == 1 and word.isupper()), None)
    if lone is not None:
        return _is_lone_name(text, start, end, lone, len(own) > 1)
    if not ordinary:
        return True
    written = _WORDS.findall(piece)
    return len(written) == len(own) and all(
        word[0].isupper() for word, asked in zip(written, own, strict=True) if asked[0].isupper()
    )


def _is_lone_name(text: str, start: int, end: int, letter: str, has_article: bool) -> bool:
    if not any(sign.isupper() and fold(sign) == letter.lower() for sign in text[start:end]):
        return False
    after_text = text[end:]
    if after_text[:1].isalnum() or text[:start][-1:] in _GLUE or after_text[:1] in _GLUE:
        return False
    before, after = _WORDS.findall(text[:start]), _WORDS.findall(after_text)
    near = before[-_NEAR:] + after[:_NEAR]
    if any(len(word) == 1 and word.isupper() and word not in _NOT_LETTERS for word in near):
        return False
    if not _LETTER_CONTEXT.isdisjoint(map(fold, near)) or fold("".join(before[-1:])) in _BEFORE_LETTER:
        return False
    follow = [fold(word) for word in after[:2]]
    if follow and follow[0] in _LINKS and follow[-1].startswith(letter.lower()):
        return False
    return has_article or fold("".join(before[-1:])) in _BEFORE_NAME
