"""What an organisation is about at the command line: shown part by part, and said better."""

from keten.atlas.portrait import show_portrait
from keten.atlas.portrait_records import say_of_organisation
from keten.atlas.portrait_views import Portrait, PortraitRow
from keten.cli.output import write_line, write_table
from keten.cli.session import Session, now
from keten.model import Judgement

_VOICES = {"projects": "its projects", "list": "a list", "editor": "an editor"}


def read_portrait(session: Session, organisation: str) -> Portrait:
    """Give what an organisation is about, with what people said of it."""
    with session.open_store() as store:
        return show_portrait(session.evidence.cursor(), store, organisation)


def say_portrait(
    session: Session, organisation: str, technology: str, label: str, reason: str, author: str
) -> Judgement:
    """Keep what an organisation does with a technology."""
    with session.open_store() as store:
        return say_of_organisation(
            session.evidence.cursor(), store, organisation, technology, label, reason, author, now()
        )


def write_portrait(session: Session, found: Portrait) -> None:
    """Write each technology of an organisation with what its projects, lists and editors say."""
    say = session.words
    if not found.rows and not found.denied:
        write_line(say("No project, list or editor puts it with a technology."))
        return
    write_table(
        [say("technology"), say("how much"), say("comes from"), say("projects"), say("develops it"),
         "EUR"],
        [_cells(session, row) for row in (*found.rows, *found.denied)],
        [1, 3, 4, 5],
    )  # fmt: skip
    for row in (*found.rows, *found.denied):
        for line in (*([row.said] if row.said else []), *row.listed):
            write_line(f"{line.number} {line.kind} {line.object}: {line.reason} – {line.author}")


def _cells(session: Session, row: PortraitRow) -> tuple[str, ...]:
    since = f" ({session.words('since the last build')})" if row.is_later else ""
    money = row.contribution_eur.value
    return (
        row.technology,
        f"{100 * float(row.weight.value or 0):.0f} %",
        session.words(_VOICES[row.basis]) + since,
        str(row.projects.value),
        str(row.develops.value),
        "" if money is None else f"{float(money):.0f}",
    )
