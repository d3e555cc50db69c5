"""Strong edges as GEXF and GraphML, for Gephi and its like."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl

NODE = {"component": "long", "community": "long", "degree": "long", "strength": "long", "shares": "long"}
EDGE = {"mean_delay": "double", "pairs": "long", "objects": "long"}


def gexf(edges: pl.DataFrame, accounts: pl.DataFrame) -> str:
    """Return GEXF 1.3 text of `edges` (account_a, account_b, weight, …) and `accounts`."""
    number, nodes, links = _rows(edges, accounts)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        '<graph defaultedgetype="undirected">',
        _attributes("node", NODE),
        _attributes("edge", EDGE),
        "<nodes>",
        *(
            f'<node id="{number[row["account"]]}" label={quoteattr(row["account"])}><attvalues>'
            + "".join(f'<attvalue for="{key}" value="{row[key]}"/>' for key in NODE)
            + "</attvalues></node>"
            for row in nodes
        ),
        "</nodes>",
        "<edges>",
        *(
            f'<edge id="{i}" source="{number[row["account_a"]]}" target="{number[row["account_b"]]}" '
            f'weight="{row["weight"]}"><attvalues>'
            + "".join(f'<attvalue for="{key}" value="{row[key]}"/>' for key in EDGE)
            + "</attvalues></edge>"
            for i, row in enumerate(links)
        ),
        "</edges>",
        "</graph>",
        "</gexf>",
    ]
    return "\n".join(lines) + "\n"


def graphml(edges: pl.DataFrame, accounts: pl.DataFrame) -> str:
    """Return GraphML text of `edges` and `accounts`."""
    number, nodes, links = _rows(edges, accounts)
    weighted = {"weight": "long", **EDGE}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '<key id="label" for="node" attr.name="label" attr.type="string"/>',
        *(f'<key id="{key}" for="node" attr.name="{key}" attr.type="{kind}"/>' for key, kind in NODE.items()),
        *(
            f'<key id="{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>'
            for key, kind in weighted.items()
        ),
        '<graph edgedefault="undirected">',
        *(
            f'<node id="n{number[row["account"]]}"><data key="label">{_text(row["account"])}</data>'
            + "".join(f'<data key="{key}">{row[key]}</data>' for key in NODE)
            + "</node>"
            for row in nodes
        ),
        *(
            f'<edge source="n{number[row["account_a"]]}" target="n{number[row["account_b"]]}">'
            + "".join(f'<data key="{key}">{row[key]}</data>' for key in weighted)
            + "</edge>"
            for row in links
        ),
        "</graph>",
        "</graphml>",
    ]
    return "\n".join(lines) + "\n"


def _rows(
    edges: pl.DataFrame, accounts: pl.DataFrame
) -> tuple[dict[str, int], list[dict[str, Any]], list[dict[str, Any]]]:
    nodes = accounts.select("account", *NODE).to_dicts()
    number = {str(row["account"]): place for place, row in enumerate(nodes)}
    return number, nodes, edges.select("account_a", "account_b", "weight", *EDGE).to_dicts()


def _attributes(kind: str, columns: dict[str, str]) -> str:
    inner = "".join(f'<attribute id="{key}" title="{key}" type="{of}"/>' for key, of in columns.items())
    return f'<attributes class="{kind}">{inner}</attributes>'


def _text(value: object) -> str:
    return escape(str(value))
