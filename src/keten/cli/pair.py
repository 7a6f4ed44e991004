"""Writes two records compared: what spoke for one organisation and what against, as a waterfall of text."""

from babel.numbers import format_decimal

from keten.atlas.identity_views import PairView, Step
from keten.cli.output import day, write_facts, write_line, write_table
from keten.cli.session import Session
from keten.model import Figure
from keten.model.rounding import round_chance, round_times

_WIDE = 24  # signs for the axis
_REACH = 7.0  # log-odds at its ends
_OUTCOMES = {
    "same-pic": "one organisation: the same participant number (PIC)",
    "same-identifier": "one organisation: a register gives the number of both",
    "match": "one organisation: enough spoke for it",
    "ruling": "one organisation: a person ruled so",
}
_APART = {
    "review": "two organisations; people are asked",
    "refused": "two organisations: a number of a register, or a ruling, forbids joining them",
    "apart": "two organisations: too little speaks for one",
}
_SPEAKS = {"for": "for", "against": "against", "neither": "little either way"}


def write_pair(session: Session, pair: PairView) -> None:
    """Write a pair: the records beside each other, the waterfall, the chance, the rulings."""
    say, found = session.words, pair.comparison
    write_line(f"{pair.left.name or '?'}  =?  {pair.right.name or '?'}", "bold")
    _write_records(session, pair)
    opening = say("before anything is compared"), "", ""
    start = (*opening, _draw(found.start, found.start), chance(pair.start, session))
    write_table(
        [say("compared"), say("found"), say("says"), f"{say('against')} <{' ' * 7}> {say('for')}",
         say("of a hundred")],
        [start, *(_step(session, step) for step in pair.steps)],
        [4],
    )  # fmt: skip
    rule = found.rule if found.verdict == "same" else ""
    outcome = _OUTCOMES.get(rule, "one organisation") if rule else _APART.get(found.verdict, "")
    if pair.is_ruled_apart(session.evidence.built_at):
        outcome = "two organisations: a person ruled so"
    write_facts(
        [
            (say("chance"), say("about {} of a hundred", chance(pair.chance, session))),
            (say("in this build"), say(outcome)),
        ]
    )
    for line in pair.rulings:
        head = f"{say('ruling')} {line.number}: {say(line.kind)}"
        write_line(f"{head} – {line.reason} ({line.author}, {day(line.made_at, session)})")


def chance(figure: Figure, session: Session) -> str:
    """Write a chance out of a hundred as the pages do."""
    return _write(*round_chance(float(figure.value or 0)), session)


def _write(value: float, decimals: int, session: Session) -> str:
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return str(format_decimal(value, pattern, locale=session.language))


def _write_records(session: Session, pair: PairView) -> None:
    say, left, right = session.words, pair.left, pair.right
    facts = (
        ("record", left.source_key, right.source_key),
        ("name", left.name, right.name),
        ("short name", left.short_name, right.short_name),
        ("other names", "; ".join(left.other_names), "; ".join(right.other_names)),
        ("address", left.street, right.street),
        ("postcode", left.postcode, right.postcode),
        ("place", left.city, right.city),
        ("country", left.country, right.country),
        ("website", left.website, right.website),
        ("VAT number", left.vat_number, right.vat_number),
    )
    rows = [(say(name), one or "–", other or "–") for name, one, other in facts if one or other]
    write_table(["", say("one record"), say("the other")], rows)


def _step(session: Session, step: Step) -> tuple[str, ...]:
    say, language = session.words, session.language
    says = say(_SPEAKS[step.speaks])
    if step.speaks != "neither":
        says = f"{says}: × {_write(*round_times(float(step.times.value or 0)), session)}"
    return (
        step.title.in_language(language),
        step.found.in_language(language),
        says,
        _draw(step.before, step.after),
        chance(step.chance, session),
    )


def _draw(before: float, after: float) -> str:
    """Draw a step on the axis: from where the last one ended, with an arrow's head where it ends."""
    first, last = _place(before), _place(after)
    signs = [" "] * (_WIDE + 1)
    signs[_WIDE // 2] = "|"
    for place in range(min(first, last), max(first, last) + 1):
        signs[place] = "="
    signs[last] = ">" if after > before else "<" if after < before else "o"
    return "".join(signs)


def _place(log_odds: float) -> int:
    kept = min(max(log_odds, -_REACH), _REACH)
    return round((kept + _REACH) / (2 * _REACH) * _WIDE)
