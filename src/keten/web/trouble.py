"""What a visitor reads when a page cannot be given: what happened, and a way on.

The page and its JSON twin say the same words. A fault of ours is logged in full and told in short.
"""

from collections.abc import Sequence

from keten.atlas.views import Hit
from keten.errors import EvidenceError, KetenError, LayoutError
from keten.model.in_dutch import say_error
from keten.web.language import Words, words_in


class Trouble(KetenError):  # noqa: N818 - the tree of errors is for code; this is for readers
    """An error already put into the visitor's language, with things they may have meant."""

    def __init__(
        self,
        what: str,
        next_step: str,
        *,
        code: str = "not-found",
        status: int = 404,
        suggestions: Sequence[Hit] = (),
    ) -> None:
        super().__init__(what, next_step)
        self.code = code
        self.http_status = status
        self.suggestions = tuple(suggestions)


def put_error(error: KetenError, words: Words) -> tuple[str, str]:
    """Give what happened and what to do in the visitor's language, where it has the words."""
    return say_error(error, "nl" if words is words_in("nl") else "en")


def put_into_words(error: Exception, words: Words) -> Trouble:
    """Give the trouble that an error means to a visitor."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, LayoutError):
        return Trouble(
            words("The evidence here was made by another version of keten, and cannot be shown."),
            words("Whoever runs this site can build it anew with one command: keten build."),
            code=error.code,
            status=error.http_status,
        )
    if isinstance(error, EvidenceError):
        return Trouble(
            words("There is nothing to show yet: no evidence has been built here."),
            words("Whoever runs this site can build it with one command: keten build."),
            code=error.code,
            status=error.http_status,
        )
    if isinstance(error, KetenError) and 400 <= error.http_status < 500:
        return Trouble(*put_error(error, words), code=error.code, status=error.http_status)
    return Trouble(
        words("Something went wrong on our side, and it has been written down."),
        words("Try again in a moment, or go on from the search box."),
        code=error.code if isinstance(error, KetenError) else "internal",
        status=500,
    )


def no_such_page(words: Words) -> Trouble:
    """Say that an address leads nowhere."""
    return Trouble(
        words("There is no page at this address."),
        words("Search for what you were after, or begin at the first page."),
    )


def only_reading(words: Words) -> Trouble:
    """Say that these pages can be read and nothing else."""
    return Trouble(
        words("This address can only be read."),
        words("Ask for it with GET or HEAD."),
        code="method",
        status=405,
    )


def only_sending(words: Words) -> Trouble:
    """Say that an address takes what a form sends and shows nothing."""
    return Trouble(
        words("This address takes what a form sends, and has nothing to show."),
        words("Go back to the page with the form."),
        code="method",
        status=405,
    )


def not_signed_in(words: Words) -> Trouble:
    """Say that one has to sign in first."""
    return Trouble(
        words("You are not signed in, or not any longer."),
        words("Sign in and do it again; what you typed stands below."),
        code="sign-in",
        status=403,
    )


def not_allowed(words: Words) -> Trouble:
    """Say that somebody's role does not reach so far."""
    return Trouble(
        words("Your role here does not allow this."),
        words("Ask an administrator for it."),
        code="role",
        status=403,
    )


def not_from_here(words: Words) -> Trouble:
    """Say that a form did not come from a page of this site, as far as the browser says."""
    return Trouble(
        words("This form did not come from a page of this site, or that page is too old."),
        words("Open the page anew and send the form from there; what you typed stands below."),
        code="origin",
        status=403,
    )


def bad_question(words: Words, what: str) -> Trouble:
    """Say that a part of the address cannot be used."""
    return Trouble(
        words("The address asks for something that cannot be: '%(what)s'.", what=what),
        words("Take that part out of the address, or begin again from the search box."),
        code="usage",
        status=400,
    )
