"""The queue of what projects are about: one case at a time, answered in two keys, with a way back."""

from collections.abc import Mapping

from starlette.responses import Response

from keten.atlas.subject_name import ONES, read_subjects
from keten.atlas.technology_queue import read_questions
from keten.atlas.technology_views import ProjectAbout
from keten.web.pages.technology.page import MISSIONS, SCHEME, find, read_scheme
from keten.web.pages.technology.saying import keep, keep_subject, may_say
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
    only = _read_only(visit, {one: visit.asked(one) for one in ONES})
    view = read_questions(
        visit.con, visit.store_to_read, start, only=only, taxonomy=read_scheme(visit, SCHEME),
        missions=read_scheme(visit, MISSIONS), reader=person.name if person else None,
    )  # fmt: skip
    return Page(
        "technology/queue.html",
        words("Is this project about this?"),
        {"queue": view},
        {
            "only": read_subjects(visit.con).get(only),
            "may_say": may_say(visit),
            "next_address": _address(visit, view.next_position, only) if view.next_position else "",
            "undo_address": _address(visit, view.last[0].position, only) if view.last else "",
            "again_address": _address(visit, 1, only),
            "keys_script": visit.house.assets.address("review.js") if may_say(visit) else "",
        },
        crumbs=((words("Technologies"), visit.addresses.page("technologies")),),
    )


@pages.form("/technologies/queue")
def answer(visit: Visiting) -> Page | Response:
    """Keep what was said of a case, or pass it over; leads on to the next one."""
    form = visit.form
    place = _read_place(visit, form["at"])
    one, _, name = form.get("only", "").partition(":")
    only = _read_only(visit, {one: name})
    if form["label"] == _SKIP:
        return see_other(visit, _address(visit, place + 1, only))
    (keep if form.get("technology") else keep_subject)(visit, form["project"])
    return see_other(visit, _address(visit, place, only))


def name_letters(about: ProjectAbout) -> dict[str, str]:
    """Give what a project is about a letter each, by which its words are marked."""
    names = [row.name.technology for row in about.given]
    names += [row.subject.key for row in about.subjects if row.label == "about"]
    return dict(zip(names, _LETTERS, strict=False))


def _address(visit: Visit, place: int, only: str) -> str:
    one, _, name = only.partition(":")
    asked = {one: name} if name else {}
    return visit.addresses.page("technologies/queue", **asked, at=place if place > 1 else None)


def _read_only(visit: Visit, asked: Mapping[str, str]) -> str:
    """Give the key of what the queue is narrowed to, or nothing; raises Trouble for what is not known."""
    key = next((f"{one}:{name}" for one, name in asked.items() if name), "")
    if key.startswith("technology:"):
        find(visit, key.removeprefix("technology:"))
    elif key and key not in read_subjects(visit.con):
        raise bad_question(visit.words, key[:80])
    return key


def _read_place(visit: Visit, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"at={text[:40]}")
    return int(text)
