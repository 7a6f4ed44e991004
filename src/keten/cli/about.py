"""`keten about`: says what a project or party is about, or shows what is thought of it."""

from collections.abc import Sequence

import click

from keten.atlas.inferred import InferredRow
from keten.atlas.subject_name import TOLD
from keten.atlas.subject_records import say_subject
from keten.atlas.subject_views import SubjectRow
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.technology_project import show_about
from keten.atlas.technology_records import say_about
from keten.atlas.technology_views import AboutRow, ProjectAbout
from keten.cli import identify
from keten.cli.output import write_json, write_line, write_table
from keten.cli.portrait import read_portrait, say_portrait, write_portrait
from keten.cli.session import Session, command, now
from keten.cli.words import Words
from keten.errors import NotFoundError, UsageError
from keten.model import Judgement, is_organisation_id

_RELATIONS = {
    "develops": "develops it",
    "applies": "applies it",
    "perhaps": "too uncertain to say",
    "none": "has nothing to do with it",
}
# Of a value chain or a mission.
_TOLD = {"about": "is about it", "perhaps": "too uncertain to say", "none": "is not about it"}
_BASES = {"text": "text", "topic": "topic only", "editor": "editor"}


@command()
@click.argument("project", metavar="PROJECT")
@click.argument("technology", metavar="[WHAT]", required=False)
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
    """Show which technologies, chains and missions a project is about, or say it better.

    \b
    keten about he-101183277
    keten about he-101183277 optics --no --why "Light is named in passing." --who "Your name"
    keten about he-101183277 chain:photonics --yes --why "It makes lasers." --who "Your name"
    keten about ror:006hf6230

    WHAT is a technology; of a project also a value chain (chain:photonics) or a mission
    (mission:health-care), which it is about or not. What is said goes before the model at the next
    build and holds in every build after. It is taken back by its number: keten rule withdraw NUMBER.
    """
    if label is None:
        _show(session, project)
        return
    if not technology or not (reason or "").strip() or not (author or "").strip():
        raise UsageError(
            "Something is missing: the technology, the reason or who says so.",
            'Say: keten about PROJECT TECHNOLOGY --yes --why "..." --who "Your name"',
        )
    is_subject = technology.partition(":")[0] in TOLD
    if is_subject and (label == "applies" or is_organisation_id(project)):
        raise UsageError(
            f"That cannot be said of {technology[:60]}.",
            "A project is about a value chain or mission, or it is not: say --yes or --no.",
        )
    if is_organisation_id(project):
        of = identify.organisation(session, project)
        line = say_portrait(session, of, technology, label, str(reason), str(author).strip())
        _tell(session, line, project, technology, label)
        return
    con = session.evidence.cursor()
    with session.open_store() as store:
        if is_subject and label == "develops":
            label = "about"
        said = (project, technology, label, str(reason), str(author).strip(), now())
        line = (say_subject if is_subject else say_about)(con, store, *said)
    _tell(session, line, project, technology, label)


def _tell(session: Session, line: Judgement, subject: str, technology: str, label: str) -> None:
    say = session.words
    if session.as_json:
        write_json(session, "about", {"judgement": line})
        return
    words = _TOLD if technology.partition(":")[0] in TOLD else _RELATIONS
    write_line(say("Recorded as judgement {}.", line.number))
    write_line(f"{say('At the next build:')} {subject} · {technology}: {say(words[label])}")


def read_about(session: Session, project: str) -> ProjectAbout:
    """Give what a project is about, with what people said of it."""
    with session.open_store() as store:
        schemes = list_taxonomies(store, "technologies")
        taxonomy = in_force(schemes, now().date())[0] if schemes else None
        others = list_taxonomies(store, "missions")
        missions = in_force(others, now().date())[0] if others else None
        return show_about(session.evidence.cursor(), store, project, taxonomy, missions)


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


def write_inferred(session: Session, found: Sequence[InferredRow]) -> None:
    """Write what a project may be about by who takes part, where nothing else is known of it."""
    if not found:
        return
    say = session.words
    write_line(say("No text: judged by who takes part; this enters no count."))
    write_table(
        [say("technology"), say("of a hundred"), say("what speaks for it")],
        [
            (
                row.name.technology,
                str(row.chance.value),
                ", ".join(each.organisation.name or "" for each in row.witnesses[:3]),
            )
            for row in found
        ],
        [1],
    )


def write_about(session: Session, found: ProjectAbout) -> None:
    """Write each technology, chain and mission of a project with its chance, and what people said."""
    say = session.words
    if not found.rows and not found.later:
        write_line(say("None of the technologies is likely enough for a label."))
    rows = [
        (row.name.technology, say(_RELATIONS[row.relation]), *_evidence(say, row))
        for row in found.rows
    ]
    subjects = [
        (row.subject.key, say(_TOLD[row.label]), *_evidence(say, row)) for row in found.subjects
    ]
    told = [say("of a hundred"), say("told from"), say("what speaks for it")]
    for first, second, table in (
        ("technology", "what it does", rows),
        ("value chain or mission", "how sure", subjects),
    ):
        if table:
            write_table([say(first), say(second), *told], table, [2])
    lines = [row.said for row in found.rows if row.said] + list(found.later)
    lines += [row.said for row in found.subjects if row.said] + list(found.subjects_later)
    for each in lines:
        words = _TOLD if each.line.object.partition(":")[0] in TOLD else _RELATIONS
        since = "" if each.in_build else f" ({say('since the last build')})"
        write_line(
            f"{each.line.number} {each.line.object}: {say(words[each.label])}{since} · "
            f"{each.line.reason} – {each.line.author}"
        )


def _evidence(say: Words, row: AboutRow | SubjectRow) -> tuple[str, str, str]:
    """The chance, what it was told from, and the first words that speak for it."""
    return str(row.chance.value), say(_BASES[row.basis]), ", ".join(w.term for w in row.words[:6])
