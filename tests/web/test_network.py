"""The picture of a chain's network: names of parties are words of a source, whatever they hold."""

from keten.atlas.views import Tie
from keten.model import Figure, Label, Scope
from keten.web.language import words_in
from keten.web.pictures.network import draw_network
from scripts.tracing.page import read_page


def test_a_digit_in_a_name_is_marked_as_words_of_a_source() -> None:
    one, other = (
        Label(f"pic:{number}", name, None, "company", "NL", None)
        for number, name in ((1, "TF2 <Devices> B.V."), (2, "Lab 42"))
    )
    projects = Figure(
        3, "count", "shared_projects", Scope.of(organisation="pic:1", partner="pic:2")
    )
    picture = draw_network([Tie(one, other, projects)], {"pic:1": 0}, words_in("en"))
    assert picture.count("Lab 42") == 2  # beside its dot, and for who points at it
    assert "TF2 &lt;Devices&gt;" in picture
    assert read_page(f"<!doctype html><body>{picture}</body>").strays == []
