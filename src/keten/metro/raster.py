"""SVG to PNG and PDF, through Typst, which draws SVG without a browser."""

from __future__ import annotations

from typing import Literal

from keten.metro.errors import MissingPieceError

_PAGE = (
    "#set document(title: sys.inputs.title)\n"
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.title)\n'
)


def to_png(svg: str, width: int) -> bytes:
    """A picture so many pixels wide."""
    # Typst counts points; an SVG pixel is three quarters of one.
    points = 0.75 * _width_of(svg)
    return _compile(svg, "Map", "png", 72 * width / points)


def to_pdf(svg: str, title: str) -> bytes:
    """One page of the drawing's own size."""
    return _compile(svg, title or "Map", "pdf", 144.0)


def _width_of(svg: str) -> float:
    return float(svg.split('width="', 1)[1].split('"', 1)[0])


def _compile(svg: str, title: str, kind: Literal["pdf", "png"], density: float) -> bytes:
    try:
        import typst
    except ImportError as why:  # pragma: no cover - typst is installed wherever keten is
        raise MissingPieceError(
            f"Writing {kind.upper()} needs the package typst.", "Install it: pip install typst"
        ) from why
    inputs = {"svg": svg, "title": title}
    made = typst.compile(_PAGE.encode(), format=kind, ppi=density, sys_inputs=inputs)
    if not isinstance(made, bytes):  # a list of pages, were there more than the one
        raise MissingPieceError("Typst made more than one page of a map.", "Report it.")
    return made
