"""Turns what somebody typed into an identifier that holds now; a wrong one gets suggestions."""

from keten.atlas.answers import current_organisation, current_region, show_organisation
from keten.atlas.search import search
from keten.atlas.views import OrganisationView
from keten.cli.session import Session
from keten.errors import NotFoundError, UsageError
from keten.model import PROGRAMMES, is_organisation_id, is_source_key, region_codes


def organisation(session: Session, typed: str) -> str:
    """Give the organisation meant by an identifier, a source key, or a bare participant number."""
    name = typed.strip()
    if name.isascii() and name.isdigit():
        name = f"pic:{name}"
    if not is_organisation_id(name):
        raise UsageError(
            f"'{typed}' is no identifier of an organisation.",
            _suggest(session, typed, "organisation", 'Find it by name: keten find "<name>".'),
        )
    try:
        return current_organisation(session.evidence.cursor(), name)
    except NotFoundError as error:
        raise NotFoundError(
            error.what,
            _suggest(session, typed.rsplit(":", maxsplit=1)[-1], "organisation", error.next_step),
        ) from None


def project_names(typed: str) -> list[str]:
    """Give the identifiers that may be meant: a bare grant number may be of either programme."""
    name = typed.strip().lower()
    if name.isascii() and name.isdigit():
        return [f"{programme}-{name}" for programme in PROGRAMMES]
    return [name]


def no_project(session: Session, typed: str) -> NotFoundError:
    """Give the error for a project that is not there."""
    hint = "A project is its programme and grant number, such as he-101069359."
    return NotFoundError(
        f"No project is known as '{typed}' in this evidence.",
        _suggest(session, typed, "project", hint),
    )


def regions(session: Session, typed: str) -> tuple[str, ...]:
    """Give the codes that hold now for a region or a set of regions."""
    try:
        asked = region_codes(typed)
    except UsageError as error:
        raise UsageError(error.what, _suggest(session, typed, "place", error.next_step)) from None
    con = session.evidence.cursor()
    try:
        return tuple(sorted({code for each in asked for code in current_region(con, each)}))
    except NotFoundError as error:
        raise NotFoundError(
            error.what, _suggest(session, typed, "place", error.next_step)
        ) from None


def source_key(session: Session, typed: str) -> tuple[str, OrganisationView]:
    """Give the source record meant, and its organisation; an organisation means its anchor."""
    current = organisation(session, typed)
    view = show_organisation(session.evidence.cursor(), current)
    name = typed.strip()
    if is_source_key(name):
        return name, view
    anchor = next(member for member in view.members if member.is_anchor)
    return anchor.source_key, view


def _suggest(session: Session, typed: str, kind: str, otherwise: str) -> str:
    """Give the nearest of a kind by name, or other advice where nothing is near."""
    hits = search(session.evidence.index(), typed, kind=kind, limit=3).hits
    if not hits:
        return otherwise
    return "Perhaps: " + "; ".join(f"{hit.identifier} ({hit.title})" for hit in hits) + "."
