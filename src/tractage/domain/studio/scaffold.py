"""`studio new`: a template that passes every check, to be changed from there."""

import re
from pathlib import Path

from tractage.domain.errors import InputError
from tractage.domain.studio.manifest import write_file
from tractage.domain.studio.template import MANIFEST, PAGE, template_names

_TOML = """name = "{name}"
title = "{title}"
summary = "Une phrase : à quoi sert ce gabarit."
author = "Votre nom ou pseudo"
licence = "CC-BY-SA-4.0"
# La phrase qui décrit l'image à qui ne la voit pas. Les champs s'écrivent entre doubles accolades.
alt = "{{{{ titre }}}} {{{{ texte }}}}"
formats = ["portrait", "carre", "story", "large", "a4"]
# Les champs qui changent d'une circonscription à l'autre.
varying = ["titre", "texte"]

[fields.titre]
type = "lines"          # text, lines (| = à la ligne), number, list, pairs, choice, colour, picture
length = 60             # nombre de signes au plus
label = "Titre"
example = "Un titre court|et fort"

[fields.texte]
type = "text"
length = 140
label = "Texte"
example = "Une ou deux phrases, avec un chiffre et sa source."

[fields.campagne]
type = "text"
length = 40
label = "Qui signe"
from_kit = "name"
example = "Les Mains libres"

[fields.mention]
type = "text"
length = 60
label = "Mention à l'écran"
default = ""
example = "Tract numérique"

[fields.imprime]
type = "text"
length = 90
label = "Mention d'imprimeur (papier)"
from_kit = "imprint"
example = "Imprimé par nos soins"
"""

_HTML = """{% extends "base.html" %}{% import "pieces.html" as p with context %}
{#- u = un centième du côté du carré de même aire. top, low, side = ce que la plateforme ou la coupe réserve.
    fmt = portrait, carre, story ou large. c = couleurs du kit. f = champs. Guide : docs/designer. -#}
{% set m = [5*u, side]|max %}
{% block css %}
body{background:{{ c.canari }}}
.dans{display:flex;flex-direction:{{ 'row' if fmt == 'large' else 'column' }};gap:{{ 3*u }}px;
  padding:{{ [top, m]|max }}px {{ m }}px {{ 2*u }}px}
{% endblock %}
{% block body %}
<div class="dans grow">
{{ p.fitted('titre', f.titre, 20*u, 'brico', 'flex:2 1 0;min-height:0;min-width:0') }}
{{ p.fitted('texte', f.texte, 4.4*u, '', 'flex:1 1 0;min-height:0;min-width:0', 'line-height:1.2') }}
</div>
{{ p.foot(c.encre, c.blanc, m) }}
{% endblock %}
"""


def new_template(name: str, folder: Path) -> Path:
    """Write a new template called `name` in `folder`/`name` and return its folder; nothing is overwritten.

    Raises InputError when the name is not one, is taken, or the folder exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,38}[a-z0-9]", name):
        raise InputError(f"name {name!r}: expected small letters, digits and dashes, 3 to 40")
    target = folder / name
    if name in template_names() or target.exists():
        raise InputError(f"{name!r} is taken: {target if target.exists() else 'a template that ships'}")
    target.mkdir(parents=True)
    title = name.replace("-", " ").capitalize()
    write_file(target / MANIFEST, _TOML.format(name=name, title=title).encode())
    write_file(target / PAGE, _HTML.encode())
    return target
