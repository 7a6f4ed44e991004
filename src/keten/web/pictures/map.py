"""A small map: the outlines of a country's regions, those it is about marked, and a spot."""

from markupsafe import Markup, escape

from keten.atlas.outlines import MapView

_PIXELS = 320.0  # how wide it is drawn at most; lines and the spot are measured in these


def draw_map(view: MapView | None, title: str, about: str) -> Markup:
    """Draw a map; nothing where there is none."""
    if view is None:
        return Markup("")
    pixel = max(view.width, view.height) / _PIXELS
    # What is marked comes last, so that no neighbour's border lies over its own.
    shapes = sorted(view.outlines, key=lambda outline: outline.is_asked)
    parts = [
        f'<path class="{"inside" if shape.is_asked else "land"}" d="{escape(shape.path)}"/>'
        for shape in shapes
    ]
    if view.spot:
        x, y = view.spot
        parts.append(
            f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="{5 * pixel:.2f}" '
            f'stroke-width="{1.5 * pixel:.2f}"/>'
        )
    return Markup(  # noqa: S704 - numbers, and texts escaped here
        f'<svg viewBox="{view.left:.1f} {view.top:.1f} {view.width:.1f} {view.height:.1f}" '
        f'role="img" aria-labelledby="map-t map-d" stroke-width="{0.75 * pixel:.2f}" '
        f'stroke-linejoin="round" fill-rule="evenodd">'
        f'<title id="map-t">{escape(title)}</title><desc id="map-d">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )
