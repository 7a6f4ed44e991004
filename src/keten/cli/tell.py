"""`keten tell`: the plan of a chain on two pages, as text, PDF or a document for a word processor."""

from pathlib import Path

import click

from keten.atlas.answers import knows_chain
from keten.cli.chains import find_chain
from keten.cli.output import write_json, write_line, write_table
from keten.cli.session import Session, command, now
from keten.errors import NotFoundError, UsageError
from keten.story import Pen, print_docx, print_pdf
from keten.story.document import Block, Document, Paragraph, Picture, Points, Table
from keten.story.plan import PAGES, Asked, Plan, make_plan
from keten.web.pen import make_pen, make_recount


@command()
@click.argument("chain")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write it as a tagged PDF.")  # fmt: skip
@click.option("--docx", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write it for a word processor.")  # fmt: skip
def tell(session: Session, chain: str, pdf: Path | None, docx: Path | None) -> None:
    """Tell the plan of a chain: its proposition, parties, strengths, gaps and actions on two pages.

    \b
    CHAIN is a name from `keten chains`. Sentences that people wrote stand in it.
    keten tell protein-transition --pdf plan.pdf --lang nl
    """
    pen = make_pen(session.language, session.settings.public_url)
    plan = run_tell(session, chain, pen)
    if pdf is not None:
        _write_file(pdf, print_pdf(plan.document, pen))
    if docx is not None:
        _write_file(docx, print_docx(plan.document, pen))
    if session.as_json:
        write_json(session, plan.document.title, {"plan": plan})
    elif pdf is None and docx is None:
        _write_document(plan.document, pen)
    else:
        for path in filter(None, (pdf, docx)):
            write_line(str(path))
    if plan.pages > PAGES:
        click.echo(
            session.words("The plan takes {} pages: shorten its sentences.", plan.pages), err=True
        )


def run_tell(session: Session, name: str, pen: Pen) -> Plan:
    """Make the plan of a chain that the workspace and the evidence know."""
    chain, evidence = find_chain(session, name), session.evidence
    con = evidence.cursor()
    if not knows_chain(con, name):
        raise NotFoundError(
            f"The value chain '{name}' is not in the evidence yet.", "Run: keten build"
        )
    with session.open_store() as store:
        asked = Asked(
            con=con,
            store=store,
            chain=chain,
            language=session.language,
            today=now().date(),
            evidence=evidence.number,
            evidence_day=evidence.built_at.date(),
            fingerprint=evidence.fingerprint,
            is_invented=evidence.is_invented,
        )
        return make_plan(asked, pen, make_recount(con, store))


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
        ) from error


def _write_document(document: Document, pen: Pen) -> None:
    write_line(document.title, "bold")
    write_line(pen.write_line(document.subtitle))
    for chapter in document.chapters:
        write_line()
        write_line(chapter.title, "bold")
        for block in chapter.blocks:
            _write_block(block, pen)


def _write_block(block: Block, pen: Pen) -> None:
    match block:
        case Paragraph(sentences):
            write_line(" ".join(pen.write_line(each.pieces) for each in sentences if each.pieces))
        case Table():
            write_table(
                [pen.write_line(cell) for cell in block.head],
                [[pen.write_line(cell) for cell in row] for row in block.rows],
                block.numeric,
            )
        case Points(lines):
            for line in lines:
                write_line(f"- {pen.write_line(line)}")
        case Picture():
            pass  # the table says the same
