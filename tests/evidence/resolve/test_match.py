"""Matching: who is proposed to be whom, and that neither order nor what came before makes a difference."""

import random
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest

from keten.evidence.resolve.compare import PARTS
from keten.evidence.resolve.learn import Ruled, learn
from keten.evidence.resolve.match import compare_units, find_matches, make_units, score
from keten.evidence.resolve.weights import SECOND, second_numbers, shipped_model

FIRMS = (
    "Windmolenbouw Zutphen", "Kaasmakerij De Hoop", "Fotonica Twente", "Aardappelzetmeel Veendam",
    "Scheepswerf Harlingen", "Laserlab Enschede", "Zonnepanelen Drenthe", "Bakkerij Molenaar",
    "Koeltechniek Deventer", "Glasvezel Almelo", "Papierfabriek Eerbeek", "Melkrobot Hengelo",
)  # fmt: skip


def row(key: str, register: str, name: str, **more: object) -> dict[str, object]:
    return {"key": key, "register": register, "names": [name], "countries": ["NL"], **more}


def world() -> list[dict[str, object]]:
    rows = []
    for number, firm in enumerate(FIRMS):
        city = firm.split()[-1]
        rows.append(
            row(
                f"he:{number}",
                "pic",
                f"{firm.upper()} BV",
                cities=[city],
                postcodes=[f"{7000 + number}AA"],
            )
        )
        rows.append(row(f"kvk:{number}", "kvk", f"{firm} B.V."))
        rows.append(row(f"rijk:{number}", "none", f"{firm} Holding B.V."))
    return rows


def told(units: pa.Table, found: pa.Table) -> set[tuple[str, str, float]]:
    keys = units["key"].to_pylist()
    return {
        (*sorted((keys[one], keys[other])), round(value, 6))  # type: ignore[misc]
        for one, other, value in zip(
            found["left"].to_pylist(), found["right"].to_pylist(), found["score"].to_pylist(),
            strict=True,
        )
    }  # fmt: skip


def chances(rows: list[dict[str, object]]) -> Mapping[tuple[str, str], float]:
    units = make_units(rows)
    found = find_matches(units, shipped_model())
    keys = units["key"].to_pylist()
    return {
        tuple(sorted((keys[one], keys[other]))): chance  # type: ignore[misc]
        for one, other, chance in zip(
            found["left"].to_pylist(), found["right"].to_pylist(),
            found["probability"].to_pylist(), strict=True,
        )
    }  # fmt: skip


def test_a_name_finds_its_own_firm_first() -> None:
    found = chances(world())
    for number in range(len(FIRMS)):
        own = found[f"he:{number}", f"kvk:{number}"]
        others = [
            chance
            for (one, other), chance in found.items()
            if one == f"he:{number}" and other.startswith("kvk:") and other != f"kvk:{number}"
        ]
        assert own > 0.8
        assert own > max(others, default=0.0)


def test_the_order_of_rows_makes_no_difference() -> None:
    rows = world()
    units = make_units(rows)
    plain = told(units, find_matches(units, shipped_model()))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        units = make_units(rows)
        assert told(units, find_matches(units, shipped_model())) == plain


def test_what_did_not_change_is_not_compared_again_and_the_result_is_the_same() -> None:
    rows = world()
    rows += [{**row("he:b", "pic", "Bakkerij Gent"), "countries": ["BE"]},
             {**row("kvk:b", "kvk", "Bakkerij Gent"), "countries": ["BE"]}]  # fmt: skip
    before = compare_units(make_units(rows))
    rows[0] = row("he:0", "pic", "WINDMOLENBOUW ZUTPHEN EN OMSTREKEN BV")
    units = make_units(rows)
    touched = compare_units(units, before.blocks)
    anew = compare_units(units)
    assert 0 < touched.compared < anew.compared
    model = shipped_model()
    assert told(units, score(touched, units, model)) == told(units, score(anew, units, model))


def test_an_acronym_alone_never_links() -> None:
    rows = [
        row("he:1", "pic", "ABC", cities=["Utrecht"]),
        row("ror:1", "ror", "ABC", cities=["Maastricht"]),
        row("he:2", "pic", "Algemene Bakkerij Centrale", acronyms=["XYZ"]),
        row("ror:2", "ror", "Xylofoon Yoga Zang", acronyms=["XYZ"]),
    ]
    units = make_units(rows)
    found = find_matches(units, shipped_model())
    pairs = zip(found["left"].to_pylist(), found["right"].to_pylist(), strict=True)
    may = dict(zip(pairs, found["may_link"].to_pylist(), strict=True))
    assert may
    assert not any(may.values())


def test_weights_are_there_for_every_level() -> None:
    model = shipped_model()
    assert len(model.second) == sum(SECOND.values())
    assert model.information.shape == (len(model.second), len(model.second))
    assert np.allclose(model.information, model.information.T)
    assert 0.5 < model.accept < 1


@pytest.mark.parametrize("is_one", [False, True])
def test_twenty_corrections_of_one_kind_change_cases_of_that_kind_that_nobody_saw(
    *, is_one: bool
) -> None:
    """The kind: the same words, in another place, and one of the names has a group's word more."""
    seeded = np.random.default_rng(7)
    columns = {part: place for place, part in enumerate(PARTS)}
    levels = np.zeros((60, len(PARTS)), np.uint8)
    levels[:, columns["spelling"]] = seeded.choice([5, 6, 7], 60)
    levels[:, columns["order"]] = seeded.choice([5, 6, 7], 60)
    levels[:, columns["contained"]] = 6
    levels[:, columns["share_less"]] = seeded.choice([4, 5, 6], 60)
    levels[:, columns["share_more"]] = 8
    levels[:, columns["common"]] = seeded.choice([3, 4, 5], 60)
    levels[:, columns["left_over_most"]] = seeded.choice([4, 5], 60)
    levels[:, columns["left_over_kind"]] = 2
    levels[:, columns["length"]] = seeded.choice([3, 4, 5], 60)
    levels[:, columns["city"]] = 1
    numbers = second_numbers(levels, np.full(60, 7, np.uint8), np.full(60, 9, np.uint8))
    model = shipped_model()
    after = learn(model, [Ruled(tuple(line), is_one) for line in numbers[:20].tolist()])
    moved = after.score(numbers[20:]) - model.score(numbers[20:])
    assert (moved > 1.0).all() if is_one else (moved < -1.0).all()
    # Names that are the same, at the same address, stay what they were.
    plain = np.zeros((1, len(PARTS)), np.uint8)
    for part, level in (
        ("spelling", 9), ("order", 9), ("contained", 6), ("share_less", 8), ("share_more", 8),
        ("common", 5), ("length", 4), ("forms", 3), ("postcode", 4), ("city", 4), ("street", 4),
    ):  # fmt: skip
        plain[0, columns[part]] = level
    same = second_numbers(plain, np.array([9], np.uint8), np.array([11], np.uint8))
    assert abs(after.score(same)[0] - model.score(same)[0]) < 0.5 * abs(moved).mean()
    assert learn(model, []) is model
