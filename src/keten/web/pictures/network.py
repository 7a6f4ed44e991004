"""The network of a chain's parties: who shares projects with whom, drawn on the server."""

import functools
import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray

from keten.atlas.views import Tie
from keten.web.language import Words

_WIDTH, _MARGIN = 760, 40
_LOWEST, _HIGHEST = 180, 560
_ROUNDS = 300
_NAMED = 24  # more names than this would lie over each other
_LETTERS = 26


def draw_network(ties: Sequence[Tie], stages: dict[str, int], words: Words) -> Markup:
    """Draw the parties that share a project; the colour is the stage, the size how many it knows.

    `stages` gives the number of a party's stage. Gives nothing when nobody shares anything.
    """
    if not ties:
        return Markup("")
    labels = {tie.one.organisation_id: tie.one for tie in ties}
    labels |= {tie.other.organisation_id: tie.other for tie in ties}
    names = sorted(labels)
    place = {name: number for number, name in enumerate(names)}
    edges = [
        (
            place[tie.one.organisation_id],
            place[tie.other.organisation_id],
            int(tie.projects.value or 1),
        )
        for tie in ties
    ]
    height = min(_HIGHEST, _LOWEST + 12 * len(names))
    spots = _lay_out_once(len(names), tuple(edges), height)
    degree = np.zeros(len(names), int)
    for one, other, _ in edges:
        degree[one] += 1
        degree[other] += 1
    parts = [
        f'<line class="tie" x1="{spots[a, 0]:.1f}" y1="{spots[a, 1]:.1f}" x2="{spots[b, 0]:.1f}" '
        f'y2="{spots[b, 1]:.1f}" stroke-width="{min(1 + 0.8 * (weight - 1), 6):.1f}"/>'
        for a, b, weight in edges
    ]
    shown = set(sorted(range(len(names)), key=lambda n: (-degree[n], names[n]))[:_NAMED])
    taken: list[tuple[float, float, float, float]] = []
    texts = []
    for number in sorted(range(len(names)), key=lambda n: (-degree[n], names[n])):
        x, y = spots[number]
        radius = 4 + 1.6 * math.sqrt(degree[number])
        label = labels[names[number]]
        name = label.name or names[number]
        parts.append(
            f'<g class="party party--{stages.get(names[number], 0)}">'
            f'<title class="source-text">{escape(name)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/></g>'
        )
        if number in shown and (box := _room(x, y, radius, name, taken)):
            taken.append(box)
            texts.append(
                f'<text class="party-name source-text" x="{box[0]:.1f}" y="{box[3] - 3:.1f}">'
                f"{escape(_short(name))}</text>"
            )
    title = words("Who shares projects about this chain with whom")
    about = words("Each dot is a party, each line is shared projects; the table has them all.")
    return Markup(  # noqa: S704 - numbers, our own words and escaped names
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="net-t net-d">'
        f'<title id="net-t">{escape(title)}</title><desc id="net-d">{escape(about)}</desc>'
        f"{''.join(parts)}{''.join(texts)}</svg>"
    )


@functools.lru_cache(maxsize=128)
def _lay_out_once(
    count: int, edges: tuple[tuple[int, int, int], ...], height: int
) -> NDArray[np.float64]:
    """Give the places of a network as `lay_out` does, found once: a page is asked for again and again."""
    return lay_out(count, edges, height)


def lay_out(count: int, edges: Sequence[tuple[int, int, int]], height: int) -> NDArray[np.float64]:
    """Give places (count x 2) within the picture: ties pull, all push (Fruchterman and Reingold 1991).

    Begins on a circle in the order given, so that the same parties always give the same picture.
    """
    turn = np.arange(count) * (math.pi * (3 - math.sqrt(5)))
    reach = np.sqrt((np.arange(count) + 0.5) / count)
    spots = np.column_stack([np.cos(turn) * reach, np.sin(turn) * reach]) * 0.5
    pull = np.zeros((count, count))
    for one, other, weight in edges:
        pull[one, other] = pull[other, one] = 1 + math.log(weight)
    wish = 0.9 / math.sqrt(count)
    for heat in np.linspace(0.12, 0.002, _ROUNDS):
        apart = spots[:, None, :] - spots[None, :, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        force = (apart / far[..., None]) * (np.minimum(wish**2 / far, 1.0) - pull * far**2 / wish)[
            ..., None
        ]
        move = (
            force.sum(axis=1) - 0.6 * spots
        )  # a little towards the middle, so that pairs stay in sight
        length = np.maximum(np.linalg.norm(move, axis=1), 1e-9)
        spots = spots + move / length[:, None] * np.minimum(length, heat)[:, None]
    low, high = spots.min(axis=0), spots.max(axis=0)
    size = np.array([_WIDTH - 4 * _MARGIN, height - 2 * _MARGIN])
    placed: NDArray[np.float64] = (spots - low) / np.maximum(high - low, 1e-9) * size + _MARGIN
    return placed


def _room(
    x: float, y: float, radius: float, name: str, taken: Sequence[tuple[float, float, float, float]]
) -> tuple[float, float, float, float] | None:
    """Give the first place beside a dot where its name lies over no other; None when there is none."""
    wide, tall = 6.1 * len(_short(name)), 14.0
    for left, top in (
        (x + radius + 3, y - tall / 2),
        (x - radius - 3 - wide, y - tall / 2),
        (x - wide / 2, y - radius - tall - 1),
        (x - wide / 2, y + radius + 1),
    ):
        box = (left, top, left + wide, top + tall)
        if left < 2 or box[2] > _WIDTH - 2:
            continue
        if all(
            box[2] < other[0] or other[2] < box[0] or box[3] < other[1] or other[3] < box[1]
            for other in taken
        ):
            return box
    return None


def _short(name: str) -> str:
    if len(name) <= _LETTERS:
        return name
    kept = name.split()
    while len(kept) > 1 and len(" ".join(kept)) > _LETTERS:
        kept.pop()
    return f"{' '.join(kept)[:_LETTERS]}…"
