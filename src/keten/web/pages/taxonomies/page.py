"""The pages of taxonomies: the schemes, one version of one, one entry, and two versions compared."""

from urllib.parse import quote

from starlette.responses import Response

from keten.atlas.subject_name import read_subjects
from keten.atlas.taxonomies import find_taxonomy, in_force, list_taxonomies
from keten.atlas.taxonomy_answers import show_entry
from keten.atlas.verification import last_of
from keten.atlas.versions import carry, show_versions
from keten.errors import NotFoundError
from keten.evidence.figures import current_organisations, read_labels
from keten.model import Judgement, Label, Taxonomy
from keten.web.pages.lists.belonging import name_own, read_shared_members
from keten.web.reply import Page, Pages, see_other
from keten.web.trouble import Trouble, bad_question
from keten.web.visit import Visit, Visiting

pages = Pages()


@pages.page("/taxonomies")
def taxonomies(visit: Visiting) -> Page | Response:
    """List the schemes with their versions."""
    known = list_taxonomies(visit.store_to_read)
    return Page(
        "taxonomies/taxonomies.html",
        visit.words("Taxonomies"),
        {
            "schemes": tuple(
                {
                    "current": current,
                    "versions": tuple(each for each in known if each.scheme == current.scheme),
                }
                for current in in_force(known, visit.now.date())
            )
        },
        needs_evidence=False,
    )


@pages.page("/taxonomies/{scheme}")
def scheme(visit: Visiting, scheme: str) -> Page | Response:
    """Show one version of a scheme, the one in force where none is asked for."""
    known = list_taxonomies(visit.store_to_read)
    found = read_taxonomy(visit, scheme, visit.asked("version"))
    return Page(
        "taxonomies/scheme.html",
        found.label.in_language(visit.language),
        {"taxonomy": found},
        {
            "versions": tuple(each for each in known if each.scheme == scheme),
            "is_current": found in in_force(known, visit.now.date()),
            "asked": visit.asked("version"),
        },
        crumbs=_crumbs(visit),
        needs_evidence=False,
    )


@pages.page("/taxonomies/{scheme}/versions")
def versions(visit: Visiting, scheme: str) -> Page | Response:
    """Compare two versions of a scheme."""
    old, new = _read_pair(visit, scheme, visit.asked("from"), visit.asked("to"))
    known = [each for each in list_taxonomies(visit.store_to_read) if each.scheme == scheme]
    return Page(
        "taxonomies/versions.html",
        visit.words("Two versions compared"),
        {"view": show_versions(visit.store_to_read, old, new)},
        {"versions": tuple(known)},
        crumbs=_crumbs(visit, new),
        needs_evidence=False,
    )


@pages.form("/taxonomies/{scheme}/versions", role="editor")
def carry_along(visit: Visiting, scheme: str) -> Page | Response:
    """Carry memberships along from one version to the other."""
    old, new = _read_pair(visit, scheme, visit.form.get("from", ""), visit.form.get("to", ""))
    carry(visit.store, old, new, visit.form.get("reason", ""), "", visit.now)
    return see_other(
        visit,
        visit.addresses.page(
            f"taxonomies/{quote(scheme)}/versions", **{"from": old.version, "to": new.version}
        ),
    )


@pages.page("/taxonomies/{scheme}/{entry}")
def entry(visit: Visiting, scheme: str, entry: str) -> Page | Response:
    """Show an entry: what it is, where it comes from, what maps to it, who belongs to it."""
    taxonomy = read_taxonomy(visit, scheme, visit.asked("version"))
    try:
        view = show_entry(visit.con, visit.store_to_read, taxonomy, entry)
    except NotFoundError as error:
        raise _unknown_entry(visit, entry) from error
    shared = read_shared_members(visit, f"{taxonomy.one}:{entry}")
    return Page(
        "taxonomies/entry.html",
        view.entry.label.in_language(visit.language),
        {"view": view},
        {
            "version": visit.asked("version"),
            "last": last_of(visit.store_to_read, view.members, visit.person),
            "labels": read_members(visit, (*view.members, *shared)),
            "shared": shared,
            "own_names": name_own(visit, (*view.members, *shared)),
            "marked": {
                each.name for each in read_subjects(visit.con).values() if each.one == "mission"
            },
        },
        crumbs=_crumbs(visit, taxonomy),
    )


def read_taxonomy(visit: Visit, scheme: str, version: str) -> Taxonomy:
    """Give a version of a scheme; raises Trouble when there is none."""
    try:
        return find_taxonomy(
            list_taxonomies(visit.store_to_read), scheme, version, visit.now.date()
        )
    except NotFoundError as error:
        raise Trouble(
            visit.words(
                "No taxonomy is known here as '%(name)s'.", name=f"{scheme} {version}"[:80]
            ),
            visit.words("Choose one from the list of taxonomies."),
        ) from error


def read_members(visit: Visit, members: tuple[Judgement, ...]) -> dict[str, Label]:
    """Give the organisations of today behind memberships, by the source record that each names."""
    current = current_organisations(visit.con, sorted({line.subject for line in members}))
    labels = read_labels(visit.con, sorted(set(current.values())))
    return {key: labels[organisation] for key, organisation in current.items()}


def _unknown_entry(visit: Visit, entry: str) -> Trouble:
    return Trouble(
        visit.words("'%(name)s' is no entry of this taxonomy.", name=entry[:80]),
        visit.words("Choose one from its list, or look in another version."),
    )


def _read_pair(visit: Visit, scheme: str, old: str, new: str) -> tuple[Taxonomy, Taxonomy]:
    """Give the two versions asked for: the one in force and the one before it where none is named."""
    later = read_taxonomy(visit, scheme, new)
    mine = [each for each in list_taxonomies(visit.store_to_read) if each.scheme == scheme]
    place = [each.version for each in mine].index(later.version)
    if not old and place == 0:
        raise bad_question(visit.words, visit.words("there is one version only"))
    earlier = read_taxonomy(visit, scheme, old) if old else mine[place - 1]
    if earlier.version == later.version:
        raise bad_question(visit.words, f"from={earlier.version}&to={later.version}")
    return earlier, later


def _crumbs(visit: Visit, taxonomy: Taxonomy | None = None) -> tuple[tuple[str, str], ...]:
    first = (visit.words("Taxonomies"), visit.addresses.page("taxonomies"))
    if taxonomy is None:
        return (first,)
    address = visit.addresses.page(
        f"taxonomies/{quote(taxonomy.scheme)}", version=visit.asked("version")
    )
    return (first, (taxonomy.label.in_language(visit.language), address))
