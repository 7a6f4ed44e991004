"""What the comparison says: for each trial the product beside its baselines, target beside measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.resolution import metrics
from benchmarks.resolution.judged import find_judged, read_judgements
from benchmarks.resolution.metrics import Estimate, Flags, Links
from benchmarks.resolution.sides import Trial
from benchmarks.verdict import Line

QUEUE: Final = 0.10  # pairs asked about, as a share of the records asked about
BLOCKING: Final = (0.975, 20.0)
ROR_TARGET: Final = (0.98, 0.93)
# The precision, as the truth stands, from which the threshold is chosen on the half that is learnt from:
# of what the truth denies up there, reading found most to be its own errors.
ROR_CHOSEN_AT: Final = 0.975


@dataclass(frozen=True)
class Target:
    """What a trial must reach: recall without review, recall with the queue, and F1."""

    recall: float
    queue: float
    f1: float
    precision: float = 0.99


TARGETS: Final = {"fp7": Target(0.82, 0.92, 0.92), "dump": Target(0.85, 0.92, 0.93)}


@dataclass(frozen=True)
class Method:
    """What a method proposed on a trial: every candidate it scored, and what it would join by itself."""

    name: str
    links: Links
    accepted: Links | None = None

    @property
    def best(self) -> Links:
        """The links, one at most for each row: no two numbers of one register are joined."""
        return metrics.link_one_to_one(self.links)


# What is known of the exact name on the whole truth: for all, and for the Netherlands.
KNOWN: Final = {"fp7": (0.858, 0.876), "dump": (0.874, 0.898)}


def report_trial(trial: Trial, methods: list[Method], ours: Method) -> list[Line]:
    """Report a trial with two halves: thresholds from the even one, everything told of the odd one."""
    odd, even = trial.queries("odd"), trial.queries("even")
    target = TARGETS[trial.name]
    lines = [Line("records asked about, pairs of the truth", _size(trial, odd))]
    lines += _tell_known(trial, methods[0])
    cut: dict[str, Links] = {}
    for method in (*methods, ours):
        curve = metrics.trace_curve(method.best, trial.truth, even)
        threshold = metrics.best_threshold(curve)
        cut[method.name] = method.best.above(threshold)
        lines += _tell_method(trial, method, cut[method.name], threshold)
    found = metrics.count(cut[ours.name], trial.truth, odd)
    f1 = metrics.estimate_rates(found)[2]
    lines.append(_at_least("F1 of the product", f1, target.f1))
    at_best = metrics.trace_curve(ours.best, trial.truth, odd)
    lines.append(Line("the same, had the odd half chosen", f"{at_best.f1.max(initial=0):.4f}"))
    for method in methods:
        theirs = metrics.count(cut[method.name], trial.truth, odd)
        gain = metrics.estimate_gain(found, theirs)
        lines.append(Line(f"F1 above {method.name}", str(gain), "interval above 0", gain.low > 0))
    return [*lines, *_tell_accepted(trial, ours, target), *_tell_blocking(trial, ours)]


def report_registry(trial: Trial, exact: Method, ours: Method) -> list[Line]:
    """Report PIC to ROR: what was tuned on the one half, on the other.

    Asked about are PICs that some source gives a name. Several PICs may be parts of what ROR holds as
    one; the build joins one of them, the best. An exact name counts where it leads to one record only.
    """
    assert ours.accepted is not None
    named = np.array([bool(names) for names in trial.left.column("names").to_pylist()])
    nameless = int((~named & trial.queries("odd")).sum())
    lines = [
        Line("PICs asked about, pairs of the truth", _size(trial, trial.queries("odd") & named)),
        Line("more, whose PIC has no name here: nobody can find them", str(nameless)),
    ]
    best = metrics.link_left_once(ours.links)
    curve = metrics.trace_curve(best, trial.truth, trial.queries("even") & named)
    threshold = float(curve.threshold[curve.precision >= ROR_CHOSEN_AT].min(initial=np.inf))
    known = np.bincount(exact.links.left, minlength=trial.left.num_rows) == 1
    told = (
        (exact.name, exact.links.asked(known), None),
        (f"{ours.name} (from {threshold:.3g})", best.above(threshold), ROR_TARGET),
        (f"{ours.name}, accepted", metrics.link_left_once(ours.accepted), None),
        (f"{ours.name}, joined (one PIC for each ROR)", _accepted(ours), None),
    )
    for name, links, target in told:
        for who, queries in _groups(trial, "odd"):
            wanted = (None, None) if target is None or who else target
            lines += _tell_rates(f"{name}{who}", trial, links, queries & named, wanted)
    return [*lines, *_tell_blocking(trial, ours, named, is_target=False)]


def _tell_rates(
    name: str,
    trial: Trial,
    links: Links,
    queries: Flags,
    wanted: tuple[float | None, float | None],
) -> list[Line]:
    """Tell precision as the truth stands, with its judged errors set aside, and recall."""
    aside = _judged_wrong(trial, links)
    raw = metrics.estimate_rates(metrics.count(links, trial.truth, queries))
    fair = metrics.estimate_rates(metrics.count(links.chosen(~aside), trial.truth, queries))
    many = int(aside[queries[links.left]].sum())
    lines = [
        Line(f"{name}: precision as the truth stands", str(raw[0])),
        _at_least(f"{name}: precision, {many} errors of the truth aside", fair[0], wanted[0]),
    ]
    return [*lines, _at_least(f"{name}: recall", raw[1], wanted[1])]


def _judged_wrong(trial: Trial, links: Links) -> Flags:
    """Say of each link whether the truth denies it and reading found it right."""
    found = find_judged(links, trial, read_judgements(trial.name), "one")
    return found & ~metrics.find_hits(links, trial.truth)


def report_samples() -> list[Line]:
    """Tell what reading found of pairs on lists that have no truth: links, and what people are asked."""
    lines = []
    for sample, what in (("links", "linked, and one"), ("misses", "asked about, and one")):
        verdicts = list(read_judgements(sample).values())
        if not verdicts:
            continue
        ones, unsure = verdicts.count("one"), verdicts.count("unsure")
        lines.append(
            Line(f"{what}: of {len(verdicts)}, {unsure} unsure", _share(ones, len(verdicts)))
        )
    return lines


def _share(many: int, of: int) -> str:
    """Write a share with its interval (Wilson 1927), which holds for small counts too."""
    share, z = many / of, 1.96
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return str(Estimate(share, middle - half, middle + half))


def pick_queue(links: Links, accepted: Links, asked: Flags) -> Links:
    """Give the pairs people are asked about: the likeliest, of rows not linked yet, one for each row."""
    rest = links.asked(asked)
    is_free = ~np.isin(rest.left, accepted.left) & ~np.isin(rest.right, accepted.right)
    rest = metrics.link_one_to_one(rest.chosen(is_free))
    order = np.lexsort((rest.right, rest.left, -rest.score))[: int(QUEUE * asked.sum())]
    return rest.chosen(np.sort(order))


def _tell_known(trial: Trial, exact: Method) -> list[Line]:
    """Tell the plain baseline on the whole truth, with every link it gives, beside what is known."""
    lines = []
    for (who, queries), known in zip(_groups(trial, "all"), KNOWN[trial.name], strict=True):
        f1 = metrics.estimate_rates(metrics.count(exact.links, trial.truth, queries))[2]
        lines.append(Line(f"{exact.name}{who}: F1 on both halves (known: {known})", str(f1)))
    return lines


def _tell_method(trial: Trial, method: Method, links: Links, threshold: float) -> list[Line]:
    lines = []
    for who, queries in _groups(trial, "odd"):
        counts = metrics.count(links, trial.truth, queries)
        precision, recall, f1 = metrics.estimate_rates(counts)
        scores = metrics.score_bcubed(links, trial.truth, queries, trial.right.num_rows)
        name = f"{method.name}{who}"
        lines += [
            Line(f"{name}: F1 (threshold {threshold:.3g})", str(f1)),
            Line(f"{name}: precision, recall", f"{precision.value:.4f}, {recall.value:.4f}"),
            Line(f"{name}: B-cubed F1", str(metrics.estimate_bcubed(scores))),
        ]
    return lines


def _tell_accepted(trial: Trial, ours: Method, target: Target) -> list[Line]:
    lines = []
    accepted = _accepted(ours)
    is_wrong_truth = _judged_wrong(trial, accepted)
    fair = accepted.chosen(~is_wrong_truth)
    for who, queries in _groups(trial, "odd"):
        raw = metrics.estimate_rates(metrics.count(accepted, trial.truth, queries))
        mended = metrics.estimate_rates(metrics.count(fair, trial.truth, queries))[0]
        asked = pick_queue(ours.links, accepted, queries)
        both = Links(
            *(np.concatenate(pair) for pair in zip(_parts(fair), _parts(asked), strict=True))
        )
        queued = metrics.estimate_rates(metrics.count(both, trial.truth, queries))[1]
        aside = int(is_wrong_truth[queries[accepted.left]].sum())
        is_all = not who
        lines += [
            Line(f"accepted{who}: precision as the truth stands", str(raw[0])),
            _at_least(
                f"accepted{who}: precision, {aside} errors of the truth set aside",
                mended,
                target.precision if is_all else None,
            ),
            _at_least(f"accepted{who}: recall", raw[1], target.recall if is_all else None),
            _at_least(
                f"accepted{who}, with {len(asked.left)} pairs asked: recall",
                queued,
                target.queue if is_all else None,
            ),
        ]
    return lines


def _tell_blocking(
    trial: Trial, ours: Method, among: Flags | None = None, *, is_target: bool = True
) -> list[Line]:
    lines = []
    for who, asked in _groups(trial, "odd"):
        queries = asked if among is None else asked & among
        counts = metrics.count(ours.links, trial.truth, queries).sum(axis=0)
        recall = counts[0] / max(counts[2], 1)
        each = counts[1] / max(queries.sum(), 1)
        is_told = is_target and not who
        lines += [
            Line(
                f"blocking{who}: recall", f"{recall:.4f}",
                f"at least {BLOCKING[0]}" if is_told else "",
                bool(recall >= BLOCKING[0]) if is_told else None,
            ),
            Line(
                f"blocking{who}: candidates a record", f"{each:.1f}",
                f"at most {BLOCKING[1]:g}" if is_told else "",
                bool(each <= BLOCKING[1]) if is_told else None,
            ),
        ]  # fmt: skip
    return lines


def _groups(trial: Trial, half: str) -> list[tuple[str, Flags]]:
    queries = trial.queries(half)
    return [("", queries), (" NL", queries & trial.is_dutch)]


def _accepted(ours: Method) -> Links:
    assert ours.accepted is not None
    return metrics.link_one_to_one(ours.accepted)


def _size(trial: Trial, queries: Flags) -> str:
    pairs = int(queries[trial.truth[:, 0]].sum())
    dutch = int((queries & trial.is_dutch)[trial.truth[:, 0]].sum())
    return f"{int(queries.sum())}, {pairs} (NL {dutch})"


def _parts(links: Links) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return links.left, links.right, links.score


def _at_least(what: str, value: Estimate, target: float | None) -> Line:
    if target is None:
        return Line(what, str(value))
    return Line(what, str(value), f"at least {target:g}", value.value >= target)
