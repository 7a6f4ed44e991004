"""Takes what a form sends: checks where it came from and who sent it, then lets its handler answer."""

import logging

from keten.errors import KetenError
from keten.web.fields import CSRF, MissingFieldError
from keten.web.origin import is_from_here
from keten.web.trouble import (
    Trouble,
    bad_question,
    not_allowed,
    not_from_here,
    not_signed_in,
    put_into_words,
)
from keten.web.visit import Visit
from keten.workspace import allows
from keten.workspace.tokens import is_secret

_log = logging.getLogger("keten.web")


def check_reader(visit: Visit, role: str | None) -> None:
    """Raise Trouble unless who reads may read what needs `role`; the one place for pages and forms."""
    person = visit.person
    if allows(person.role if person else None, role):
        return
    raise not_allowed(visit.words) if person else not_signed_in(visit.words)


def check_sender(visit: Visit, role: str | None) -> None:
    """Raise Trouble unless a form came from a page of this site, and from somebody with `role`.

    A form for all (`role` None) needs no session: it keeps nothing, or a suggestion for editors to judge.
    """
    if not is_from_here(visit.request.headers, visit.settings.public_url):
        raise not_from_here(visit.words)
    check_reader(visit, role)
    if role is not None and not is_secret(visit.token, visit.form.get(CSRF, "")):
        raise not_from_here(visit.words)


def tell_sender(visit: Visit, error: Exception) -> Trouble:
    """Give the trouble that an error in a handler means to who sent the form."""
    if isinstance(error, MissingFieldError):
        return bad_question(visit.words, f"{error.args[0]}=")
    if not isinstance(error, KetenError) or error.http_status >= 500:
        _log.error("fault at %s", visit.path, exc_info=error)
    return put_into_words(error, visit.words)
