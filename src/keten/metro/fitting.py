"""Labels for all stations, and a drawing that has room for them.

Labels are placed where they ask for least room; the drawing gives way as far as that is worth it; who
asked in vain looks elsewhere and offers more, try after try. What is still wrong at the end stands
further off, is written smaller, or gets a number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.spatial.distance import cdist

from keten.metro.easing import Easer, judge_places
from keten.metro.graph import Graph
from keten.metro.labelling import Label, Labelling, Room, Wear, place_labels
from keten.metro.options import Text
from keten.metro.rooms import Conflicts, count_bodies, find_conflicts, home_of
from keten.metro.scene import Scene, Style, make_scene

# Labels ask for room where nothing else is left, at these costs, and get it as far as it is worth a
# price per cell. Who asked in vain pays more for the same, offers more, and looks farther off.
ROOM = Room(60.0, 100.0, 100.0, lack=2000.0)
PRICE, RAISE, WEAR = 2.0, 1.3, 100.0
TRIES = 6
FAR_AFTER = 2  # tries in vain
AROUND = 2.5  # L: labels so near to a wrong one are placed anew with it
INSISTING = 0.16  # of all: where more are wrong, a high price would only spoil the drawing
INSIST, INSISTED_PRICE = 6, 20.0  # times that the last wrong ones get room at a high price
LAST_PRICE = 100.0
SHRINKS = (0.85, 0.7)


def fit_labels(
    easer: Easer,
    graph: Graph,
    style: Style,
    texts: Sequence[Text],
    *,
    effort: float,
    seed: int,
    before: Mapping[str, str] | None,
    stop: Callable[[], bool] | None,
) -> tuple[Scene, Labelling]:
    """Labels for all stations, and a drawing with room for them.

    Try by try labels ask for room and the drawing gives way; the last wrong ones insist; who finds no
    place all the same stands further off, is written smaller, or gets a number.
    """
    asking = Asking(easer, make_scene(graph, style), texts, effort=effort, seed=seed, before=before)
    for _ in range(TRIES):
        asking.go()
        if not asking.wrong or (stop is not None and stop()):
            break
    for attempt in range(INSIST):
        few = 0 < len(asking.best[2]) <= INSISTING * len(texts)
        if few and not (stop is not None and stop()):
            asking.insist(around=attempt > 1)
    scene, held, wrong = asking.best
    if not wrong:
        return scene, Labelling(tuple(held.values()), ())
    for attempt in range(2 + len(SHRINKS)):
        if attempt > 1:
            texts = [
                replace(t, shrink=SHRINKS[attempt - 2]) if t.station in wrong else t for t in texts
            ]
        texts = [replace(t, far=True) if t.station in wrong else t for t in texts]
        found = place_labels(
            scene, texts, effort=effort, seed=seed, before=before, held=held,
            moving=_around(scene, held, wrong) if attempt else wrong,
        )  # fmt: skip
        wrong = {label.station for label in found.blocked}
        held = {label.station: label for label in found.labels}
        if not wrong:
            break
    numbered: set[str] = set()
    while found.blocked and not wrong <= numbered:
        numbered |= wrong
        found = place_labels(
            scene, _number(texts, numbered), effort=effort, seed=seed, before=before, held=held,
            moving=numbered,  # all of them, since one more may change the others' numbers
        )  # fmt: skip
        wrong = {label.station for label in found.blocked}
        held = {label.station: label for label in found.labels}
    if not found.blocked:
        eased, labels = easer.give_room(scene, found.labels, [LAST_PRICE] * len(found.labels))
        if not find_conflicts(eased, labels).wrong:
            scene, found = eased, Labelling(labels, ())
    return scene, found


class Asking:
    """Labels that ask for room, try after try, and learn from what they do not get."""

    def __init__(
        self, easer: Easer, scene: Scene, texts: Sequence[Text], *,
        effort: float, seed: int, before: Mapping[str, str] | None,
    ) -> None:  # fmt: skip
        self.easer = easer
        self.scene = scene
        self.texts = list(texts)
        self.effort, self.seed, self.before = effort, seed, before
        self.held: dict[str, Label] = {}
        self.fails: Counter[str] = Counter()
        self.wrong: set[str] = set()
        self.moving: set[str] | None = None
        self.wear: Wear | None = None
        self.quality = math.inf
        self.best: tuple[Scene, dict[str, Label], set[str]] = (
            scene,
            {},
            {t.station for t in texts},
        )

    def insist(self, *, around: bool) -> None:
        """From the best so far, place only what is wrong (or what is `around` it, too), and give room
        at a high price."""
        self.scene, self.held, self.wrong = self.best
        self.moving = _around(self.scene, self.held, self.wrong) if around else set(self.wrong)
        self.go(INSISTED_PRICE)

    def go(self, last: float = 0.0) -> None:
        """Place what is wrong anew, give it room, and see what is wrong now."""
        found = place_labels(
            self.scene, self.texts, effort=self.effort, seed=self.seed, before=self.before,
            held=self.held, moving=self.moving, room=ROOM, wear=self.wear,
        )  # fmt: skip
        prices = [last or PRICE * RAISE ** self.fails[label.station] for label in found.labels]
        self.scene, labels = self.easer.give_room(self.scene, found.labels, prices)
        conflicts = find_conflicts(self.scene, labels)
        self.held = {label.station: label for label in labels}
        self.wrong = {labels[i].station for i in conflicts.wrong}
        self.wrong |= {label.station for label in found.blocked}
        self._learn(labels, conflicts)
        quality = sum(judge_places(self.scene.graph, self.easer.wishes, self.easer.cell))
        if (len(self.wrong), quality) < (len(self.best[2]), self.quality):
            self.best, self.quality = (self.scene, dict(self.held), set(self.wrong)), quality
        self.moving = _around(self.scene, self.held, self.wrong)

    def _learn(self, labels: Sequence[Label], conflicts: Conflicts) -> None:
        number = {text.station: i for i, text in enumerate(self.texts)}
        self.fails.update(self.wrong)
        bodies = count_bodies(self.scene)
        if self.wear is None or self.wear.bodies.shape[1] != bodies:
            self.wear = Wear(len(self.texts), bodies)
        for i, body in conflicts.bodies:
            self.wear.bodies[number[labels[i].station], body] += WEAR
        for i, j in conflicts.labels:
            a, b = number[labels[i].station], number[labels[j].station]
            self.wear.pairs[a, b] += WEAR
            self.wear.pairs[b, a] += WEAR
        self.texts = [
            replace(text, far=self.fails[text.station] >= FAR_AFTER) for text in self.texts
        ]


def _around(scene: Scene, held: Mapping[str, Label], wrong: Collection[str]) -> set[str]:
    """Stations whose labels are wrong, or stand near to one that is."""
    if not held or not wrong:
        return set(wrong)
    stations = list(held)
    places = np.array([held[station].middle for station in stations])
    bad = [held[s].middle if s in held else home_of(scene.graph, s) for s in sorted(wrong)]
    near = (cdist(places, np.array(bad)) < AROUND * scene.scale).any(axis=1)
    return {*wrong, *(stations[i] for i in np.flatnonzero(near))}


def _number(texts: Sequence[Text], hard: Collection[str]) -> list[Text]:
    """Who found no place gets a number; the name goes to the legend."""
    numbered: list[Text] = []
    for text in texts:
        if text.station in hard:
            key = str(1 + sum(t.key != "" for t in numbered))
            numbered.append(
                replace(text, text=key, key=key, badges=(), bold=True, shrink=1.0, far=True)
            )
        else:
            numbered.append(text)
    return numbered
