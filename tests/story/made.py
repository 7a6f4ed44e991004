"""A document made by hand, with every kind of block and piece, and a pen to write it with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from keten.model import Figure, Interval, Scope, Text
from keten.story.document import (
    Chapter,
    Day,
    Document,
    Ident,
    Number,
    Paragraph,
    Party,
    Picture,
    Points,
    Quote,
    Sentence,
    Table,
    Words,
    Year,
)
from keten.story.map import MapLine, draw_schematic
from keten.story.pen import Pen
from keten.story.sentences import write_line, write_sentence
from keten.web.pen import make_pen

REGION = Scope.of(chain="photonics", region="NL21+NL22")
PUBLIC = "https://keten.example"


def pen(language: str = "en", public_url: str = "") -> Pen:
    return make_pen(language, public_url)


def projects(value: int | None = 1234) -> Figure:
    return Figure(value, "count", "projects", REGION)


def money(value: str = "12345678.90") -> Figure:
    return Figure(Decimal(value), "EUR", "contribution_eur", REGION)


def quotient(value: float = 1.62, low: float = 1.31, high: float = 2.01) -> Figure:
    return Figure(value, "ratio", "lq", REGION, interval=Interval(low, high))


SAYS = Text(
    "In {region} {projects} projects bring {money}; the quotient is {lq}.",
    "In {region} brengen {projects} projecten {money}; het quotiënt is {lq}.",
)


def sentence(language: str = "en", count: int | None = 1234, lq: float = 1.62) -> Sentence:
    return write_sentence(
        "proposition.size",
        SAYS,
        language,
        region=Quote("the East <b>&", language),
        projects=projects(count),
        money=money(),
        lq=quotient(lq),
    )


def drawing() -> Picture:
    names = {"a": "UNIVERSITEIT TWENTE", "b": "3D Systems #set page()", "c": "Lionix"}
    lines = [MapLine("k", "Knowledge", ("a", "b")), MapLine("s", "Suppliers", ("b", "c"))]
    return Picture(
        "map",
        draw_schematic(lines, names, title="Parties by stage", about="Two lines."),
        "Two lines with three parties; the table lists them.",
        (Words("Parties by stage."),),
        tuple((Party(identifier, name),) for identifier, name in names.items()),
    )


def document(language: str = "en", *sentences: Sentence, rows: int = 3) -> Document:
    line = write_line(
        Text("Made on {day}", "Gemaakt op {day}"), language, day=Day(date(2026, 11, 21))
    )
    table = Table(
        (Words("Strengths, Horizon 2020 left out"),),
        ((Words("Field"),), (Words("Quotient"),)),
        tuple(
            ((Quote(f"field {row}", "en"),), (Number(quotient(1 + row)),)) for row in range(rows)
        ),
        numeric=(1,),
        widths=(2, 1),
    )
    return Document(
        title="Photonics",
        subtitle=line,
        language=language,
        made_on=date(2026, 11, 21),
        evidence=17,
        evidence_day=date(2026, 11, 20),
        is_invented=False,
        chapters=(
            Chapter(
                "proposition",
                "Proposition",
                (Paragraph(sentences or (sentence(language),)), drawing()),
            ),
            Chapter("strengths", "Strengths", (table,)),
            Chapter(
                "sources",
                "Sources",
                (
                    Points(
                        (
                            (
                                Party("pic:1", "Świętokrzyskie 中文 Ελλάς"),
                                Words(", since "),
                                Year(2014),
                            ),
                            (Ident("NL21"), Words(" and "), Number(projects(None))),
                        )
                    ),
                ),
            ),
        ),
        footer=(Words("Photonics, evidence "), Ident("17")),
        page_word="page",
        mark_note="a number changed since a person wrote this.",
    )
