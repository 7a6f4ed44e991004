"""The templates, compiled once per language, with the few words that every template may use."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from keten.sources.invented import LABELS
from keten.web import wording
from keten.web.address import Addresses
from keten.web.language import LANGUAGES, Words, words_in
from keten.web.numbers import write_number

HERE = Path(__file__).parent
FOLDERS = (HERE / "templates", HERE / "pages")
# CORDIS writes Greece and the United Kingdom as the European Union does; Babel as ISO does.
_ISO = {"EL": "GR", "UK": "GB"}


class Templates:
    """The templates in both languages."""

    def __init__(self) -> None:
        self._environments = {language: _make_environment(language) for language in LANGUAGES}

    def compile_all(self) -> None:
        """Compile every template, which takes a second; one that is asked for before is compiled then."""
        for environment in self._environments.values():
            for name in environment.list_templates(extensions=["html"]):
                environment.get_template(name)

    def render(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Fill in a template."""
        return self._environments[language].get_template(name).render(values)


@cache
def country_name(code: str, language: str) -> str:
    """Give the name of a country, or its code where there is no name."""
    if code in LABELS:
        return LABELS[code].in_language(language)
    return str(Locale(language).territories.get(_ISO.get(code, code), code))


class _Environment(Environment):
    """Compiles templates with their fixed words said already: a page holds hundreds of them."""

    words: Words

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        _Saying(self.words).visit(source)
        return super()._generate(source, name, filename, defer_init)


class _Saying(NodeTransformer):
    """Puts what `_("...")` says in the place of the call, as the call would: safe, and formatted."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - a name of Jinja's
        """Say fixed words; leave alone those with values to fill in."""
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(text))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                said = nodes.Const(self._words(text) % {}, lineno=node.lineno)
                return nodes.MarkSafe(said, lineno=node.lineno)
        return node


@cache
def _make_environment(language: str) -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    words = words_in(language)
    environment.words = words
    # Jinja's own `capitalize` makes the rest lower case: NUTS would become nuts.
    environment.filters["begin"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["number"] = lambda value: write_number(value, "", language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words, lambda one, many, number: words(one if number == 1 else many), newstyle=True
    )
    environment.globals.update(
        language=language,
        to=Addresses(language),
        country_of=lambda code: country_name(code, language) if code else "",
        said=_say_codes(words),
        spoken=_say_codes(words),  # the same for `parts`, where a macro bears that name
        terms={name: (words(short), words(text)) for name, (short, text) in wording.TERMS.items()},
    )
    return environment


def _say_codes(words: Words) -> dict[str, dict[str, str]]:
    """Give the words for every code that pages print, by what the code is about."""
    return {
        about: {code: words(msgid) for code, msgid in codes.items()}
        for about, codes in wording.CODES.items()
    }
