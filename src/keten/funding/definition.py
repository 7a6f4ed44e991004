"""Reads the rules of a scheme as people define them, and says what is wrong with a definition."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from keten.errors import UsageError
from keten.funding.logic import Condition, Group, Node, list_conditions
from keten.funding.scheme import NO, UNSURE, YES, Fact, FactKind, Option, Scheme, list_classes
from keten.model import Given, Text

_KEYS: Final = (
    "content", "name", "label", "agency", "offers", "document", "source", "stated", "valid_from",
    "has_ended", "is_example", "facts", "rules", "unknowns", "contact",
)  # fmt: skip
_KINDS: Final[Mapping[str, FactKind]] = {
    "yes-no": "yes-no",
    "number": "number",
    "choice": "choice",
    "region": "region",
}
_GROUPS: Final[Mapping[str, Literal["all", "any", "not"]]] = {
    "all": "all",
    "any": "any",
    "not": "not",
}
_UNKNOWN: Final = "unknown"


def read_finance_rules(value: Mapping[str, Any]) -> Scheme:
    """Give the scheme of a definition; raises UsageError that names the key, value and cure."""
    given = Given(value, f"The scheme '{value.get('name', '')}'")
    given.only(*_KEYS)
    facts = tuple(_read_fact(fact) for fact in given.each("facts"))
    known = {fact.fact: fact for fact in facts}
    if not facts or len(known) < len(facts):
        raise given.wrong("facts", "Name one fact or more, each with a name of its own.")
    rules = given.value.get("rules")
    if not isinstance(rules, Mapping):
        raise given.wrong("rules", "Write one of: all, any, not, or a condition with a fact.")
    scheme = Scheme(
        scheme=given.slug("name"),
        label=given.words("label"),
        agency=given.words("agency"),
        offers=given.words("offers"),
        document=given.words("document"),
        source=given.text("source"),
        stated=_known(given.text("stated")),
        valid_from=_known(given.text("valid_from")),
        has_ended=given.flag("has_ended"),
        is_example=given.flag("is_example"),
        facts=facts,
        rules=_read_node(Given(rules, f"{given.where}, rules"), known),
        unknowns=tuple(_read_text(item) for item in given.each("unknowns")),
        contact=given.words("contact") if "contact" in given.value else None,
    )
    _check_read_once(given, scheme)
    return scheme


def _known(text: str) -> str:
    return "" if text == _UNKNOWN else text


def _read_text(given: Given) -> Text:
    return Given({"text": given.value}, given.where).words("text")


def _read_fact(given: Given) -> Fact:
    given.only("fact", "kind", "question", "help", "options", "unit")
    kind = _KINDS.get(given.text("kind"))
    if kind is None:
        raise given.wrong("kind", f"Choose from: {', '.join(_KINDS)}.")
    options = []
    for option in given.each("options"):
        option.only("value", "label")
        options.append(Option(option.text("value"), option.words("label")))
    values = [option.value for option in options]
    if (kind in ("choice", "region")) != bool(options) or len(set(values)) < len(values):
        raise given.wrong("options", "Give a choice or region its options, and no other kind.")
    if UNSURE in values:
        raise given.wrong("options", f"'{UNSURE}' is what people answer who do not know.")
    return Fact(
        given.slug("fact"), kind, given.words("question"), given.words("help"), tuple(options),
        given.text("unit") if "unit" in given.value else "",
    )  # fmt: skip


def _read_node(given: Given, facts: Mapping[str, Fact]) -> Node:
    kinds = [kind for kind in _GROUPS if kind in given.value]
    if not kinds:
        return _read_condition(given, facts)
    if len(kinds) > 1:
        raise given.wrong(kinds[1], f"Put it within {kinds[0]}, or the other way round.")
    kind = kinds[0]
    given.only(kind, "waived_by")
    if kind == "not":
        nodes: tuple[Node, ...] = (_read_node(_within(given, "not"), facts),)
    else:
        nodes = tuple(_read_node(part, facts) for part in given.each(kind))
    if not nodes:
        raise given.wrong(kind, "Name one condition or more.")
    group = Group(_GROUPS[kind], nodes)
    if "waived_by" not in given.value:
        return group
    waiver = _read_node(_within(given, "waived_by"), facts)
    return Group("any", (waiver, group), is_waiver=True)


def _within(given: Given, key: str) -> Given:
    return Given(given.value[key], f"{given.where}, {key}")


def _read_condition(given: Given, facts: Mapping[str, Fact]) -> Condition:
    given.only("rule", "label", "fact", "is", "one_of", "from", "to")
    fact = facts.get(given.text("fact"))
    if fact is None:
        raise given.wrong("fact", f"Choose from the facts: {', '.join(facts)}.")
    values, low, high = frozenset[str](), None, None
    if fact.kind == "number":
        low, high = _read_number(given, "from"), _read_number(given, "to")
        if low is None and high is None:
            raise given.wrong("from", "Write from, to, or both.")
    else:
        key = "is" if "is" in given.value else "one_of"
        found = given.value.get(key)
        listed = found if isinstance(found, list) else [found]
        values = frozenset(_read_value(each) for each in listed)
        if not values < set(fact.values):
            raise given.wrong(key, f"Choose some, but not all, of: {', '.join(fact.values)}.")
    return Condition(given.slug("rule"), given.words("label"), fact.fact, values, low, high)


def _read_value(value: Any) -> str:
    """Give an answer as text: YAML reads a bare yes or no as true or false."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _read_number(given: Given, key: str) -> Decimal | None:
    if key not in given.value:
        return None
    try:
        number = Decimal(str(given.value[key]))
    except InvalidOperation:
        raise given.wrong(key, "Write a number.") from None
    if not number.is_finite():
        raise given.wrong(key, "Write a number.")
    return number


def _check_read_once(given: Given, scheme: Scheme) -> None:
    """Refuse a fact that stands twice or never, and a condition that only one way comes out."""
    found = Counter(condition.fact for condition in list_conditions(scheme.rules))
    for fact in scheme.facts:
        if found[fact.fact] != 1:
            raise UsageError(
                f"{given.where}: the fact '{fact.fact}' stands {found[fact.fact]} times in the "
                "rules.",
                "Let each fact stand in one condition: join conditions, or take the fact out.",
            )
    facts = {fact.fact: fact for fact in scheme.facts}
    for condition in list_conditions(scheme.rules):
        answers = list_classes(facts[condition.fact], (scheme,))
        if len({condition.holds(answer) for answer in answers}) < 2:
            raise UsageError(
                f"{given.where}: the condition '{condition.rule}' always comes out the same.",
                "Mend its bounds or values, or take it out.",
            )
