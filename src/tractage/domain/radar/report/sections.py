"""Tables of the report."""

from html import escape

import polars as pl

from tractage.domain.radar.analysis import Analysis
from tractage.domain.radar.report.french import counted, explained, moment, number, percent

SHOWN_EDGES, SHOWN_ACCOUNTS, SHOWN_GROUPS, SHOWN_OBJECTS = 100, 60, 30, 4
ACCOUNT_HEADS = [
    ("Compte", False),
    ("Communauté", True),
    ("Liens", True),
    ("Partages par jour", True),
    ("Étendue des heures", True),
    ("Part de reprises", True),
    ("Créés le même jour", True),
    ("Nom proposé par la plateforme", False),
]
ASIDE = (
    "Ces indices ne sont ni additionnés, ni convertis en note, et n’entrent pas dans le calcul des liens. Un "
    "militant enthousiaste, un élu, une rédaction peuvent avoir les mêmes. L’étendue des heures va de 0 "
    "(toujours la même heure) à 4,58 (autant à chaque heure)."
)


def framed(caption: str, heads: list[tuple[str, bool]], rows: list[list[str]], label: str) -> str:
    """Return a table that scrolls in its own frame; heads are (name, numeric), cells are HTML."""
    top = "".join(f'<th scope="col"{_number(numeric)}>{name}</th>' for name, numeric in heads)
    lines = "".join(
        "<tr>"
        + "".join(f"<td{_number(numeric)}>{cell}</td>" for cell, (_, numeric) in zip(row, heads, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="cadre" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<caption>{caption}</caption><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def community_table(analysis: Analysis, strong: pl.DataFrame, pairs: pl.DataFrame) -> str:
    """List communities with their size, period and most shared objects."""
    if analysis.accounts.is_empty():
        return ""
    groups = analysis.accounts.select("account", "community")
    sizes = groups.group_by("community").len("accounts").sort("community")
    inside = pairs.join(groups, left_on="account_a", right_on="account", maintain_order="left")
    edges = strong.join(groups, left_on="account_a", right_on="account").group_by("community").len("edges")
    period = inside.group_by("community").agg(
        first=pl.col("time_a").min(), last=pl.col("time_a").max(), delay=pl.col("delay").mean()
    )
    objects = (
        inside.group_by("community", "object")
        .len()
        .sort("community", "len", "object", descending=[False, True, False])
        .group_by("community", maintain_order=True)
        .head(SHOWN_OBJECTS)
        .group_by("community", maintain_order=True)
        .agg(pl.col("object"))
    )
    table = sizes.join(edges, on="community", how="left").join(period, on="community", how="left")
    table = table.join(objects, on="community", how="left").sort("community").head(SHOWN_GROUPS)
    rows = [
        [
            str(row["community"]),
            number(row["accounts"]),
            number(row["edges"] or 0),
            f"{moment(row['first'])[:10]}–{moment(row['last'])[:10]}" if row["first"] is not None else "",
            f"{number(row['delay'], 1)}\u202fs" if row["delay"] is not None else "",
            " · ".join(f'<span class="objet">{escape(thing[:90])}</span>' for thing in row["object"] or []),
        ]
        for row in table.to_dicts()
    ]
    heads = [
        ("Communauté", False),
        ("Comptes", True),
        ("Liens", True),
        ("Période", False),
        ("Délai moyen", True),
    ]
    shown = counted(min(sizes.height, SHOWN_GROUPS), "communauté", "communautés")
    caption = f"{shown} sur {number(sizes.height)}, la plus grande d’abord."
    return (
        "<section><h2>Communautés</h2><p>Des comptes plus liés entre eux qu’avec les autres (Leiden, graine "
        "fixe). Une communauté n’est pas une organisation.</p>"
        + framed(caption, [*heads, ("Objets les plus partagés", False)], rows, "Communautés")
        + "</section>"
    )


def edge_table(strong: pl.DataFrame, groups: dict[str, int], names: dict[str, str], window: float) -> str:
    """List the heaviest edges, each with its explanation: what a reader without scripts gets."""
    top = strong.sort("weight", "account_a", "account_b", descending=[True, False, False]).head(SHOWN_EDGES)
    rows = []
    for edge in top.to_dicts():
        a, b = (escape(names[edge[side]]) for side in ("account_a", "account_b"))
        rows.append(
            [
                f'<span class="code">{a}</span><br><span class="code">{b}</span>',
                str(groups[edge["account_a"]]),
                number(edge["weight"]),
                explained(edge, a, b, window),
            ]
        )
    heads = [("Comptes", False), ("Communauté", True), ("Poids", True), ("Pourquoi", False)]
    return framed(
        f"{number(len(rows))} liens les plus lourds sur {number(strong.height)}.", heads, rows, "Liens"
    )


def account_table(analysis: Analysis, names: dict[str, str]) -> str:
    """List what the rhythm of accounts looks like, apart from edges."""
    if analysis.accounts.is_empty():
        return ""
    top = analysis.accounts.sort("strength", "account", descending=[True, False]).head(SHOWN_ACCOUNTS)
    rows = [
        [
            f'<span class="code">{escape(names[row["account"]])}</span>',
            str(row["community"]),
            number(row["degree"]),
            _maybe(row["posts_a_day"], 1),
            _maybe(row["hour_entropy"], 2),
            "" if row["retweet_share"] is None else percent(row["retweet_share"]),
            _maybe(row["created_same_day"], 0),
            {None: "", True: "oui", False: "non"}[row["default_handle"]],
        ]
        for row in top.to_dicts()
    ]
    # a column that the file says nothing about would only be empty cells
    told = [place for place in range(len(ACCOUNT_HEADS)) if any(row[place] for row in rows)]
    heads = [ACCOUNT_HEADS[place] for place in told]
    rows = [[row[place] for place in told] for row in rows]
    caption = f"{number(len(rows))} comptes sur {number(analysis.accounts.height)}."
    table = framed(caption, heads, rows, "Comptes")
    return f"<section><h2>Les comptes, à part</h2><p>{ASIDE}</p>{table}</section>"


def _number(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _maybe(value: float | None, digits: int) -> str:
    return "" if value is None else number(value, digits)
