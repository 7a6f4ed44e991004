"""The review queue: one pair at a time, judged in two keys, with a way back; for readers to follow."""

from starlette.responses import Response

from keten.atlas.queue import read_queue
from keten.web.language import N_
from keten.web.pages.identity.page import compare_address, find_pair, keep_ruling, show_pair
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()
_SKIP = "skip"
_KINDS = {
    "link": N_("Two sources that may speak of one organisation"),
    "duplicate": N_("Two numbers in one register that may be one organisation"),
    "succession": N_("One organisation that may have become the other"),
}


@pages.page("/review")
def review(visit: Visiting) -> Page | Response:
    """Show the most important pair on which nobody has ruled yet, from the place asked for on."""
    start = _read_place(visit, visit.asked("at") or "1")
    person, words = visit.person, visit.words
    queue = read_queue(
        visit.con, visit.store_to_read, start, reader=person.name if person else None
    )
    shown = show_pair(visit, queue.pair) if queue.pair else {}
    return Page(
        "review/review.html",
        words("Which records are one organisation?"),
        {"queue": queue},
        {
            **shown,
            "kinds": {name: words(text) for name, text in _KINDS.items()},
            "compare": lambda row: compare_address(visit.language, row.left_key, row.right_key),
            "next_address": _address(visit, queue.next_position) if queue.next_position else "",
            "undo_address": _address(visit, queue.last.position) if queue.last else "",
            "keys_script": visit.house.assets.address("review.js") if _may_rule(visit) else "",
        },
    )


@pages.form("/review")
def judge(visit: Visiting) -> Page | Response:
    """Keep what was ruled on a pair, or pass it over; leads on to the next one."""
    form = visit.form
    place = _read_place(visit, form["at"])
    if form["verdict"] == _SKIP:
        return see_other(visit, _address(visit, place + 1))
    keep_ruling(visit, find_pair(visit, form["left"], form["right"]))
    return see_other(visit, _address(visit, place))


def _may_rule(visit: Visit) -> bool:
    return visit.person is not None and visit.person.may("editor")


def _address(visit: Visit, place: int) -> str:
    return visit.addresses.page("review", at=place if place > 1 else None)


def _read_place(visit: Visit, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1_000_000):
        raise bad_question(visit.words, f"at={text[:40]}")
    return int(text)
