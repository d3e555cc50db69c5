"""The longest row that a template admits: every field filled to its declared length with ordinary words."""

from tractage.domain.studio.fields import Field
from tractage.domain.studio.template import Template

WORDS = (
    "On se retrouve ce soir devant la mairie de Saint-Germain-des-Fossés pour distribuer les tracts, "
    "à pied ou à vélo, et vérifier ensemble les bureaux de vote. Chacune et chacun peut venir, même sans "
    "rien savoir faire : il y aura du café, des cartes et des bonnes volontés. Ça commence à dix-neuf heures "
    "précises. "
) * 3


def fill(length: int, lines: int = 1) -> str:
    """`length` signs of ordinary French, cut after a word."""
    if lines > 1:
        return "|".join(fill(length // lines - 1) for _ in range(lines))
    text = WORDS[:length]
    return text if len(text) < length or length < 12 else text[: text.rindex(" ")]


def longest_value(field: Field) -> str:
    """A value of `field`'s type, as long as is admitted."""
    match field.type:
        case "number":
            return "8" * field.length
        case "percent":
            return "100,00 %"
        case "list":
            count = field.items or 3
            return " | ".join(fill(field.length // count - 3) for _ in range(count))
        case "pairs":
            count = field.items or 3
            one = field.length // count - 6
            if field.value_length:
                figure = "8" * field.value_length
                return " | ".join(f"{fill(one - field.value_length)} = {figure}" for _ in range(count))
            return " | ".join(f"{fill(max(6, one // 4))} = {fill(one - one // 4)}" for _ in range(count))
        case "choice" | "colour" | "picture":
            return field.example
        case _:
            return fill(field.length)


def longest_row(template: Template) -> dict[str, str]:
    """A row with every field at its longest, its `id` included."""
    return {name: longest_value(field) for name, field in template.fields.items()}
