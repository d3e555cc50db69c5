"""A small template made for the tests: one title, one text, every rule kept until a test breaks one."""

from pathlib import Path

TOML = """
name = "essai"
title = "Essai"
author = "Tests"
licence = "CC0-1.0"
alt = "{{ titre }}"
formats = ["carre", "portrait", "a4"]

[fields.titre]
type = "text"
length = 60
example = "Bonjour à tous"

[fields.imprime]
type = "text"
length = 60
from_kit = "imprint"
example = "Imprimé par nos soins"
"""

HTML = """{% extends "base.html" %}
{% block css %}body{background:{{ c.canari }};padding:{{ 8*u }}px}{% endblock %}
{% block body %}<div id="t" class="brico" style="font-size:{{ 8*u }}px">{{ f.titre|fr }}</div>
<p id="corps" style="font-size:{{ 4*u }}px">Un texte.</p>%s<p>{{ f.imprime|fr }}</p>{% endblock %}
"""


def write_template(folder: Path, extra: str = "", *, html: str = "", toml: str = TOML) -> Path:
    """Write the template in `folder`; `extra` is added to the body, `html` replaces the page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.toml").write_text(toml, "utf-8")
    (folder / "template.html").write_text(html or HTML.replace("%s", extra), "utf-8")
    return folder
