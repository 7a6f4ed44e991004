"""From counts to features: what the model weighs, the same for every entry of a taxonomy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.evidence.technologies.signals import AT

Floats = NDArray[np.float64]

FEATURES: Final = (
    "title_names", "title_means", "title_hints", "names", "means", "hints", "different_names",
    "different_means", "different_hints", "early_names", "early_means", "late_names", "rate_names",
    "rate_means", "rate_hints", "making", "using", "topic_names", "topic_means", "field",
    "near_field", "part", "topic", "beyond_names", "beyond_means", "ahead", "share",
)  # fmt: skip


def make_features(counts: NDArray[np.float32]) -> Floats:
    """Give the features (documents x entries x `FEATURES`) of counts."""

    def of(name: str) -> Floats:
        return counts[..., AT[name]].astype(np.float64)

    said = of("names") + 2 * of("title_names")
    weight = (
        np.log1p(of("names"))
        + np.minimum(of("title_names"), 2)
        + 0.5 * np.log1p(of("different_names"))
    )
    others = np.where(
        weight == weight.max(axis=1, keepdims=True),
        _second(weight),
        weight.max(axis=1, keepdims=True),
    )
    per_hundred = 100 / np.maximum(of("words"), 1)
    columns = {
        "title_names": np.minimum(of("title_names"), 2),
        "title_means": np.minimum(of("title_means"), 1),
        "title_hints": np.minimum(of("title_hints"), 2),
        "rate_names": np.log1p(of("names") * per_hundred),
        "rate_means": np.log1p(of("means") * per_hundred),
        "rate_hints": np.log1p(of("hints") * per_hundred),
        "ahead": weight - others,
        "share": said / np.maximum(said.sum(axis=1, keepdims=True), 1),
    } | {
        name: of(name)
        for name in ("topic_names", "topic_means", "field", "near_field", "part", "topic")
    }
    return np.stack(
        [columns[name] if name in columns else np.log1p(of(name)) for name in FEATURES], axis=-1
    )


def _second(weight: Floats) -> Floats:
    if weight.shape[1] < 2:
        return np.zeros((len(weight), 1))
    return np.sort(weight, axis=1)[:, -2:-1]
