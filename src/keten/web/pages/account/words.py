"""What people read when an account cannot be changed as asked: beside which field, in their language."""

from dataclasses import dataclass

from keten.errors import KetenError
from keten.web.language import N_
from keten.web.trouble import Trouble
from keten.web.visit import Visit

# By the code of the error: the field it is about, what is wrong, what to do.
_WORDS = {
    "sign-in-wrong": (
        "sign_in",
        N_("The name and the password do not belong together."),
        N_("Try again, or ask an administrator for a link to choose a new password."),
    ),
    "attempts": (
        "sign_in",
        N_("Signing in has failed too often."),
        N_("Wait a quarter of an hour, or ask an administrator for a new link."),
    ),
    "password-short": (
        "password",
        N_("The password is too short."),
        N_("Use twelve characters or more; a few words in a row are easy to remember."),
    ),
    "password-long": (
        "password",
        N_("The password is too long."),
        N_("Use five hundred characters at most."),
    ),
    "password-common": (
        "password",
        N_("The password is one that is tried first when somebody guesses."),
        N_("Use a few words that have nothing to do with you or this site."),
    ),
    "password-wrong": (
        "old",
        N_("The present password is wrong."),
        N_("Type the one that you signed in with."),
    ),
    "sign-in-name": (
        "sign_in",
        N_("This cannot be a name to sign in with."),
        N_("Use an e-mail address, or at least three letters without blanks."),
    ),
    "sign-in-taken": (
        "sign_in",
        N_("Somebody here signs in with this name already."),
        N_("Choose another."),
    ),
    "name": (
        "name",
        N_("This cannot be the name of a person."),
        N_("Give the name that others see beside what you write."),
    ),
    "name-taken": (
        "name",
        N_("Somebody here has this name already."),
        N_("Add an initial or an organisation, so that others can tell you apart."),
    ),
    "link": (
        "",
        N_("This link does not work: it was used, it is too old, or it was not copied whole."),
        N_("Ask an administrator for a new one."),
    ),
    "last-administrator": (
        "",
        N_("This is the last administrator."),
        N_("Make somebody else an administrator first."),
    ),
    "account-closed": (
        "",
        N_("This account is closed."),
        N_("Open it again first, if it was not erased."),
    ),
}


@dataclass(frozen=True, slots=True)
class Mishap:
    """What is wrong with a field, and what to do."""

    field: str
    what: str
    next_step: str


def put_mishap(visit: Visit, error: KetenError) -> Mishap:
    """Give what is wrong; passes on an error that no field can mend."""
    if error.code not in _WORDS:
        raise error
    field, what, next_step = _WORDS[error.code]
    return Mishap(field, visit.words(what), visit.words(next_step))


def put_trouble(visit: Visit, error: KetenError) -> Trouble:
    """Give the same as a page of its own."""
    mishap = put_mishap(visit, error)
    return Trouble(mishap.what, mishap.next_step, code=error.code, status=error.http_status)
