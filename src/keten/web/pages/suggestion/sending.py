"""Sending a suggestion: the form for who has no account, and the page behind the link that they get."""

from collections.abc import Mapping

from starlette.responses import Response

from keten.atlas.proposal import (
    LONGEST,
    WHATS,
    WITH_OTHER,
    Proposal,
    clean,
    clean_lines,
    clean_website,
    find_missing,
)
from keten.atlas.search import search
from keten.atlas.suggestions import find_sent, send
from keten.errors import KetenError, UsageError, WorkspaceError
from keten.web.fields import CSRF
from keten.web.pages.suggestion import words
from keten.web.pages.suggestion.flood import flood_of
from keten.web.pages.suggestion.shown import (
    FOUND,
    check_taken,
    find_organisation,
    read_stages,
)
from keten.web.pages.suggestion.words import Mishap, find_mishap, say_all
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, not_from_here
from keten.web.visit import Visit, Visiting
from keten.workspace.proposals import LONGEST_EMAIL
from keten.workspace.tokens import is_secret

pages = Pages()
TRAP = "homepage"  # a field that people do not see; what fills it in is a program


@pages.page("/suggestions/new")
def new(visit: Visiting) -> Page | Response:
    """Show the form, with what the page that led here knows filled in."""
    check_taken(visit)
    asked = {name: visit.asked(name)[:200] for name in ("what", "about", "name", "chain", "field")}
    return _show_form(visit, {name: text for name, text in asked.items() if text})


@pages.form("/suggestions/new", role=None)
def send_one(visit: Visiting) -> Page | Response:
    """Put a suggestion in the inbox of the editors."""
    check_taken(visit)
    form, person = visit.form, visit.person
    if person is not None and not is_secret(visit.token, form.get(CSRF, "")):
        raise not_from_here(visit.words)
    proposal = _read(visit)
    stages = {chain: frozenset(labels) for chain, (_, labels) in read_stages(visit).items()}
    mishaps = [find_mishap(visit, name) for name in find_missing(proposal, stages)]
    if form.get("website", "").strip() and not proposal.website:
        mishaps.append(find_mishap(visit, "website"))
    email = clean(form.get("email", ""), LONGEST_EMAIL + 1)
    if mishaps:
        return _show_form(visit, form, tuple(mishaps))
    if flood_of(visit).is_too_much(visit.client, visit.now):
        raise _too_much(visit)
    if form.get(TRAP, "").strip():
        # Nothing is kept, and a program is not told so.
        return see_other(visit, visit.addresses.page("suggestions/new"))
    try:
        token = send(visit.store, proposal, visit.now, email=email, stages=stages, signer=person)
    except UsageError as error:
        raise _full(visit) if error.http_status == 429 else error from error
    except WorkspaceError as error:
        if error.code != "email":
            raise
        return _show_form(visit, form, (find_mishap(visit, "email"),))
    return see_other(visit, visit.addresses.page(f"suggestions/sent/{token}"))


@pages.page("/suggestions/sent/{token}")
def sent(visit: Visiting, token: str) -> Page | Response:
    """Show whoever sent a suggestion what became of it."""
    try:
        found, has_email = find_sent(visit.store, token[:100])
    except KetenError as error:
        raise _no_such(visit) from error
    base = visit.settings.public_url or str(visit.request.base_url).rstrip("/")
    answer = found.answer
    return Page(
        "suggestion/sent.html",
        visit.words("Your suggestion"),
        {
            "state": found.state,
            "proposal": found.proposal,
            "sent_at": found.line.made_at,
            "answer": answer.reason if answer else "",
            "answered_at": answer.made_at if answer else None,
        },
        {
            "has_email": has_email,
            "own": visit.addresses.page(f"suggestions/sent/{token}"),
            "link": base + visit.addresses.page(f"suggestions/sent/{token}"),
            "stages": read_stages(visit),
            "whats": say_all(words.WHATS, visit),
            "said_of": say_all(words.SAID, visit),
            "states": say_all(words.STATES, visit),
        },
        is_private=True,
    )


@pages.form("/suggestions/sent/{token}/forget", role=None)
def forget(visit: Visiting, token: str) -> Page | Response:
    """Forget the e-mail address of whoever has this link."""
    try:
        visit.store.proposals.forget_by_token(token[:100], visit.now)
    except WorkspaceError as error:
        raise _no_such(visit) from error
    return see_other(visit, visit.addresses.page(f"suggestions/sent/{token}"))


def _read(visit: Visit) -> Proposal:
    """Give what was typed, cleaned; organisations that are named by a number are found."""
    form = visit.form
    what = form.get("what", "")
    about = find_organisation(visit, form.get("about", "")) if what != "organisation" else None
    name = clean(form.get("name", ""), LONGEST["name"])
    if about is None and what != "organisation":
        about = find_organisation(visit, name)
    field = form.get("field", "") if what == "correction" else ""
    typed_other = clean(form.get("other", ""), LONGEST["other"]) if field in WITH_OTHER else ""
    other = find_organisation(visit, typed_other) if typed_other else None
    chain, _, stage = (form.get("stage", "") if what == "membership" else "").partition("/")
    is_new = what == "organisation"
    return Proposal(
        what=what if what in WHATS else "",
        why=clean_lines(form.get("why", ""), LONGEST["why"]),
        field=clean(field, LONGEST["field"]),
        about=about.key if about else "",
        name=about.name if about else name,
        says=_read_says(form, field),
        other=other.key if other else "",
        other_name=other.name if other else typed_other,
        chain=clean(chain, LONGEST["chain"]),
        stage=clean(stage, LONGEST["stage"]),
        city=clean(form.get("city", ""), LONGEST["city"]) if is_new else "",
        website=clean_website(form.get("website", "")) if is_new else "",
    )


def _read_says(form: Mapping[str, str], field: str) -> str:
    typed = clean(form.get("says", ""), LONGEST["says"])
    if field == "website":
        return clean_website(typed)
    return "" if field in WITH_OTHER else typed


def _show_form(visit: Visit, typed: Mapping[str, str], mishaps: tuple[Mishap, ...] = ()) -> Page:
    what = typed.get("what", "")
    what = what if what in WHATS else "organisation"
    about = find_organisation(visit, typed.get("about", "")) if what != "organisation" else None
    name = clean(typed.get("name", ""), LONGEST["name"])
    is_asked = what == "organisation" and name
    hits = search(visit.index, name, kind="organisation", limit=FOUND).hits if is_asked else ()
    return Page(
        "suggestion/new.html",
        visit.words("Tell us what is missing or wrong"),
        {"what": what, "perhaps": hits},
        {
            "about": about,
            "typed": {key: text[:2_000] for key, text in typed.items()},
            "name": name,
            "mishaps": mishaps,
            "stages": read_stages(visit),
            "whats": say_all(words.WHATS, visit),
            "fields": say_all(words.FIELDS, visit),
            "longest": {**LONGEST, "email": LONGEST_EMAIL},
            "trap": TRAP,
        },
        status=400 if mishaps else 200,
        address=visit.addresses.page("suggestions/new"),
    )


def _too_much(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("Many suggestions came from where you are in a short time."),
        visit.words("Wait an hour and send it again; what you typed stands below."),
        code="attempts",
        status=429,
    )


def _full(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("The editors have more suggestions than they can read for now."),
        visit.words("Come back in a few days; what you typed stands below."),
        code="attempts",
        status=429,
    )


def _no_such(visit: Visit) -> Trouble:
    return Trouble(
        visit.words("Nothing was sent with this link."),
        visit.words("Copy the link whole, as you were given it."),
    )
