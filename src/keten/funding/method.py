"""Methods: what each figure about calls counts, in words and in SQL; nothing is computed here.

In the SQL, `c` is a call, and `{calls}` selects those in the scope. Filters: `chain`, `call`,
`programme_part` and `on`, the day on which one can still apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.model import Method, Text

STILL: Final = "c.status <> 'closed' and (c.deadline is null or c.deadline >= cast($on as date))"
_BY_WORD: Final = (
    "c.call_id in (select m.call_id from chain_call m where m.chain = $chain and m.place <> 'part')"
)
_BY_PART: Final = (
    "c.call_id in (select m.call_id from chain_call m where m.chain = $chain and m.place = 'part' "
    "and m.term = $programme_part)"
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The value of a measure over calls `c`, which calls count, and the caveats it carries."""

    method: Method
    value: str
    where: tuple[str, ...]
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    seen: str = ""
    caveats: tuple[str, ...] = ("calls-dated",)


_ONCE: Final = (
    "sum(case when c.budget_of = 'call' then c.budget_eur / (select count(*) from call o where "
    "o.call_group = c.call_group and o.budget_eur = c.budget_eur and o.call_id in ({calls})) "
    "else c.budget_eur end)"
)

_ALL: Final = (
    Recipe(
        Method(
            "calls", "count",
            Text("Calls at hand", "Oproepen voorhanden"),
            Text(
                "Calls in the publisher's files, each counted once; with a day, those for which one "
                "can still apply on that day.",
                "Oproepen in de bestanden van de uitgever, elk één keer geteld; met een dag, die "
                "waarvoor men op die dag nog kan aanvragen.",
            ),
        ),
        "count(*)", (), (), ("on",),
    ),
    Recipe(
        Method(
            "chain_calls", "count",
            Text("Calls with a word of the chain", "Oproepen met een woord van de keten"),
            Text(
                "Calls that hold at least one word of the chain, at the borders of words, in title, "
                "keywords or text. Words that say little by themselves count only in parts of "
                "programmes that paid for projects of the chain before. With a day, those for which "
                "one can still apply on that day.",
                "Oproepen met minstens één woord van de keten, op woordgrenzen, in titel, "
                "trefwoorden of tekst. Woorden die alleen weinig zeggen tellen slechts in "
                "programmadelen die eerder projecten van de keten betaalden. Met een dag, die "
                "waarvoor men op die dag nog kan aanvragen.",
            ),
        ),
        "count(*)", (_BY_WORD,), ("chain",), ("on",),
    ),
    Recipe(
        Method(
            "chain_calls_budget_eur", "EUR",
            Text("Budget of those calls, at most", "Budget van die oproepen, ten hoogste"),
            Text(
                "Sum of the budgets that calls with a word of the chain state. A budget that several "
                "topics of one call state together counts once. Each call pays for far more than "
                "this chain, so it is the most there is, not what the chain will get.",
                "Som van de budgetten die oproepen met een woord van de keten vermelden. Een budget "
                "dat meerdere onderwerpen van een oproep samen vermelden telt één keer. Elke oproep "
                "betaalt veel meer dan deze keten, dus het is het meeste dat er is, niet wat de "
                "keten krijgt.",
            ),
        ),
        _ONCE, (_BY_WORD,), ("chain",), ("on",), "count(c.budget_eur)",
        ("calls-dated", "calls-budget-shared"),
    ),
    Recipe(
        Method(
            "part_calls", "count",
            Text("Other calls of this part", "Andere oproepen van dit deel"),
            Text(
                "Calls of this part of a programme that hold no word of the chain; with a day, those "
                "for which one can still apply on that day.",
                "Oproepen van dit programmadeel zonder enig woord van de keten; met een dag, die "
                "waarvoor men op die dag nog kan aanvragen.",
            ),
        ),
        "count(*)", (_BY_PART,), ("chain", "programme_part"), ("on",),
    ),
    *(
        Recipe(
            Method(name, unit, title, Text(
                f"As the publisher states it ({key}).", f"Zoals de uitgever het vermeldt ({key})."
            )),
            f"max(c.{column})", ("c.call_id = $call",), ("call",),
            caveats=caveats,
        )
        for name, column, unit, key, title, caveats in (
            ("call_budget_eur", "budget_eur", "EUR", "totalBudgetEur",
             Text("Budget of the call", "Budget van de oproep"),
             ("calls-dated",)),
            ("call_contribution_min_eur", "contribution_min_eur", "EUR", "minContributionEur",
             Text("Lowest contribution to a project", "Laagste bijdrage aan een project"),
             ("calls-dated",)),
            ("call_contribution_max_eur", "contribution_max_eur", "EUR", "maxContributionEur",
             Text("Highest contribution to a project", "Hoogste bijdrage aan een project"),
             ("calls-dated",)),
            ("call_grants", "grants_expected", "count", "expectedGrants",
             Text("Projects that will be paid", "Projecten die betaald worden"),
             ("calls-dated",)),
        )
    ),
)  # fmt: skip

_STRENGTH: Final = Method(
    "call_strength", "score",
    Text("How strongly a call fits", "Hoe sterk een oproep past"),
    Text(
        "For each word of the chain that the call holds: the logarithm of (all calls / calls that "
        "hold the word), so that rare words weigh more, times the weight of the best place it stands "
        "in (title three, keywords one and a half, text one); the sum of these. It puts calls in "
        "order; by itself it means nothing.",
        "Voor elk woord van de keten in de oproep: de logaritme van (alle oproepen / oproepen met "
        "dat woord), zodat zeldzame woorden zwaarder wegen, maal het gewicht van de beste plaats "
        "(titel drie, trefwoorden anderhalf, tekst één); daarvan de som. Het zet oproepen op "
        "volgorde; op zichzelf zegt het niets.",
    ),
    "Inverse document frequency: K. Spärck Jones, Journal of Documentation 28 (1972), 11-21",
)  # fmt: skip
_PART_PROJECTS: Final = Method(
    "part_projects", "count",
    Text("Projects of the chain that this part paid",
         "Projecten van de keten die dit deel betaalde"),
    Text(
        "Projects of the chain, found by word, with a topic whose identifier, without years, numbers "
        "and kinds of action, names this part.",
        "Projecten van de keten, gevonden op woord, met een onderwerp waarvan het kenmerk, zonder "
        "jaren, nummers en soorten actie, dit deel noemt.",
    ),
)  # fmt: skip
_PART_LIFT: Final = Method(
    "part_lift", "ratio",
    Text("How much more often than usual", "Hoeveel vaker dan gewoonlijk"),
    Text(
        "The part's share of the projects of the chain (found by word), divided by its share of all "
        "projects with a topic.",
        "Het aandeel van het deel in de projecten van de keten (gevonden op woord), gedeeld door "
        "zijn aandeel in alle projecten met een onderwerp.",
    ),
)  # fmt: skip

RECIPES: Final[Mapping[str, Recipe]] = {recipe.method.name: recipe for recipe in _ALL}
METHODS: Final[Mapping[str, Method]] = {
    **{name: recipe.method for name, recipe in RECIPES.items()},
    **{method.name: method for method in (_STRENGTH, _PART_PROJECTS, _PART_LIFT)},
}
