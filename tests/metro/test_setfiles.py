"""Sets from files: two ways to write a table, JSON with all that can be told, and what is refused."""

from pathlib import Path

import pytest

from keten.metro import FormatError, InputError, draw, read_drawing, read_set_file
from tests.metro.named import bundle_that_rejoins


def test_a_row_for_each_membership(tmp_path: Path) -> None:
    file = tmp_path / "sets.csv"
    file.write_text(
        "\ufeffset,element,label,x,y\nA,one,First,0,0\nA,two,,1,0.5\nB,two,,1,0.5\nB,one,,0,0\n"
    )
    system = read_set_file(file)
    assert dict(system.sets) == {"A": ("one", "two"), "B": ("two", "one")}
    assert system.elements["one"].label == "First"
    assert system.elements["two"].place == (1.0, 0.5)


def test_a_column_for_each_set() -> None:
    system = read_set_file(
        "element\tFood\tWater\timportance\na\tx\t\t0.2\nb\t1\tyes\t\nc\t0\tx\t1\n"
    )
    assert dict(system.sets) == {"Food": ("a", "b"), "Water": ("b", "c")}
    assert system.elements["a"].importance == 0.2


def test_json_with_all_that_can_be_told() -> None:
    system = read_set_file({
        "sets": {"A": ["a", "b"], "B": ["c", "d"]}, "ordered": True, "labels": {"A": "Food"},
        "elements": {"a": "Alpha", "b": {"label": "Beta", "group": "g", "x": 1, "y": 2}},
        "links": [["b", "c"]], "link_label": "Work together",
    })  # fmt: skip
    assert (system.ordered, system.labels["A"], system.links) == (True, "Food", (("b", "c"),))
    assert system.elements["b"].group == "g"
    assert system.elements["a"].label == "Alpha"


@pytest.mark.parametrize("bad", [
    "name,set\na,b\n", "element,set\n,A\n", "element,A,x\na,1,far\n", '{\n"sets": 3}', "{\nno",
    '{\n"sets": {"A": ["a", "b"]}, "links": [["a", "z"]]}', "\n", '{\n"sets": {}}',
])  # fmt: skip
def test_what_holds_no_sets_is_refused(bad: str) -> None:
    with pytest.raises(InputError) as told:
        read_set_file(bad)
    assert told.value.next_step


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(FormatError):
        read_set_file("no-such-file.csv")


def test_a_kept_drawing_begins_the_next(tmp_path: Path) -> None:
    network = bundle_that_rejoins()
    first = draw(network)
    first.save(tmp_path / "first.geojson")
    earlier = read_drawing(tmp_path / "first.geojson")
    assert earlier.directions() == first.directions()
    again = draw(network, start=earlier)
    for key, node in again.graph.nodes.items():
        assert node.xy == pytest.approx(first.graph.nodes[key].xy, abs=0.5 * first.scene.scale)
    with pytest.raises(FormatError):
        read_drawing("no-such-file.geojson")
