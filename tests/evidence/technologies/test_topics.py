"""What a topic alone says of a document without text, and from which texts that may be learnt."""

import numpy as np

from keten.evidence.technologies.signals import Document
from keten.evidence.technologies.texts import hear_topics


def of_topic(code: str, number: int, text: str | None) -> Document:
    return Document(f"{code}{number}", text, text, ((code, f"Topic {code}"),))


def hear(documents: list[Document], chance: float) -> np.ndarray:
    """Give the chances of those without text, where those with one about lasers have `chance`."""
    told = np.array([each.has_text for each in documents])
    known = [chance if "laser" in (each.title or "") else 0.01 for each in documents if each.title]
    odds = hear_topics(documents, told, np.array(known).reshape(-1, 1, 1))
    return 1 / (1 + np.exp(-odds[:, 0, 0]))


def test_a_topic_speaks_for_what_its_texts_are_about() -> None:
    documents = [of_topic("LIGHT", n, "laser") for n in range(40)]
    for code in ("SHIPS", "TREES", "RAILS", "TOWNS", "BIRDS"):
        documents += [of_topic(code, n, "harbour") for n in range(40)]
    documents += [of_topic("LIGHT", 90, None), of_topic("SHIPS", 91, None)]
    light, ships = hear(documents, 0.99)
    assert light > 0.6
    assert ships < 0.2


def test_texts_that_were_picked_by_their_subject_teach_nothing_about_their_topic() -> None:
    """Ten fellowships of two hundred have a text: those about lasers, for they were picked for that."""
    documents = [of_topic("FELLOW", n, "laser" if n < 10 else None) for n in range(200)]
    documents += [of_topic("SHIPS", n, "harbour") for n in range(40)]
    documents += [of_topic("LIGHT", n, "laser") for n in range(4)]
    assert hear(documents, 0.99).max() < 0.3


def test_who_says_nothing_is_as_likely_as_any() -> None:
    documents = [of_topic("LIGHT", n, "laser") for n in range(30)]
    documents += [of_topic("SHIPS", n, "harbour") for n in range(70)]
    documents.append(Document("silent", None, None))
    (silent,) = hear(documents, 1.0)
    assert 0.25 < silent < 0.35
