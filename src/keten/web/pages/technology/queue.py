"""The queue of technologies: one case at a time, answered in two keys, with a way back."""

from starlette.responses import Response

from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_queue import read_questions
from keten.web.pages.technology.page import SCHEME, find, read_scheme
from keten.web.pages.technology.saying import keep, may_say
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
_SKIP = "skip"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pages.page("/technologies/queue")
def queue(visit: Visiting) -> Page | Response:
    """Show the case on which the word of an editor matters most, from the place asked for on."""
    words, person = visit.words, visit.person
    start = _read_place(visit, visit.asked("at") or "1")
    technology = _read_technology(visit, visit.asked("technology"))
    view = read_questions(
        visit.con, visit.store_to_read, start, technology=technology,
        taxonomy=read_scheme(visit, SCHEME), reader=person.name if person else None,
    )  # fmt: skip
    names = {
        name: each.label.in_language(visit.language)
        for name, each in read_technologies(visit.con).items()
    }
    return Page(
        "technology/queue.html",
        words("Is this project about this technology?"),
        {"queue": view},
        {
            "technology": technology,
            "names": names,
            "may_say": may_say(visit),
            "next_address": _address(visit, view.next_position, technology)
            if view.next_position
            else "",
            "undo_address": _address(visit, view.last[0].position, technology) if view.last else "",
            "keys_script": visit.house.assets.address("review.js") if may_say(visit) else "",
        },
        crumbs=((words("Technologies"), visit.addresses.page("technologies")),),
    )


@pages.form("/technologies/queue")
def answer(visit: Visiting) -> Page | Response:
    """Keep what was said of a case, or pass it over; leads on to the next one."""
    form = visit.form
    place = _read_place(visit, form["at"])
    only = _read_technology(visit, form.get("only", ""))
    if form["label"] == _SKIP:
        return see_other(visit, _address(visit, place + 1, only))
    keep(visit, form["project"])
    return see_other(visit, _address(visit, place, only))


def name_letters(technologies: list[str]) -> dict[str, str]:
    """Give each technology of a project a letter, by which its words are marked."""
    return dict(zip(technologies, _LETTERS, strict=False))


def _address(visit: Visit, place: int, technology: str) -> str:
    return visit.addresses.page(
        "technologies/queue", technology=technology, at=place if place > 1 else None
    )


def _read_technology(visit: Visit, text: str) -> str:
    return find(visit, text).technology if text else ""


def _read_place(visit: Visit, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"at={text[:40]}")
    return int(text)
