"""A small map: countries behind, regions before them, those it is about marked, and spots."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from keten.atlas.views import MapView, Shape

_PIXELS = 320.0  # how large it is drawn; lines and spots are measured in these


def draw_map(view: MapView | None, title: str, about: str) -> Markup:
    """Draw a map; nothing where there is none."""
    if view is None:
        return Markup("")
    left, top, width, height = view.view_box
    pixel = max(width, height) / _PIXELS
    radius = 5 if len(view.spots) < 2 else 3.5
    spots = [
        f'<circle class="spot" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{radius * pixel:.2f}" '
        f'stroke-width="{pixel:.2f}"/>'
        for spot in view.spots
    ]
    return Markup(  # noqa: S704 - numbers, and texts escaped here
        f'<svg viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" role="img" '
        f'aria-labelledby="map-t map-d" stroke-width="{0.75 * pixel:.2f}" '
        f'stroke-linejoin="round" fill-rule="evenodd">'
        f'<title id="map-t">{escape(title)}</title><desc id="map-d">{escape(about)}</desc>'
        f"{_paths(view.backdrop, 'behind')}{_paths(view.shapes, 'land')}{''.join(spots)}</svg>"
    )


def _paths(shapes: Iterable[Shape], name: str) -> str:
    shapes = list(shapes)
    subjects = tuple(shape.code for shape in shapes if shape.is_subject)
    # What is marked comes first: of its own parts only the borders are drawn over it.
    ordered = sorted(
        shapes, key=lambda shape: (shape.code.startswith(subjects), not shape.is_subject)
    )
    return "".join(
        f'<path class="{_name(shape, subjects, name)}" d="{escape(shape.path)}"/>'
        for shape in ordered
    )


def _name(shape: Shape, subjects: tuple[str, ...], name: str) -> str:
    if shape.is_subject:
        return "inside"
    return "part" if shape.code.startswith(subjects) else name
