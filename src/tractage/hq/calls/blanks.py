"""What a call gives to start from: a template of the studio with its words to replace, and the palette."""

from functools import lru_cache

from django.utils.translation import gettext as _

from tractage.domain.studio.formats import formats
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import render_work
from tractage.domain.studio.template import load_template
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.kit import brand_kit

TEMPLATE = "affiche-rayons"
FORMATS = ("portrait", "a4")


def blank(campaign: Campaign, format_name: str) -> tuple[bytes, str]:
    """The template in one of `FORMATS` with the campaign's papers, and its media type."""
    words = (_("Your words|here"), _("your drawing, your photo, your hand"))
    kit = brand_kit(campaign)
    return _drawn(format_name, kit.name, tuple(sorted(kit.colours.items())), words)


def palette(campaign: Campaign) -> str:
    """The campaign's inks and papers as a GIMP palette, which drawing programs read."""
    rows = []
    for name, colour in brand_kit(campaign).colours.items():
        red, green, blue = bytes.fromhex(colour.lstrip("#"))
        rows.append(f"{red:3d} {green:3d} {blue:3d}\t{name}")
    return "\n".join(["GIMP Palette", f"Name: {campaign.name}", "Columns: 5", "#", *rows, ""])


@lru_cache(maxsize=8)
def _drawn(
    format_name: str, name: str, colours: tuple[tuple[str, str], ...], words: tuple[str, str]
) -> tuple[bytes, str]:
    from dataclasses import replace

    kit = replace(load_kit(), name=name, colours=dict(colours))
    row = {"slogan": words[0], "lieu": words[1]}
    drawn = render_work(load_template(TEMPLATE), row, formats()[format_name], kit)
    return drawn.data, {"pdf": "application/pdf"}.get(drawn.type, f"image/{drawn.type}")
