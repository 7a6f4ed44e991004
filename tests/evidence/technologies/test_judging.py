"""A document is judged by its words; what an editor says holds, and teaches about others of the kind."""

import numpy as np

from keten.evidence.technologies.judging import Judged, judge
from keten.evidence.technologies.model import read_model
from keten.evidence.technologies.signals import Document
from keten.model import About
from tests.evidence.technologies.made import ENTRIES, LASER, SHIPS, SHOW, document

MODEL = read_model()


def run(documents: list[Document], *abouts: About) -> Judged:
    return judge(ENTRIES, documents, abouts, MODEL)


def about(project: str, label: str, number: int = 1, entry: str = "optics") -> About:
    return About(number, project, "technologies", entry, label, "editor", "why", "2026-01-01")


def test_words_speak_for_an_entry_and_for_no_other() -> None:
    found = run([document("a", LASER, "A photonic laser"), document("b", SHIPS)])
    assert found.chance[0, 0, 0] > 0.6
    assert found.chance[0, 1, 0] < 0.1
    assert (found.chance[1] < 0.1).all()
    assert (found.chance[..., 1] <= found.chance[..., 0]).all()


def test_each_word_that_spoke_is_told_with_its_place() -> None:
    found = run([document("a", LASER)])
    told = {LASER[hit.start : hit.end] for hit in found.hits if hit.place == "objective"}
    assert told == {"laser", "photonic"}


def test_a_project_without_text_is_judged_by_its_topic_and_marked() -> None:
    bare = Document("a", None, None, (("ICT-1", "Photonic chips and lasers"),))
    found = run([bare, document("b", LASER)])
    assert found.has_text.tolist() == [False, True]
    assert found.chance[0, 0, 0] > run([Document("a", None, None)]).chance[0, 0, 0]


def test_an_editor_is_right_whatever_the_model_says() -> None:
    documents = [document("a", LASER), document("b", SHIPS)]
    found = run(documents, about("a", "none"), about("b", "develops"))
    assert found.chance[:, 0, :].tolist() == [[0.0, 0.0], [1.0, 1.0]]
    again = run(documents, about("a", "none"), about("a", "applies", number=2))
    assert again.chance[0, 0].tolist() == [1.0, 0.0]


def test_twenty_corrections_of_a_kind_change_others_of_that_kind() -> None:
    """Lasers on a stage are no optics, an editor says twenty times; then keten says so too."""
    rng = np.random.default_rng(1)
    filler = ["river", "wind", "stone", "glacier", "winter", "core", "depth", "layer", "north"]

    def text(kind: str, number: int) -> Document:
        words = " ".join(rng.choice(filler, 12))
        summary = f"{SHOW if kind == 'show' else LASER} {words}"
        title = "A photonic laser show" if kind == "show" else "A photonic laser"
        return document(f"{kind}{number:03}", summary, title)

    documents = [text("show", n) for n in range(40)] + [text("laser", n) for n in range(40)]
    documents += [document(f"ships{n:03}", SHIPS) for n in range(120)]
    before = run(documents)
    after = run(documents, *(about(f"show{n:03}", "none", n + 1) for n in range(20)))
    held_out, other = slice(20, 40), slice(40, 80)
    assert (before.chance[held_out, 0, 0] > 0.39).all()
    assert (after.chance[held_out, 0, 0] < 0.2).all()
    assert (after.chance[other, 0, 0] > MODEL.given[0]).all()
    assert np.abs(after.chance[80:] - before.chance[80:]).max() < 0.1
    assert (after.chance[:, 1] == before.chance[:, 1]).all()


def test_the_same_documents_give_the_same_twice() -> None:
    documents = [document("a", LASER), document("b", SHIPS)]
    assert (run(documents).chance == run(documents).chance).all()
