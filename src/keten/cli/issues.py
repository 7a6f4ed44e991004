"""`keten issues`: what was odd in the data, counted by kind or one by one."""

import click

from keten.atlas.answers import count_issues, list_issues
from keten.cli.output import amount, write_json, write_line, write_notes, write_table
from keten.cli.session import Session, command

SEVERITIES = ("row-lost", "value-lost", "note")


@command()
@click.option("--code", help="One kind of issue, such as bad-number; lists them one by one.")
@click.option("--stage", help="Of one stage of the build: load, resolve, locate, ...")
@click.option("--severity", type=click.Choice(SEVERITIES), help="By what was lost.")
@click.option("--file", help="Of one file, by its number on the page of sources.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="How many at most.")  # fmt: skip
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of them.")
def issues(
    session: Session,
    code: str | None,
    stage: str | None,
    severity: str | None,
    file: str | None,
    limit: int,
    page: int,
) -> None:
    """List what was odd in the data: rows lost, values lost, and notes.

    Without a filter the kinds are counted; with one the issues are listed with file and line.
    """
    asked = {"issue_code": code, "stage": stage, "severity": severity, "file": file}
    filters = {name: value for name, value in asked.items() if value}
    con = session.evidence.cursor()
    counts = count_issues(con, {} if code else filters)  # the other kinds, to choose from
    rows = list_issues(con, filters, (page - 1) * limit, limit + 1) if filters else ()
    say = session.words
    if session.as_json:
        answer = {"counts": counts, "issues": rows[:limit], "filters": filters}
        write_json(session, say("message"), answer)
        return
    if not code:
        write_table(
            [say("code"), say("stage"), say("severity"), say("number")],
            [
                (each.code, each.stage, each.severity, amount(each.count, session))
                for each in counts
            ],
            [3],
        )
    if filters:
        write_table(
            [say("code"), say("file"), say("line"), say("column"), say("value"), say("message")],
            [
                (
                    each.code,
                    each.file_name or "",
                    str(each.line or ""),
                    each.column,
                    each.value,
                    each.message.in_language(session.language),
                )
                for each in rows[:limit]
            ],
            [2],
        )
        if len(rows) > limit:
            write_line(say("There is more: add --page {}.", page + 1))
    write_notes(session, [each.count for each in counts])
