"""What an editor says that a project is about: the form of its page, and of the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.subject_records import say_subject
from keten.atlas.technology_records import say_about
from keten.errors import NotFoundError, UsageError
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.form("/projects/{identifier}/about", role="editor")
def say(visit: Visiting, identifier: str) -> Page | Response:
    """Keep what a project does with a technology; leads back to its page."""
    keep(visit, identifier)
    return see_other(visit, f"{visit.addresses.page('projects/' + quote(identifier))}#about")


@pages.form("/projects/{identifier}/subject", role="editor")
def say_of(visit: Visiting, identifier: str) -> Page | Response:
    """Keep whether a project is about a value chain or mission; leads back to its page."""
    keep_subject(visit, identifier)
    return see_other(visit, f"{visit.addresses.page('projects/' + quote(identifier))}#subjects")


def keep_subject(visit: Visit, project_id: str) -> None:
    """Keep what a form says of a chain or mission; raises Trouble where it says too little."""
    form, words = visit.form, visit.words
    with _in_words(
        visit,
        words("This project, value chain or mission is not known here."),
        words("Say whether the project is about it, and why."),
    ):
        say_subject(
            visit.con, visit.store, project_id, form.get("about", ""), form.get("label", ""),
            form.get("reason", ""), "", visit.now, seen=_read_seen(form.get("seen", "")),
        )  # fmt: skip


def keep(visit: Visit, project_id: str) -> None:
    """Keep what a form says; raises Trouble where it says too little."""
    form, words = visit.form, visit.words
    with _in_words(
        visit,
        words("This project or technology is not known here."),
        words("Say what the project does with the technology, and why."),
    ):
        say_about(
            visit.con, visit.store, project_id, form.get("technology", ""), form.get("label", ""),
            form.get("reason", ""), "", visit.now, seen=_read_seen(form.get("seen", "")),
        )  # fmt: skip


@contextmanager
def _in_words(visit: Visit, unknown: str, unclear: str) -> Iterator[None]:
    """Tell what goes wrong in keeping a form in the visitor's words, and what to do next."""
    words = visit.words
    try:
        yield
    except NotFoundError as error:
        raise Trouble(
            unknown, words("Go back to the page of the project, and choose from its list.")
        ) from error
    except UsageError as error:
        raise Trouble(
            unclear,
            words("Go back, choose, and say why in a few words: others will read it."),
            code="usage",
            status=400,
        ) from error


def may_say(visit: Visit) -> bool:
    """Say whether who is here may say what projects are about."""
    return visit.person is not None and visit.person.may("editor")


def _read_seen(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
