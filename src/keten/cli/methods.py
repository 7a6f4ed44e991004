"""`keten methods`: what every measure counts, and how."""

import click

from keten.atlas.answers import MEASURES
from keten.cli.output import write_facts, write_json, write_line, write_table
from keten.cli.session import Session, command
from keten.errors import NotFoundError
from keten.evidence.figures import Measure
from keten.model import Method


@command()
@click.argument("measure", required=False)
def methods(session: Session, measure: str | None) -> None:
    """List the measures, or say in words how one is made."""
    from keten.web.explainers import list_methods  # the pages load slowly

    known: dict[str, Measure | Method] = {**MEASURES, **list_methods()}
    if measure is not None and measure not in known:
        raise NotFoundError(
            f"'{measure}' is no measure.", f"The measures are: {', '.join(sorted(known))}."
        )
    wanted = [known[measure]] if measure else list(known.values())
    described = [
        {
            "name": each.name,
            "version": each.version,
            "unit": each.unit,
            "title": each.title.in_language(session.language),
            "method": each.method.in_language(session.language),
            "source": each.source if isinstance(each, Method) else "",
        }
        for each in wanted
    ]
    say = session.words
    if session.as_json:
        write_json(session, say("method"), {"measures": described}, needs_evidence=False)
    elif measure:
        (each,) = described
        write_line(each["title"], "bold")
        write_facts(
            [(say("measure"), f"{each['name']}, {each['version']}"), (say("unit"), each["unit"])]
        )
        write_line(each["method"])
        if each["source"]:
            write_line(each["source"])
    else:
        write_table(
            [say("measure"), say("unit"), say("method")],
            [(each["name"], each["unit"], each["title"]) for each in described],
        )
