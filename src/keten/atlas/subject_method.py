"""The chances of value chains and missions in words, and how each is made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.atlas.subject_project import explain_subject
from keten.errors import NotFoundError
from keten.model import Explanation, Method, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_CHAIN: Final = Text(
    "The definition of the chain says which projects have to do with it; this is how likely such a "
    "project is about the chain indeed. Words, fields and topics of the definition that were met "
    "in the project are weighed, by where and how often they stand there. The weights are the same "
    "for all chains and know nothing of any one of them; they were measured on three chains that "
    "people read. A project without a text is judged by others in which the same kinds of codes "
    "spoke. Who takes part plays no role.",
    "De omschrijving van de keten zegt welke projecten ermee te maken hebben; dit is hoe "
    "waarschijnlijk het is dat zo'n project echt over de keten gaat. Woorden, gebieden en "
    "onderwerpen uit de omschrijving die in het project staan, worden gewogen naar waar en hoe vaak "
    "ze er staan. De gewichten zijn voor alle ketens dezelfde en weten van geen enkele keten iets; "
    "ze zijn gemeten aan drie ketens die mensen lazen. Een project zonder tekst wordt beoordeeld "
    "naar andere waarin dezelfde soorten codes spraken. Wie meedoet speelt geen rol.",
)
_MISSION: Final = Text(
    "How likely the project is about the mission: words, fields of science, topics and parts of "
    "programmes that map to the mission are weighed with the weights of value chains, brought down "
    "to what was found of projects that were read. The page on how good this is says what was "
    "measured of missions. Who takes part plays no role.",
    "Hoe waarschijnlijk het is dat het project over de missie gaat: woorden, wetenschapsgebieden, "
    "onderwerpen en programmaonderdelen die naar de missie verwijzen worden gewogen met de "
    "gewichten van waardeketens, teruggebracht tot wat er van gelezen projecten gevonden is. De "
    "pagina over hoe goed dit is zegt wat er van missies gemeten is. Wie meedoet speelt geen rol.",
)
_EDITOR: Final = Text(
    " Where an editor said what it is, that holds from the next build on.",
    " Waar een redacteur zei wat het is, geldt dat vanaf de volgende bouw.",
)
_MODEL: Final = Text(
    " This is what the model said, which an editor went before.",
    " Dit is wat het model zei, waar een redacteur vóór ging.",
)


def _join(one: Text, other: Text) -> Text:
    return Text(one.en + other.en, one.nl + other.nl)


METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        Method(
            "chain_chance",
            "in-hundred",
            Text(
                "Chance that a project is about a value chain",
                "Kans dat een project over een waardeketen gaat",
            ),
            _join(_CHAIN, _EDITOR),
        ),
        Method(
            "chain_model_chance",
            "in-hundred",
            Text(
                "Chance of a project and a value chain by the model alone",
                "Kans van een project en een waardeketen volgens het model alleen",
            ),
            _join(_CHAIN, _MODEL),
        ),
        Method(
            "mission_chance",
            "in-hundred",
            Text(
                "Chance that a project is about a mission",
                "Kans dat een project over een missie gaat",
            ),
            _join(_MISSION, _EDITOR),
        ),
        Method(
            "mission_model_chance",
            "in-hundred",
            Text(
                "Chance of a project and a mission by the model alone",
                "Kans van een project en een missie volgens het model alleen",
            ),
            _join(_MISSION, _MODEL),
        ),
    )
}


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give such a chance anew from its scope; raises NotFoundError."""
    if name not in METHODS:
        raise NotFoundError(f"'{name}' is no such chance.", f"Figures: {', '.join(METHODS)}.")
    return explain_subject(con, store, name, scope)
