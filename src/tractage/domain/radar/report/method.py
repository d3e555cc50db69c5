"""What was done, with which parameters, and what it cannot say."""

from html import escape
from math import isnan

from tractage.domain.radar.analysis import Analysis
from tractage.domain.radar.layer import Figures
from tractage.domain.radar.opinions import SMALLEST
from tractage.domain.radar.report.french import counted, number, percent

CORRECTIONS = {
    "accounts": "taux de fausses découvertes par compte (Benjamini et Hochberg sur les comptes)",
    "bh": "taux de fausses découvertes par lien (Benjamini et Hochberg sur les paires)",
    "bonferroni": "Bonferroni sur toutes les paires",
}
LIMITS = (
    "Partager la même chose au même moment n’est pas une faute\u00a0: une alerte, un direct, un mot d’ordre "
    "public, un outil de publication ou la diffusion automatique d’un média suffisent.",
    "Les données disent ce que leur collecte a vu\u00a0: un mot-clé, une période, une plateforme.",
    "Les comptes sont des pseudonymes à clé\u00a0: le même code désigne le même compte dans tout le "
    "rapport, et il faut détenir les données pour le retrouver.",
)
OF_CHANCE = (
    "Le hasard de référence suppose que chacun agit de son côté. Des gens qui pensent pareil partagent "
    "pareil\u00a0: le test tenu dans chaque famille d’intérêts réduit cette erreur, il ne la supprime pas.",
    f"Un groupe de plus de {SMALLEST} comptes qui ne partage qu’entre lui devient sa propre référence et "
    "peut passer inaperçu.",
)
OF_QUANTILE = (
    "Le seuil par quantile signale toujours une part des liens, même dans des données sans "
    "coordination\u00a0: il compare les liens entre eux, pas au hasard.",
)


def parameters(analysis: Analysis) -> str:
    """List method, parameters and fingerprint."""
    settings = analysis.settings
    entries = [
        ("Fenêtre", f"{number(settings.window)}\u202fs, bornes comprises"),
        ("Participation minimale", counted(settings.min_participation, "partage", "partages")),
    ]
    if settings.coortweet:
        entries += [
            ("Mode", "compatible avec CooRTweet 2.1.3"),
            ("Seuil", f"quantile {number(settings.edge_weight, 2)} des poids, dépassé strictement"),
        ]
    else:
        entries += [
            ("Poids d’un lien", f"objets distincts partagés ensemble, {settings.min_weight} au moins"),
            ("Hasard", "Poisson, chaque compte à son rythme (Chung et Lu)"),
            ("Familles d’intérêts", "oui, le lien doit tenir dedans aussi" if settings.within else "non"),
            ("Correction", f"{CORRECTIONS[settings.correction]}, {percent(settings.level)}"),
        ]
    for layer in analysis.layers:
        entries += _layer(layer.name, layer.figures)
    entries.append(("Empreinte des données", f"<code>{analysis.fingerprint[:32]}</code>"))
    items = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in entries)
    return f"<section><h2>Méthode et paramètres</h2><dl>{items}</dl></section>"


def limits(analysis: Analysis) -> str:
    """Say what the page cannot say."""
    points = (*LIMITS[:1], *(OF_QUANTILE if analysis.settings.coortweet else OF_CHANCE), *LIMITS[1:])
    items = "".join(f"<li>{point}</li>" for point in points)
    return f"<section><h2>Ce que cette page ne dit pas</h2><ul>{items}</ul></section>"


def _layer(name: str, figures: Figures) -> list[tuple[str, str]]:
    text = (
        f"{number(figures.rows)} partages de {number(figures.objects)} objets par "
        f"{number(figures.accounts)} comptes, {number(figures.window_pairs)} paires dans la fenêtre, "
        f"{number(figures.edges)} liens dont {number(figures.strong)} forts"
    )
    if not isnan(figures.threshold):
        text += f", seuil {number(figures.threshold, 1)}"
    entries = [(f"Couche «\u202f{escape(name)}\u202f»", text)]
    for label, share in (
        ("Fausses alertes, heures redistribuées", figures.shuffled_times),
        ("Fausses alertes, comptes redistribués", figures.shuffled_accounts),
    ):
        if not isnan(share):
            entries.append((label, f"{percent(share)} des comptes signalés dans une copie sans coordination"))
    return entries
