"""The weights of chains: one set for all of them, so that it holds for a chain that nobody read.

They were fitted on the half of the read projects that is to tune on.
"""

from keten.evidence.chains.features import FEATURES
from keten.evidence.technologies.plain_model import PlainModel, read_plain_model


def read_model() -> PlainModel:
    """Give the model that the product ships with; raises BuildError when it fits other features."""
    return read_plain_model(
        "keten.evidence.chains",
        "weights.json",
        FEATURES,
        "python -m benchmarks.classification tune-chains",
    )
