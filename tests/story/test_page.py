"""The page of a plan: to read for all, to write for editors, to take along as PDF, DOCX and JSON."""

from __future__ import annotations

import html
import io
import re

import docx
import pypdf
import pytest
from starlette.testclient import TestClient

from keten.cli.commands import commands
from keten.workspace import open_store
from tests.story.conftest import CHAIN, Region, open_site
from tests.web.people import HERE, SignedIn, sign_in

PAGE = f"/en/chains/{CHAIN}/story"
KEY = "proposition.size"
FORM = f"{PAGE}/sentences/{KEY}"
CALLS = f"{PAGE}/sentences/calls.count"


def text_of(page: str) -> str:
    plain = re.sub(r'<span class="caveat-mark".*?</span>', "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", plain)).split())


def seen(page: str, address: str) -> str:
    """Give the number of the line that the forms of a sentence carry."""
    (found,) = set(
        re.findall(
            rf'action="{re.escape(address)}".*?name="seen" value="([0-9]+)"', page, re.DOTALL
        )
    )
    return str(found)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_everybody_reads_the_plan_and_nobody_else_s_controls(
    visitor: TestClient, language: str
) -> None:
    reply = visitor.get(f"/{language}/chains/{CHAIN}/story")
    assert reply.status_code == 200
    assert 'aria-current="step"' in reply.text
    assert reply.text.count('class="k-schematic"') == 1
    assert reply.text.count("<caption>") >= 4
    story = reply.text.split("<main")[1].split("</main>")[0]
    assert "<form" not in story.split('<article class="k-story"')[1].split("</article>")[0]
    assert "/story/sentences/" not in story
    assert " style=" not in story
    assert "k-sentence" not in story


def test_the_page_the_pdf_and_the_docx_tell_the_same(visitor: TestClient) -> None:
    page = visitor.get(PAGE)
    figures = re.findall(r'<data class="figure-value"[^>]*>([^<]+)</data>', page.text)
    pdf = visitor.get(f"{PAGE}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert f'href="{PAGE}.pdf" download="{CHAIN}-en.pdf"' in page.text
    again = visitor.get(f"{PAGE}.pdf", headers={"if-none-match": pdf.headers["etag"]})
    assert again.status_code == 304
    assert visitor.get(f"{PAGE}.pdf").content == pdf.content
    reader = pypdf.PdfReader(io.BytesIO(pdf.content))
    assert len(reader.pages) == 2
    printed = " ".join("\n".join(each.extract_text() for each in reader.pages).split())
    word = visitor.get(f"{PAGE}.docx")
    assert "wordprocessingml" in word.headers["content-type"]
    made = docx.Document(io.BytesIO(word.content))
    written = " ".join(t.text or "" for t in made.element.iter() if t.tag.endswith("}t"))
    assert len(figures) > 20
    for figure in figures:
        assert html.unescape(figure) in printed
        assert html.unescape(figure) in written


def test_the_twin_holds_the_tree_and_no_names(editor: SignedIn) -> None:
    answer = editor.get(f"{PAGE}.json").json()["answer"]["plan"]
    assert answer["pages"] == 2
    assert answer["document"]["chapters"][0]["key"] == "proposition"
    editor.post(f"{PAGE}/sentences/parties.leading", {"act": "write", "text": "Ours."})
    editor.client.cookies.clear()
    told = editor.get(f"{PAGE}.json").text
    assert "Ours." in told
    assert "test editor" not in told
    assert "test editor" not in editor.get(PAGE).text


def test_an_unknown_chain_is_told_and_answered_with_suggestions(visitor: TestClient) -> None:
    for ending in ("", ".pdf", ".docx", ".json"):
        assert visitor.get(f"/en/chains/nope/story{ending}").status_code == 404


def test_an_editor_writes_keeps_takes_and_undoes(own_region: Region) -> None:
    with open_site(own_region.home) as client:
        walk(sign_in(client, own_region.home, "editor"), own_region)


def walk(editor: SignedIn, own_region: Region) -> None:
    page = editor.get(PAGE).text
    assert seen(page, FORM) == "0"
    reply = editor.post(
        FORM, {"act": "write", "text": "We have {2} projects and 5 ideas.", "seen": "0"}
    )
    assert reply.status_code == 303
    assert reply.headers["location"] == f"{PAGE}#s-{KEY}"
    page = editor.get(PAGE).text
    assert "We have 4 projects and 5 ideas." in text_of(page)
    assert "Put in our own words." in text_of(page)
    # The textarea gives the slot back, not the number.
    assert "We have {2} projects and 5 ideas." in page
    number = seen(page, FORM)
    assert number != "0"
    assert 'class="k-changed"' not in page
    own_region.build(organisations=150)
    page = editor.get(PAGE).text
    assert 'class="k-changed"' in page
    assert "was 4, is now" in text_of(page)
    assert editor.post(FORM, {"act": "keep", "seen": number}).status_code == 303
    page = editor.get(PAGE).text
    assert 'class="k-changed"' not in page
    number = seen(page, FORM)
    assert editor.post(FORM, {"act": "take", "seen": number}).status_code == 303
    assert "5 ideas" not in text_of(
        editor.get(PAGE).text.split("</article>")[0].split("k-prose")[1]
    )
    number = seen(editor.get(PAGE).text, FORM)
    undo = editor.post(f"/en/judgements/{number}/withdraw", {"reason": "no, ours", "back": PAGE})
    assert undo.status_code == 303
    assert "5 ideas" in text_of(editor.get(PAGE).text)
    with open_store(own_region.home) as store:
        assert len(store.judgements("sentence")) == 3


def test_a_sentence_left_out_is_gone_for_readers_and_can_come_back(editor: SignedIn) -> None:
    assert editor.post(CALLS, {"act": "leave-out", "seen": "0"}).status_code == 303
    page = editor.get(PAGE).text
    assert "Left out: European calls" in text_of(page)
    editor.client.cookies.clear()
    assert "European calls in which" not in text_of(editor.get(PAGE).text)


def test_what_cannot_be_is_said_and_what_was_typed_is_given_back(editor: SignedIn) -> None:
    reply = editor.post(FORM, {"act": "write", "text": "There are {9} of us.", "seen": "0"})
    assert reply.status_code == 400
    assert "There are {9} of us." in html.unescape(reply.text)
    assert editor.post(FORM, {"act": "shout", "seen": "0"}).status_code == 400
    assert editor.post(FORM, {"act": "keep", "seen": "0"}).status_code == 400
    assert editor.post(f"{PAGE}/sentences/no.such", {"act": "take"}).status_code == 404
    other = f"{PAGE}/sentences/sources.about"
    assert editor.post(other, {"act": "write", "text": "Mine.", "seen": "0"}).status_code == 303
    reply = editor.post(other, {"act": "write", "text": "Yours.", "seen": "0"})
    assert reply.status_code == 409
    assert "Yours." in reply.text


def test_only_editors_write(site: TestClient, written: Region) -> None:
    fields = {"act": "write", "text": "Ours.", "seen": "0"}
    reader = sign_in(site, written.home, "visitor")
    assert reader.post(FORM, fields).status_code == 403
    assert "/story/sentences/" not in reader.get(PAGE).text
    site.cookies.clear()
    assert site.post(FORM, data=fields, headers={"origin": HERE}).status_code == 403


def test_hostile_words_stay_words(editor: SignedIn) -> None:
    evil = "<script>alert(1)</script> {1} #set page()"
    address = f"{PAGE}/sentences/proposition.europe"
    assert editor.post(address, {"act": "write", "text": evil}).status_code == 303
    page = editor.get(PAGE)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    pdf = pypdf.PdfReader(io.BytesIO(editor.get(f"{PAGE}.pdf").content))
    assert "<script>" in pdf.pages[0].extract_text().replace("\n", "")


def test_the_command_tells_the_same(
    region: Region, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path_factory.mktemp("told")
    home = ["--home", str(region.home), "--lang", "nl"]
    for asked in (
        ["tell", CHAIN, *home],
        ["tell", CHAIN, *home, "--pdf", str(place / "a.pdf"), "--docx", str(place / "a.docx")],
        ["tell", CHAIN, *home, "--json"],
    ):
        with pytest.raises(SystemExit) as ended:
            commands.main(asked)
        assert ended.value.code == 0
    assert len(pypdf.PdfReader(place / "a.pdf").pages) == 2
    assert docx.Document(str(place / "a.docx")).core_properties.language == "nl-NL"
    written = capsys.readouterr().out
    assert "Propositie" in written
    with pytest.raises(SystemExit) as ended:
        commands.main(["tell", "nope", *home])
    assert ended.value.code == 3
