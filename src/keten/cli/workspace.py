"""`keten workspace`: what people said, written to plain files, copied, put back, and read line by line."""

from pathlib import Path

import click

from keten.cli.output import day, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError
from keten.workspace import Asked, Entry, place_of
from keten.workspace import backup as copy_to
from keten.workspace import restore as put_back
from keten.workspace.plain import FORMS, YAML


@click.group()
def workspace() -> None:
    """Keep what people said: as plain files, as a copy, with its history.

    It lies in workspace.sqlite in the home, or where KETEN_WORKSPACE says: another file, or
    postgresql://name@server/database.
    """


_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_PRIVATE = click.option("--private", is_flag=True, help="What is private, too.")


@command(name="export")
@_FOLDER
@_PRIVATE
@click.option("--format", "form", type=click.Choice(FORMS), default=YAML, show_default=True,
              help="YAML to compare, CSV or Excel to work on; each is loaded without loss.")  # fmt: skip
def export(session: Session, folder: Path, private: bool, form: str) -> None:
    """Write everything to plain files in DIR, which can be read, compared and loaded again.

    Never passwords or sessions. What is private is left out, or stands in DIR/private.
    """
    with session.open_store() as store:
        told = store.files.write(folder, with_private=private, form=form)
    say = session.words
    if session.as_json:
        write_json(session, "export", {"exported": told}, needs_evidence=False)
        return
    counts = map(str, (told.lines, told.batches, told.accounts, len(told.files)))
    write_line(say("{} lines, {} batches and {} accounts are written in {} files.", *counts))


@command(name="load")
@_FOLDER
@_PRIVATE
def load(session: Session, folder: Path, private: bool) -> None:
    """Load from DIR what is new; what contradicts what is here is told, and nothing is overwritten.

    Accounts come without passwords: give each a link with `keten account reset`.
    """
    with session.open_store() as store:
        told = store.files.load(folder, with_private=private)
    say = session.words
    if session.as_json:
        write_json(session, "load", {"loaded": told}, needs_evidence=False)
        return
    counts = map(str, (told.lines, told.batches, told.accounts, told.known))
    write_line(say("New: {} lines, {} batches, {} accounts. Here already: {}.", *counts))
    if told.conflicts:
        write_line(say("Left out, as it contradicts what is here: {}.", str(len(told.conflicts))))
    for conflict in told.conflicts:
        write_line(f"  {conflict}")


@command(name="backup")
@_FILE
def backup(session: Session, file: Path) -> None:
    """Copy the whole workspace to FILE, while it is served and written in.

    The copy holds names, hashes of passwords and all that is private: keep it as you keep those.
    """
    told = copy_to(place_of(session.settings.home, session.settings.workspace), file)
    if session.as_json:
        write_json(session, "backup", {"copied": told}, needs_evidence=False)
        return
    say = session.words
    write_line(say("Copied: {} lines, {} accounts.", str(told.lines), str(told.accounts)))


@command(name="restore")
@_FILE
@click.option("--yes", is_flag=True, help="Yes: what was said since the copy no longer counts.")
def restore(session: Session, file: Path, yes: bool) -> None:
    """Put a copy in the place of the workspace, while it is served; the present one is kept aside.

    Everybody signs in again, and who was erased since the copy stays so.
    """
    if not yes:
        raise UsageError(
            "What was said since the copy was made will no longer count.",
            "Say --yes as well, if that is meant; the present workspace is kept aside.",
        )
    told = put_back(place_of(session.settings.home, session.settings.workspace), file, now())
    if session.as_json:
        write_json(session, "restore", {"restored": told}, needs_evidence=False)
        return
    say = session.words
    write_line(say("Put back: {} lines, {} accounts.", str(told.lines), str(told.accounts)))
    if told.aside is not None:
        write_line(say("The one before is kept: {}", str(told.aside)))


@command(name="history")
@click.option("--who", "person", default="", help="Only what this person said.")
@click.option("--kind", default="", help="Only lines of this kind: same, chain, note, ...")
@click.option("--of", "subject", default="", help="Only what names this: he:999977366, chain:...")
@click.option("--batch", type=click.IntRange(1), help="The lines of one batch, one by one.")
@click.option("--page", type=click.IntRange(1, 1_000_000), default=1, help="Fifty at a time.")
@_PRIVATE
def history(
    session: Session,
    person: str,
    kind: str,
    subject: str,
    batch: int | None,
    page: int,
    private: bool,
) -> None:
    """Tell who said what, when and why, the latest first; the lines of a batch count as one.

    \b
    Undo a line with:  keten rule withdraw NUMBER --why ... --who ...
    Undo a batch with: keten workspace undo BATCH --why ... --who ...
    """
    asked = Asked(person, kind, subject, batch)
    with session.open_store() as store:
        trail = store.trail.read(asked, page, all_of_it=private)
    say = session.words
    if session.as_json:
        write_json(session, "history", {"history": trail}, needs_evidence=False)
        return
    if not trail.entries:
        write_line(say("Nothing like that was said."))
        return
    write_table(
        ["#", say("kind"), say("of what"), say("why"), say("who"), say("when"), say("in force")],
        [
            (
                str(entry.number),
                say(entry.kind),
                _of_what(session, entry),
                entry.reason,
                entry.author,
                day(entry.made_at, session),
                say("yes" if entry.holds else "no"),
            )
            for entry in trail.entries
        ],
        [0],
    )
    write_line(say("{} in all.", str(trail.total)))


@command(name="undo")
@click.argument("batch", type=click.IntRange(1))
@click.option("--why", "reason", required=True, help="The reason, in words.")
@click.option("--who", "author", required=True, help="Who says so.")
def undo(session: Session, batch: int, reason: str, author: str) -> None:
    """Take back every line of a batch that still holds; to undo that batch restores them."""
    with session.open_store() as store:
        told = store.undo_batch(batch, reason, author, now())
    if session.as_json:
        write_json(session, "undo", {"batch": told}, needs_evidence=False)
        return
    say = session.words
    write_line(say("Batch {} takes back {} lines.", str(told.number), str(told.lines)))


for each in (export, load, backup, restore, history, undo):
    workspace.add_command(each)


def _of_what(session: Session, entry: Entry) -> str:
    if entry.batch is None:
        return " · ".join(filter(None, (entry.subject, entry.object)))
    say = session.words
    title = f"{entry.batch.title} ({say('batch')} {entry.batch.number})"
    return f"{title}: {say('{} lines', str(entry.lines))}"
