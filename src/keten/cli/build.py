"""`keten build`: brings the evidence up to date with the files and the rulings."""

from pathlib import Path

from keten.atlas.abouts import ABOUT, gather_abouts, read_members
from keten.atlas.answers import read_chain
from keten.atlas.taxonomies import MEMBER, in_force, list_taxonomies
from keten.cli.output import write_json, write_line, write_table
from keten.cli.progress import bars
from keten.cli.session import Session, command, now
from keten.pipeline import Report
from keten.pipeline import build as build_evidence


@command()
def build(session: Session) -> None:
    """Build the evidence anew where files, rulings or code changed.

    The evidence in force is served until the new one is complete; a build that stops loses nothing.
    """
    report = run_build(session, session.data)
    if session.as_json:
        write_json(session, "build", {"report": report})
    else:
        write_report(session, report)


def run_build(session: Session, data: Path) -> Report:
    """Build from a folder, with progress for a terminal."""
    home = session.settings.home
    with session.open_store() as store:
        rulings, fingerprint = store.rulings(), store.fingerprint()
        chains = tuple(read_chain(content.value) for content in store.contents("chain"))
        held = in_force(list_taxonomies(store), now().date())
        taxonomy = next((each for each in held if each.scheme == "technologies"), None)
        missions = next((each for each in held if each.scheme == "missions"), None)
        lines = store.judgements(ABOUT, only_in_force=True)
        abouts = gather_abouts(lines, taxonomy, chains, missions)
        placed = store.judgements(MEMBER, only_in_force=True) if taxonomy else ()
        members = read_members(placed, taxonomy) if taxonomy else ()
    with bars() as tell:
        return build_evidence(
            data,
            home,
            rulings=rulings,
            rulings_fingerprint=fingerprint,
            chains=chains,
            taxonomy=taxonomy,
            abouts=abouts,
            members=members,
            missions=missions,
            now=now(),
            progress=lambda stage, done, total: tell(stage, done / total if total else 1.0),
        )


def write_report(session: Session, report: Report) -> None:
    """Write what a build did."""
    say = session.words
    if not report.changed:
        write_line(say("Nothing had changed; evidence {} is still in force.", report.number))
        return
    rows = [(stage, f"{report.seconds.get(stage, 0.0):.1f}") for stage in report.ran]
    rows += [(stage, say("kept")) for stage in report.kept]
    write_table([say("stage"), say("seconds")], rows, [1])
    write_line(say("Evidence {} is in force.", report.number))
    if report.issues:
        write_line(say("{} issues; see: keten issues", report.issues))
