"""`keten about`: says what a project or party does with a technology, or shows what is thought of it."""

import click

from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.technology_project import show_about
from keten.atlas.technology_records import say_about
from keten.atlas.technology_views import ProjectAbout
from keten.cli import identify
from keten.cli.output import write_json, write_line, write_table
from keten.cli.portrait import read_portrait, say_portrait, write_portrait
from keten.cli.session import Session, command, now
from keten.errors import NotFoundError, UsageError
from keten.model import Judgement, is_organisation_id

_RELATIONS = {
    "develops": "develops it",
    "applies": "applies it",
    "perhaps": "too uncertain to say",
    "none": "has nothing to do with it",
}
_BASES = {"text": "text", "topic": "topic only", "editor": "editor"}


@command()
@click.argument("project", metavar="PROJECT")
@click.argument("technology", metavar="[TECHNOLOGY]", required=False)
@click.option("--yes", "label", flag_value="develops", help="It develops the technology.")
@click.option("--applies", "label", flag_value="applies", help="It only applies the technology.")
@click.option("--no", "label", flag_value="none", help="It has nothing to do with it.")
@click.option("--why", "reason", metavar="TEXT", help="The reason, in words.")
@click.option("--who", "author", metavar="NAME", help="Who says so.")
def about(
    session: Session,
    project: str,
    technology: str | None,
    label: str | None,
    reason: str | None,
    author: str | None,
) -> None:
    """Show which technologies a project or organisation is about, or say it better.

    \b
    keten about he-101183277
    keten about he-101183277 optics --no --why "Light is named in passing." --who "Your name"
    keten about ror:006hf6230

    What is said goes before the model at the next build and holds in every build after. It is taken
    back by its number: keten rule withdraw NUMBER.
    """
    if label is None:
        _show(session, project)
        return
    if not technology or not (reason or "").strip() or not (author or "").strip():
        raise UsageError(
            "Something is missing: the technology, the reason or who says so.",
            'Say: keten about PROJECT TECHNOLOGY --yes --why "..." --who "Your name"',
        )
    if is_organisation_id(project):
        of = identify.organisation(session, project)
        line = say_portrait(session, of, technology, label, str(reason), str(author).strip())
        _tell(session, line, project, technology, label)
        return
    con = session.evidence.cursor()
    with session.open_store() as store:
        line = say_about(
            con, store, project, technology, label, str(reason), str(author).strip(), now()
        )
    _tell(session, line, project, technology, label)


def _tell(session: Session, line: Judgement, subject: str, technology: str, label: str) -> None:
    say = session.words
    if session.as_json:
        write_json(session, "about", {"judgement": line})
        return
    write_line(say("Recorded as judgement {}.", line.number))
    write_line(f"{say('At the next build:')} {subject} · {technology}: {say(_RELATIONS[label])}")


def read_about(session: Session, project: str) -> ProjectAbout:
    """Give what a project is about, with what people said of it."""
    with session.open_store() as store:
        schemes = list_taxonomies(store, "technologies")
        taxonomy = in_force(schemes, now().date())[0] if schemes else None
        return show_about(session.evidence.cursor(), store, project, taxonomy)


def _show(session: Session, project: str) -> None:
    if is_organisation_id(project):
        portrait = read_portrait(session, identify.organisation(session, project))
        if session.as_json:
            write_json(session, project, {"portrait": portrait})
        else:
            write_portrait(session, portrait)
        return
    con = session.evidence.cursor()
    known = con.execute("select 1 from project where project_id = $p", {"p": project}).fetchone()
    if known is None:
        raise NotFoundError(
            f"No project has the identifier '{project[:60]}' in this evidence.",
            "Identifiers look like he-101069359; look it up: keten find --kind project WORDS",
        )
    found = read_about(session, project)
    if session.as_json:
        write_json(session, project, {"about": found})
    else:
        write_about(session, found)


def write_about(session: Session, found: ProjectAbout) -> None:
    """Write each technology of a project with its chance and words, and what people said."""
    say = session.words
    if not found.rows and not found.later:
        write_line(say("None of the technologies is likely enough for a label."))
        return
    write_table(
        [say("technology"), say("what it does"), say("of a hundred"), say("told from"),
         say("what speaks for it")],
        [
            (
                row.name.technology,
                say(_RELATIONS[row.relation]),
                str(row.chance.value),
                say(_BASES[row.basis]),
                ", ".join(word.term for word in row.words[:6]),
            )
            for row in found.rows
        ],
        [2],
    )  # fmt: skip
    lines = [row.said for row in found.rows if row.said] + list(found.later)
    for each in lines:
        since = "" if each.in_build else f" ({say('since the last build')})"
        write_line(
            f"{each.line.number} {each.line.object}: {say(_RELATIONS[each.label])}{since} · "
            f"{each.line.reason} – {each.line.author}"
        )
