"""What words say of one entry is learnt without regard to any other."""

import numpy as np

from keten.evidence.technologies.texts import hear_texts, weigh_texts


def test_what_is_said_of_one_entry_moves_no_other() -> None:
    """A search for all at once ends before it is quite there, and lets one entry move another."""
    rng = np.random.default_rng(2)
    words = [f"word{n}" for n in range(60)]
    texts = [tuple(rng.choice(words, 12)) for _ in range(80)]
    design = weigh_texts([()] * len(texts), texts, 2).weights
    chance = rng.random((len(texts), 3, 2))
    keys = [f"text{n}" for n in range(len(texts))]
    before = hear_texts(design, keys, chance, np.ones(chance.shape))
    changed = chance.copy()
    changed[:20, 0] = 0.0
    after = hear_texts(design, keys, changed, np.ones(chance.shape))
    assert (after.odds[:, 1:] == before.odds[:, 1:]).all()
    assert (after.odds[:, 0] != before.odds[:, 0]).any()
    side = after.side[0]
    assert after.odds.shape == chance.shape
    assert np.abs(design[:1] @ after.weights[side][:, 1]).max() > 0
