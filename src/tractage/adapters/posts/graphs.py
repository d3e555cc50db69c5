"""Strong edges as GEXF and GraphML, for Gephi and its like."""

from xml.sax.saxutils import escape, quoteattr

import polars as pl

NODE = {"component": "long", "community": "long", "degree": "long", "strength": "long", "shares": "long"}
EDGE = {"mean_delay": "double", "pairs": "long", "objects": "long"}


def gexf(edges: pl.DataFrame, accounts: pl.DataFrame) -> str:
    """Return GEXF 1.3 text of `edges` (account_a, account_b, weight, …) and `accounts`."""
    told, named = '<attvalue for="{}" value="{{}}"/>', [quoteattr(name) for name in accounts["account"]]
    node = _lines(
        '<node id="{}" label={}><attvalues>' + _each(told, NODE) + "</attvalues></node>",
        accounts.select(number=pl.int_range(pl.len()), name=pl.Series(named, dtype=pl.String)),
        accounts.select(*NODE),
    )
    link = _lines(
        '<edge id="{}" source="{}" target="{}" weight="{}"><attvalues>'
        + _each(told, EDGE)
        + "</attvalues></edge>",
        _ends(edges, accounts).with_row_index("edge"),
        edges.select("weight", *EDGE),
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        '<graph defaultedgetype="undirected">',
        _attributes("node", NODE),
        _attributes("edge", EDGE),
        "<nodes>",
        *node,
        "</nodes>",
        "<edges>",
        *link,
        "</edges>",
        "</graph>",
        "</gexf>",
    ]
    return "\n".join(lines) + "\n"


def graphml(edges: pl.DataFrame, accounts: pl.DataFrame) -> str:
    """Return GraphML text of `edges` and `accounts`."""
    weighted = {"weight": "long", **EDGE}
    told, named = '<data key="{}">{{}}</data>', [escape(name) for name in accounts["account"]]
    node = _lines(
        '<node id="n{}"><data key="label">{}</data>' + _each(told, NODE) + "</node>",
        accounts.select(number=pl.int_range(pl.len()), name=pl.Series(named, dtype=pl.String)),
        accounts.select(*NODE),
    )
    link = _lines(
        '<edge source="n{}" target="n{}">' + _each(told, weighted) + "</edge>",
        _ends(edges, accounts),
        edges.select(*weighted),
    )
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
        *node,
        *link,
        "</graph>",
        "</graphml>",
    ]
    return "\n".join(lines) + "\n"


def _lines(form: str, *columns: pl.DataFrame) -> list[str]:
    """Fill the places of `form` with the columns, a line per row."""
    table = pl.concat(columns, how="horizontal")
    return table.select(pl.format(form, *table.columns)).to_series().to_list() if table.height else []


def _each(form: str, columns: dict[str, str]) -> str:
    return "".join(form.format(key) for key in columns)


def _ends(edges: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """Return the places of both ends of each edge among the accounts, which are sorted."""
    return pl.DataFrame(
        {side: accounts["account"].search_sorted(edges[side]) for side in ("account_a", "account_b")}
    )


def _attributes(kind: str, columns: dict[str, str]) -> str:
    inner = "".join(f'<attribute id="{key}" title="{key}" type="{of}"/>' for key, of in columns.items())
    return f'<attributes class="{kind}">{inner}</attributes>'
