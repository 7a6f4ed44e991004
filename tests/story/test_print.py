"""Printed copies: tagged, in their language, two copies equal, and every numeral found again."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.story import (
    count_pages,
    find_strays,
    list_figures,
    list_printed,
    print_docx,
    print_pdf,
)
from keten.story.document import Chapter, Paragraph, Quote, Sentence, Table, Words
from tests.story import made


def read(content: bytes) -> tuple[str, pypdf.PdfReader]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages), reader


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_pdf_is_tagged_and_says_what_it_is(language: str) -> None:
    document = made.document(language)
    _, reader = read(print_pdf(document, made.pen(language)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert reader.metadata is not None
    assert reader.metadata.title == "Photonics"
    assert reader.metadata.creation_date.date() == document.made_on
    assert "17" in reader.metadata.subject
    xmp = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in xmp
    assert count_pages(document, made.pen(language)) == len(reader.pages) == 1


@pytest.mark.parametrize("printer", [print_pdf, print_docx])
def test_the_same_document_gives_the_same_bytes(printer: object) -> None:
    assert callable(printer)
    first, second = (printer(made.document(), made.pen()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_numeral_in_the_pdf_is_in_the_document(language: str) -> None:
    document, pen = made.document(language), made.pen(language)
    text, reader = read(print_pdf(document, pen))
    strays = find_strays(text, document, pen, len(reader.pages))
    assert not strays.unknown
    assert not strays.lost
    assert len(list_figures(document)) == 3 + 3 + 1
    written = [printed.text for printed in list_printed(document, pen) if printed.figure]
    assert pen.write_figure(made.money()) in written


def test_a_numeral_that_the_document_does_not_hold_is_found() -> None:
    document, pen = made.document(), made.pen()
    text, _ = read(print_pdf(document, pen))
    assert find_strays(text + " and 99 more", document, pen, 1).unknown == ("99",)
    # Once more than the document prints it is a stray too.
    assert find_strays(text + " 1,234", document, pen, 1).unknown == ("1,234",)
    assert find_strays(text.replace("1,234", ""), document, pen, 1).lost == ("1,234",)


def test_numbers_lead_to_their_evidence_where_there_is_an_address() -> None:
    def links(public_url: str) -> set[str]:
        _, reader = read(print_pdf(made.document(), made.pen("en", public_url)))
        return {
            annotation.get_object()["/A"]["/URI"]
            for page in reader.pages
            for annotation in page.get("/Annots", [])
        }

    assert links("") == set()
    found = links(made.PUBLIC)
    assert f"{made.PUBLIC}/en/why?measure=projects&chain=photonics&region=NL21%2BNL22" in found
    assert f"{made.PUBLIC}/en/organisations/pic:1" in found


def test_texts_are_never_markup() -> None:
    text, _ = read(print_pdf(made.document(), made.pen()))
    assert "<b>&" in text
    assert "3D Systems #set" in text.replace("\n", " ")


def test_letters_that_no_font_has_are_written_in_others() -> None:
    text, _ = read(print_pdf(made.document(), made.pen()))
    assert "Świętokrzyskie" in text
    assert "Ελλάς" in text
    assert "中" not in text


@settings(max_examples=8, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40))
def test_any_text_of_a_source_can_be_printed(text: str) -> None:
    words = (Quote(text or "-", "en"),)
    chapter = Chapter("c", "Chapter", (Paragraph((Sentence("c.s", words, words),)),))
    document = replace(made.document(), chapters=(chapter,))
    assert print_pdf(document, made.pen()).startswith(b"%PDF")
    assert print_docx(document, made.pen()).startswith(b"PK")


def test_a_docx_has_headings_heads_of_tables_alternatives_and_its_language() -> None:
    document, pen = made.document("nl"), made.pen("nl", made.PUBLIC)
    found = docx.Document(io.BytesIO(print_docx(document, pen)))
    headings = [p.text for p in found.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Proposition", "Strengths", "Sources"]
    assert found.core_properties.title == "Photonics"
    assert found.core_properties.language == "nl-NL"
    assert found.core_properties.created.date() == document.made_on
    xml = found.element.xml
    assert "w:tblHeader" in xml
    assert 'descr="Two lines with three parties' in xml
    assert 'w:lang w:val="en-GB"' in xml
    texts = [t.text for t in found.element.iter() if t.tag.endswith("}t")]
    assert pen.write_figure(made.money()) in texts
    targets = [r.target_ref for r in found.part.rels.values() if r.is_external]
    assert any("/why?measure=lq" in target for target in targets)
    cells = [cell.text for row in found.tables[0].rows for cell in row.cells]
    assert pen.write_figure(made.quotient(2)) in cells


def test_both_printers_and_the_inventory_tell_of_the_same_figures() -> None:
    document, pen = made.document(), made.pen()
    made_docx = docx.Document(io.BytesIO(print_docx(document, pen)))
    texts = [t.text for t in made_docx.element.iter() if t.tag.endswith("}t")]
    flat = " ".join(read(print_pdf(document, pen))[0].split())
    for figure in list_figures(document):
        assert pen.write_figure(figure) in texts
        assert pen.write_figure(figure) in flat


def test_a_word_longer_than_a_cell_breaks_and_a_number_does_not() -> None:
    word, number = "WATERSTAATKUNDIGE" * 3, "1234567890" * 4
    row = ((Quote(word, "nl"),), (Quote(number, "nl"),))
    table = Table((), ((Words("a"),), (Words("b"),)), (row,), widths=(1, 1))
    document = replace(made.document(), chapters=(Chapter("c", "Chapter", (table,)),))
    text, _ = read(print_pdf(document, made.pen()))
    assert number in text
    lines = [line for line in text.splitlines() if line.startswith("WATER")]
    assert lines
    assert all(len(line) < len(word) for line in lines)
    assert word in "".join(text.split()).replace("-", "").replace("\u00ad", "")


def test_what_one_looks_for_is_found_whole() -> None:
    said = " ".join(["Duckweed grows in greenhouses of the province."] * 20)
    words = (Quote(said, "en"),)
    chapter = Chapter("c", "Chapter", (Paragraph((Sentence("c.s", words, words),)),))
    text, _ = read(print_pdf(replace(made.document(), chapters=(chapter,)), made.pen()))
    assert said in " ".join(text.split())
