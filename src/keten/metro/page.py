"""The map as one HTML file: the drawing, every line with its stations below it, and no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from keten.metro.graph import Edge, Graph
from keten.metro.lettering import clean
from keten.metro.look import Look
from keten.metro.palette import by_number, ink_on

Row = tuple[str, str, tuple[str, ...]]  # code, name and stations of a line

READABLE = 0.65  # of its own size: less, and letters are too small
CSS = (
    "body{margin:0;font:16px/1.5 Arial,sans-serif;color:#16202a;background:#fff}"
    "main{padding:1rem}h1{font-size:1.5rem;margin:0 0 .5rem}"
    ".map{overflow:auto}.map svg{max-width:100%;height:auto;min-width:min(var(--least),64rem)}"
    "table{border-collapse:collapse;margin-top:1rem}th,td{text-align:left;vertical-align:top;"
    "padding:.3rem .8rem .3rem 0;border-bottom:1px solid #c9d0d6}"
    "th b{display:inline-block;min-width:1.2em;padding:0 .3em;border-radius:.25em;text-align:center}"
    "@media(max-width:50rem){.map svg{min-width:var(--least)}table{font-size:.875rem}"
    "thead,tbody td:empty{display:none}"
    "tbody tr{display:block;padding:.4rem 0;border-bottom:1px solid #c9d0d6}"
    "tbody th,tbody td{display:inline-block;padding:0 .4rem 0 0;border:0}"
    "tbody td:last-child{display:block}}"
    "@media print{main{padding:0}.map svg{min-width:0}}"
)


def write_page(
    svg: str, look: Look, rows: Sequence[Row], colours: Sequence[str], notes: Sequence[str]
) -> str:
    """A page around a map without a heading: the page has one that does not scroll with the map."""
    title = escape(clean(look.title) or look.word("map"))
    # On a narrow screen a map is as large as its letters need, and scrolls.
    least = round(READABLE * float(svg.split('width="', 1)[1].split('"', 1)[0]))
    head = escape(look.word("line")), escape(look.word("stations"))
    body = "".join(
        f"<tr><th scope='row'>{_badge(code, colour)}</th>"
        f"<td>{escape(clean(name)) if name != code else ''}</td>"
        f"<td>{escape(', '.join(clean(station) for station in stations))}</td></tr>"
        for (code, name, stations), colour in zip(rows, colours, strict=True)
    )
    told = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        f"<!doctype html><html lang='{escape(look.language)}'><head>"
        f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>{title}</title><style>{CSS}</style></head><body><main><h1>{title}</h1>"
        f"<div class='map' style='--least:{least}px' role='region' tabindex='0' "
        f"aria-label='{title}'>{svg}</div>"
        f"<table><thead><tr><th></th><th>{head[0]}</th><th>{head[1]}</th></tr></thead>"
        f"<tbody>{body}</tbody></table>{f'<ul>{told}</ul>' if told else ''}"
        f"</main></body></html>\n"
    )


def _badge(code: str, colour: str) -> str:
    return f"<b style='background:{colour};color:{ink_on(colour)}'>{escape(code)}</b>"


def order_of_lines(graph: Graph, look: Look) -> list[str]:
    """The lines that one can ride, as legends list them."""
    codes = look.codes or {}
    loud = [line for line in graph.lines if not graph.lines[line].quiet]
    return sorted(loud, key=lambda line: by_number(codes.get(line, "~")))


def list_lines(graph: Graph, look: Look) -> list[Row]:
    """Code, name and stations of each line, the stations in the order of a walk along it."""
    codes, names = look.codes or {}, look.names or {}
    return [
        (codes.get(line, ""), names.get(line, line), tuple(stops))
        for line in order_of_lines(graph, look)
        for stops in [_walk_stations(graph, line)]
    ]


def _walk_stations(graph: Graph, line: str) -> list[str]:
    """Labels of a line's stations, from an end along the line, branches after each other."""
    place = {node: i for i, node in enumerate(graph.nodes)}
    at: dict[str, list[Edge]] = {}
    for edge in (e for e in graph.edges if line in e.lines):
        at.setdefault(edge.u, []).append(edge)
        at.setdefault(edge.v, []).append(edge)
    seen: dict[str, None] = {}
    for first in sorted(at, key=lambda node: (len(at[node]), place[node])):
        walk = [first]
        while walk:
            node = walk.pop()
            if node not in seen:
                seen[node] = None
                walk += [edge.other(node) for edge in reversed(at[node])]
    # Two stations of one name are two; two nodes of one station are one.
    stations = {
        str(here.station): here.label or str(here.station)
        for here in (graph.nodes[node] for node in seen)
        if here.station and line not in here.not_serving
    }
    return list(stations.values())
