"""`keten fund` and `keten financing` on the invented region."""

from tests.cli.conftest import Keten, read_json


def test_fund_lists_the_calls_of_a_chain(keten: Keten) -> None:
    assert keten("load", "--examples").exit_code == 0
    assert keten("build").exit_code == 0
    answer = read_json(keten("fund", "new-proteins", "--json"))["answer"]["calls"]
    assert answer["found"]["value"] == len(answer["rows"]) > 0
    first = answer["rows"][0]
    shown = keten("fund", "new-proteins")
    assert shown.exit_code == 0
    assert first["call_id"] in shown.stdout
    assert "calls with a word of the chain" in shown.stdout
    assert keten("fund", "new-proteins", "--part", "X").exit_code == 3


def test_fund_of_nothing_is_not_found(keten: Keten) -> None:
    assert keten("fund", "nothing").exit_code == 3


def test_financing_names_the_next_question(keten: Keten) -> None:
    assert keten("load", "--examples").exit_code == 0
    check = read_json(keten("financing", "--json"))["answer"]["check"]
    assert [question["fact"] for question in check["ask"]][:2] == ["region", "amount"]
    again = read_json(keten("financing", "--answer", "region=NL21", "--json"))["answer"]["check"]
    assert "region" not in {question["fact"] for question in again["ask"]}
    shown = keten("financing", "--answer", "region=elsewhere")
    assert shown.exit_code == 0
    assert "No: by the rules at hand it does not fit." in shown.stdout
    assert "This scheme has ended." in shown.stdout
    assert "There is nothing left to ask" in shown.stdout


def test_financing_refuses_what_is_no_answer(keten: Keten) -> None:
    assert keten("load", "--examples").exit_code == 0
    for wrong in ("region", "region=Mars", "colour=red", "amount=lots"):
        assert keten("financing", "--answer", wrong).exit_code == 2
