"""`keten act`: the programme of a chain, taken along as calendar or workbook, and read back."""

from pathlib import Path
from typing import Any

import click

from keten.cli.act_import import import_workbook
from keten.cli.chains import find_chain
from keten.cli.output import amount, day, write_facts, write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import UsageError
from keten.model import Chain
from keten.programme.answers import prepare, show_programme
from keten.programme.calendar import STATE_WORDS, write_calendar
from keten.programme.columns import COURSES
from keten.programme.draft import Problems, check_action, check_status
from keten.programme.records import record_action, record_status
from keten.programme.sheet import Origin, write_sheet
from keten.programme.views import STATES, ActionView, ProgrammeView
from keten.workspace import Store

_FILE = click.Path(path_type=Path, dir_okay=False)


@command()
@click.argument("chain")
@click.option("--ics", "calendar", type=_FILE, metavar="FILE", help="Write the days as a calendar.")
@click.option("--xlsx", "workbook", type=_FILE, metavar="FILE", help="Write an Excel workbook.")
@click.option(
    "--import",
    "taken",
    type=_FILE,
    metavar="FILE",
    help="Read a workbook back: shows row by row what would happen.",
)
@click.option("--yes", is_flag=True, help="With --import: write what is new or changed.")
@click.option("--add", "title", default="", metavar="TITLE", help="Add an action.")
@click.option("--owner", default="", help="With --add: an organisation, or its number (pic:...).")
@click.option("--role", default="", help="With --add: a role in that organisation.")
@click.option("--initiative", default="", help="With --add: the initiative it belongs to.")
@click.option("--starts", default="", metavar="DAY", help="With --add: first day, 2027-01-31.")
@click.option("--ends", default="", metavar="DAY", help="With --add: last day.")
@click.option("--gap", default="", help="With --add: the element of the canvas it answers.")
@click.option("--tell", "told", default="", metavar="ACTION", help="Tell how an action stands.")
@click.option(
    "--status", type=click.Choice(STATES), default="running", show_default=True, help="With --tell."
)
@click.option("--share", default="", metavar="PERCENT", help="With --tell: share done.")
@click.option("--why", "reason", default="", help="The reason, or the note to a status, in words.")
@click.option("--who", "author", default="", help="Who says so.")
def act(session: Session, chain: str, **asked: Any) -> None:
    """Show the programme of CHAIN: who does what, when, and whether it is on course.

    \b
    keten act photonics --xlsx actions.xlsx      then fill it in, and
    keten act photonics --import actions.xlsx    to see what would happen, and with --yes do it
    """
    defined = find_chain(session, chain)
    with session.open_store() as store:
        if asked["taken"]:
            import_workbook(
                session,
                store,
                defined,
                asked["taken"],
                write=asked["yes"],
                reason=asked["reason"],
                author=asked["author"],
            )
            return
        if asked["title"]:
            _add(session, store, defined, asked)
        if asked["told"]:
            _tell(session, store, defined, asked)
        view = show_programme(session.evidence.cursor(), store, defined.chain, now().date())
    if asked["calendar"]:
        _write_calendar(session, defined, view, asked["calendar"])
    if asked["workbook"]:
        _write_workbook(session, defined, view, asked["workbook"])
    if session.as_json:
        write_json(session, defined.label.in_language(session.language), {"programme": view})
    elif not (asked["calendar"] or asked["workbook"]):
        _write(session, defined, view)


def _add(session: Session, store: Store, chain: Chain, asked: dict[str, Any]) -> None:
    known = prepare(session.evidence.cursor(), store, chain.chain, now().date())
    draft, problems = check_action(asked, (), known)
    _refuse(session, problems)
    record_action(store, chain.chain, draft, _author(asked), now())


def _tell(session: Session, store: Store, chain: Chain, asked: dict[str, Any]) -> None:
    cells = {"status": asked["status"], "share_done": asked["share"], "note": asked["reason"]}
    draft, problems = check_status(cells)
    _refuse(session, problems)
    record_status(store, chain.chain, asked["told"], draft, _author(asked), now())


def _author(asked: dict[str, Any]) -> str:
    author = str(asked["author"]).strip()
    if not author:
        raise UsageError("It is not said who writes this.", "Add --who, with a name.")
    return author


def _refuse(session: Session, problems: Problems) -> None:
    if problems:
        told = " ".join(problem.what.in_language(session.language) for problem in problems)
        raise UsageError(told, "See: keten act --help")


def _write_calendar(session: Session, chain: Chain, view: ProgrammeView, path: Path) -> None:
    public = session.settings.public_url
    base = f"{public}/{session.language}/chains/{chain.chain}/programme/actions/"

    def address(slug: str) -> str:
        return f"{base}{slug}" if public else ""

    _keep(session, path, write_calendar(view, chain.label, session.language, address))


def _write_workbook(session: Session, chain: Chain, view: ProgrammeView, path: Path) -> None:
    evidence = session.evidence
    origin = Origin(
        title=chain.label,
        made_at=now(),
        evidence_number=evidence.number,
        evidence_built_at=evidence.built_at,
        evidence_fingerprint=evidence.fingerprint,
    )
    _keep(session, path, write_sheet(view, origin, session.language))


def _keep(session: Session, path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
        ) from error
    if not session.as_json:
        write_line(session.words("Written: {}", path))


def _write(session: Session, chain: Chain, view: ProgrammeView) -> None:
    say = session.words
    write_line(chain.label.in_language(session.language), "bold")
    figures = view.figures
    write_facts(
        [
            (say("actions"), amount(figures["actions"], session)),
            (say("late"), amount(figures["actions_late"], session)),
            (say("milestones late"), amount(figures["milestones_late"], session)),
            (say("milestones due soon"), amount(figures["milestones_soon"], session)),
        ]
    )
    write_line()
    if not view.initiatives:
        write_line(say("Nothing is planned yet: keten act {} --add, or --xlsx", chain.chain))
        return
    for group in view.initiatives:
        name = group.initiative.label if group.initiative else say("of no initiative")
        write_line(name, "bold")
        write_table(
            [say("action"), say("title"), say("owner"), say("start"), say("end"), say("status"),
             say("course")],
            [_row(session, one) for one in group.actions],
        )  # fmt: skip


def _row(session: Session, view: ActionView) -> tuple[str, ...]:
    action, owner = view.action, view.owner
    name = (owner.current.name if owner.current else None) or owner.owner.name
    share = f" {amount(view.share_done, session)}" if view.share_done else ""
    return (
        action.slug,
        action.title,
        ", ".join(filter(None, (name, owner.owner.role))),
        day(action.starts, session),
        day(action.ends, session),
        STATE_WORDS[view.state].in_language(session.language) + share,
        COURSES[view.course].in_language(session.language),
    )
