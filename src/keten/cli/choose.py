"""`keten choose`: developments of a chain weighed with open weights, and the decision that was taken."""

import click

from keten.cli import identify
from keten.cli.chains import find_chain
from keten.cli.output import amount, write_facts, write_json, write_line, write_notes, write_table
from keten.cli.session import Session, command, now
from keten.errors import NotFoundError, UsageError
from keten.portfolio.answers import list_choices, show_choice, show_dependence
from keten.portfolio.current import read_current
from keten.portfolio.records import record_decision
from keten.portfolio.views import ChoiceView, DependenceView
from keten.portfolio.weights import read_weights
from keten.workspace import Store


@command()
@click.argument("chain")
@click.option("--portfolio", default="", help="Which developments, where a chain has several.")
@click.option("--weights", default="", help="Bounds, such as task:0.2-0.5,money:0-0.3.")
@click.option("--order", default="", help="Criteria from most to least important: task,firms.")
@click.option("--go", "chosen", multiple=True, help="Record that this development goes on.")
@click.option("--why", "reason", default="", help="The reason for the decision, in words.")
@click.option("--who", "author", default="", help="Who decides.")
@click.option("--party", default="", help="Show how dependent a party is on subsidy instead.")
def choose(
    session: Session,
    chain: str,
    portfolio: str,
    weights: str,
    order: str,
    chosen: tuple[str, ...],
    reason: str,
    author: str,
    party: str,
) -> None:
    """Weigh the developments of CHAIN: which hold up, and what the choice hangs on.

    \b
    keten choose protein-transition --weights task:0.3-1
    keten choose protein-transition --go food2020 --why "Most firms" --who "The board"
    """
    defined = find_chain(session, chain)
    with session.open_store() as store:
        if party:
            _show_party(session, store, party)
            return
        name = _pick(store, defined.chain, portfolio)
        evidence = (session.evidence.number, session.evidence.fingerprint)
        if chosen:
            _decide(store, name, chosen, weights, order, evidence, reason, author)
        view = show_choice(
            session.evidence.cursor(), store, name, weights=weights, order=order, evidence=evidence
        )
    if session.as_json:
        write_json(session, view.label.in_language(session.language), {"choice": view})
        return
    _write(session, view)


def _pick(store: Store, chain: str, asked: str) -> str:
    known = [each.name for each in list_choices(store, chain)]
    if not known:
        raise NotFoundError(
            f"No developments are known for '{chain}'.",
            "Load a file of developments, or the examples: keten load --examples",
        )
    if asked and asked not in known:
        raise NotFoundError(f"'{asked}' is none of this chain.", f"Known: {', '.join(known)}.")
    return asked or known[0]


def _decide(
    store: Store,
    name: str,
    chosen: tuple[str, ...],
    weights: str,
    order: str,
    evidence: tuple[int, str],
    reason: str,
    author: str,
) -> None:
    if not reason or not author:
        raise UsageError(
            "A decision needs a reason and a person.", 'Add --why "..." and --who "...".'
        )
    criteria = read_current(store, name).portfolio.criteria
    said = read_weights(weights, order, criteria)
    record_decision(store, name, chosen, said, evidence, reason, author, now())


def _write(session: Session, view: ChoiceView) -> None:
    say, language = session.words, session.language
    names = {each.development: each.label.in_language(language) for each in view.developments}
    criteria = {each.criterion: each.label.in_language(language) for each in view.criteria}
    write_line(view.label.in_language(language), "bold")
    if view.is_example:
        write_line(say("These scores are examples; nobody judged these developments."))
    write_line()
    write_table(
        [say("development"), *(f"{place}." for place in range(1, len(names) + 1)),
         say("confidence")],
        [
            (names[each.development], *(amount(figure, session) for figure in each.ranks),
             amount(each.confidence, session))
            for each in view.developments
        ],
        list(range(1, len(names) + 2)),
    )  # fmt: skip
    write_line(say("What the choice hangs on:"), "bold")
    write_table(
        [say("weight or score"), say("first where low"), say("first where high"),
         say("worth of knowing")],
        [
            (
                ", ".join(filter(None, (names.get(each.development, say("weight")),
                                        criteria[each.criterion]))),
                f"{names[each.leader_low]} {amount(each.low, session)}",
                f"{names[each.leader_high]} {amount(each.high, session)}",
                amount(each.worth, session),
            )
            for each in view.hanging
            if each.hangs
        ],
        [3],
    )  # fmt: skip
    _write_decision(session, view, names)
    write_notes(session, [])


def _write_decision(session: Session, view: ChoiceView, names: dict[str, str]) -> None:
    say, decision = session.words, view.decision
    if decision is None:
        write_line(say("Nothing has been decided yet."))
        return
    line = decision.judgement
    write_facts(
        [
            (say("goes on"), ", ".join(names.get(name, name) for name in decision.chosen)),
            (say("reason"), line.reason),
            (say("by"), f"{line.author}, {line.made_at.date().isoformat()}"),
            (say("evidence"), str(decision.evidence)),
        ]
    )
    if decision.scores_changed:
        write_line(say("The scores changed since this decision."))
    if decision.evidence_changed:
        write_line(say("The evidence was built anew since this decision."))


def _show_party(session: Session, store: Store, party: str) -> None:
    current = identify.organisation(session, party)
    view = show_dependence(session.evidence.cursor(), store, current, now())
    if session.as_json:
        write_json(session, view.label.name or current, {"dependence": view})
        return
    _write_party(session, view)


def _write_party(session: Session, view: DependenceView) -> None:
    say = session.words
    write_line(view.label.name or view.label.organisation_id, "bold")
    write_facts(
        [
            (say("sources of subsidy"), amount(view.count, session)),
            (say("concentration of funders"), amount(view.concentration, session)),
            (say("change of EU contribution per year"), amount(view.slope, session)),
        ]
    )
    write_line()
    write_table(
        [say("year"), say("EU contribution"), say("ministries"), say("revenue"),
         say("share of subsidy")],
        [
            (
                str(year.year),
                amount(year.eu, session),
                amount(year.ministries, session),
                amount(year.revenue, session),
                amount(year.dependence, session),
            )
            for year in view.years
        ],
        [1, 2, 3, 4],
    )  # fmt: skip
    write_notes(session, [])
