"""Put the report together."""

from dataclasses import dataclass
from html import escape
from importlib.resources import files

import polars as pl

from tractage.domain.radar.analysis import Analysis
from tractage.domain.radar.report.embedded import Embedded, embedded
from tractage.domain.radar.report.french import counted, number
from tractage.domain.radar.report.method import limits, parameters
from tractage.domain.radar.report.network import picture
from tractage.domain.radar.report.pseudonyms import REACH, shown_names
from tractage.domain.radar.report.sections import account_table, community_table, edge_table
from tractage.domain.radar.report.timeline import timeline

SYMBOL = (
    '<svg viewBox="0 0 100 100" aria-hidden="true"><path d="M6 22 62 6l26 78-56 12z" fill="#7fd8b4"/>'
    '<path d="M12 12h58l8 78-60 4z" fill="#ff9b85"/><path d="M20 6h66v66L66 92H20z" fill="#ffd23f"/>'
    '<path d="M86 72 66 92V72z" fill="#23152e"/><path d="M32 22h42v13H60v41H46V35H32z" fill="#23152e"/></svg>'
)
OATH = (
    "Ce rapport montre des partages coordonnés. Il ne dit rien de l’intention, n’attribue rien à personne "
    "et ne juge aucun compte."
)
FOOT = "Fait avec Tractage, logiciel libre. Cette page ne demande rien au réseau et ne suit personne."
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:"


@dataclass(frozen=True)
class Choices:
    """How the page names accounts and itself.

    show: own names for accounts of `reach` followers or more; secret: of the pseudonyms, else from the data
    fonts: @font-face rules with the letters inside; audit: the page looks at one's own community
    """

    title: str = "Qui partage quoi, en même temps"
    show: bool = False
    reach: int = REACH
    secret: str = ""
    fonts: str = ""
    audit: bool = False


def page(analysis: Analysis, choices: Choices | None = None) -> str:
    """Return the report as one HTML document that asks for nothing.

    Raises: InputError when own names are asked for and no account reaches far enough
    """
    choices = choices or Choices()
    secret = choices.secret or analysis.secret
    names = shown_names(analysis.accounts["account"], secret, choices.show, analysis.accounts, choices.reach)
    strong = analysis.edges.filter("strong")
    groups = dict(zip(analysis.accounts["account"], analysis.accounts["community"], strict=True))
    pairs = analysis.pairs
    if analysis.settings.coortweet:  # there the pair rows of weak edges may be listed too
        ends = ["account_a", "account_b"]
        pairs = pairs.join(strong.select(ends), on=ends, how="semi", maintain_order="left")
    threshold = analysis.layers[0].figures.threshold if analysis.settings.coortweet else None
    data = embedded(strong, pairs, groups, names, secret, analysis.settings.window, threshold)
    body = [
        _head(analysis, choices, strong.height),
        '<main id="contenu">',
        _network(analysis, strong, names),
        _when(pairs),
        community_table(analysis, strong, pairs),
        _links(data, edge_table(strong, groups, names, analysis.settings.window), analysis),
        account_table(analysis, names),
        parameters(analysis),
        limits(analysis),
        "</main>",
        f"<footer><p>{FOOT}</p></footer>",
    ]
    return _document(choices, "\n".join(body), data.text)


def _document(choices: Choices, body: str, data: str) -> str:
    own = files("tractage.domain.radar.report")
    style, script = (own.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "script.js"))
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(choices.title)} · Tractage</title>"
        f"<style>{choices.fonts}{style}</style></head><body>"
        f'<a class="passer" href="#contenu">Aller au contenu</a>\n{body}\n'
        f'<script type="application/json" id="donnees">{data}</script>'
        f"<script>{script}</script></body></html>\n"
    )


def _head(analysis: Analysis, choices: Choices, n_strong: int) -> str:
    figures = [layer.figures for layer in analysis.layers]
    n = analysis.accounts.height
    tested = max(f.accounts for f in figures)
    lead = (
        f"{counted(n, 'compte', 'comptes')} sur {number(tested)} partagent les mêmes choses aux mêmes "
        "moments, plus souvent que le hasard."
        if n
        else "Aucun compte ne partage les mêmes choses aux mêmes moments que d’autres plus que le hasard."
    )
    if choices.audit:
        lead += " Ce sont nos propres partages\u00a0: voici ce qu’un observateur verrait."
    cells = [
        (sum(f.rows for f in figures), "partages examinés"),
        (tested, "comptes assez actifs"),
        (n_strong, "liens forts"),
        (n, "comptes reliés"),
        (analysis.accounts["community"].n_unique(), "communautés"),
    ]
    items = "".join(f"<li><b>{number(value)}</b>{word}</li>" for value, word in cells)
    return (
        f'<header><div class="marque">{SYMBOL}<span>Tractage · radar</span></div>'
        f"<h1>{escape(choices.title)}</h1>"
        f'<p class="chapo">{lead}</p><p class="serment">{OATH}</p><ul class="chiffres">{items}</ul></header>'
    )


def _network(analysis: Analysis, strong: pl.DataFrame, names: dict[str, str]) -> str:
    drawn = picture(strong, analysis.accounts, names)
    if not drawn.total:
        return "<section><h2>Réseau</h2><p>Aucun lien fort\u00a0: il n’y a rien à dessiner.</p></section>"
    note = (
        f"Les {number(drawn.drawn)} comptes des plus grandes communautés, sur {number(drawn.total)}."
        if drawn.drawn < drawn.total
        else "Tous les comptes reliés."
    )
    return (
        f"<section><h2>Réseau</h2><p>{note} Un rond est un compte, un trait est un lien fort, le numéro est "
        "celui de la communauté. La taille d’un rond dit à combien d’autres il est relié.</p>"
        f"{_frame(drawn.svg, 'Réseau')}</section>"
    )


def _when(pairs: pl.DataFrame) -> str:
    svg, sentence = timeline(pairs)
    if not svg:
        return ""
    return f"<section><h2>Quand</h2><p>{sentence}</p>{_frame(svg, 'Chronologie')}</section>"


def _frame(svg: str, label: str) -> str:
    return f'<div class="cadre" tabindex="0" role="region" aria-label="{label}">{svg}</div>'


def _links(data: Embedded, table: str, analysis: Analysis) -> str:
    if not data.total:
        return ""
    part = (
        f"Les {number(data.held)} liens les plus lourds sur {number(data.total)}\u00a0; tous sont dans "
        "edges.parquet. "
        if data.held < data.total
        else ""
    )
    groups = "".join(
        f'<option value="{group}">Communauté {group}</option>'
        for group in analysis.accounts["community"].unique().sort().head(200)
    )
    return (
        f'<section id="liens"><h2>Chaque lien, et pourquoi</h2><p>{part}Ouvrez un lien pour lire ce qui le '
        "fait et les partages qui le prouvent.</p>"
        '<div id="liens-outils" hidden><div class="outils">'
        '<label>Compte ou objet<input id="cherche" type="search"></label>'
        f'<label>Communauté<select id="groupe"><option value="">Toutes</option>{groups}</select></label>'
        '<label>Ordre<select id="ordre"><option value="poids">Du plus lourd au plus léger</option>'
        '<option value="delai">Du plus rapide au plus lent</option>'
        '<option value="hasard">Du moins au plus probable par hasard</option></select></label></div>'
        '<p id="compte" role="status" class="doux petit"></p><div id="liens-js"></div>'
        '<p><button id="suite" type="button">Liens suivants</button></p></div>'
        f'<div id="liens-table">{table}</div></section>'
    )
