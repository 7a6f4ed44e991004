"""Methods: what each number of a programme counts, in words."""

from collections.abc import Mapping
from typing import Final

from keten.model import Method, Text
from keten.programme.course import SOON

_WRITTEN: Final = Text(
    "Counted over what people wrote in this programme and has not been withdrawn.",
    "Geteld over wat mensen in dit programma schreven en niet is ingetrokken.",
)


def _method(name: str, unit: str, title: Text, english: str, dutch: str) -> Method:
    text = Text(f"{english} {_WRITTEN.en}", f"{dutch} {_WRITTEN.nl}")
    return Method(name, unit, title, text)


_DAYS: Final = SOON.days
_ALL: Final = (
    _method(
        "initiatives", "count", Text("Initiatives", "Initiatieven"),
        "Initiatives of the chain.", "Initiatieven van de keten.",
    ),
    _method(
        "actions", "count", Text("Actions", "Acties"),
        "Actions of the chain, or of one initiative, whatever their status.",
        "Acties van de keten, of van één initiatief, ongeacht hun status.",
    ),
    _method(
        "actions_running", "count", Text("Running actions", "Lopende acties"),
        "Actions of which the last status says that they run.",
        "Acties waarvan de laatste status zegt dat ze lopen.",
    ),
    _method(
        "actions_done", "count", Text("Finished actions", "Afgeronde acties"),
        "Actions of which the last status says that they are done.",
        "Acties waarvan de laatste status zegt dat ze klaar zijn.",
    ),
    _method(
        "actions_stopped", "count", Text("Stopped actions", "Gestopte acties"),
        "Actions of which the last status says that they were stopped.",
        "Acties waarvan de laatste status zegt dat ze gestopt zijn.",
    ),
    _method(
        "actions_late", "count", Text("Late actions", "Acties die te laat zijn"),
        "Actions, neither done nor stopped, whose end has passed, that have a late milestone, or "
        "whose start has passed while nobody told that they run; on the day named.",
        "Acties, niet klaar en niet gestopt, waarvan het einde voorbij is, met een mijlpaal die te "
        "laat is, of waarvan het begin voorbij is zonder dat iemand meldde dat ze lopen; op de "
        "genoemde dag.",
    ),
    _method(
        "actions_soon", "count",
        Text("Actions with something due soon", "Acties met iets op korte termijn"),
        f"Actions that are not late and end, or have a milestone, within {_DAYS} days of the day named.",
        f"Acties die niet te laat zijn en binnen {_DAYS} dagen na de genoemde dag aflopen of een "
        "mijlpaal hebben.",
    ),
    _method(
        "milestones", "count", Text("Milestones", "Mijlpalen"),
        "Milestones of the actions of the chain, or of one initiative.",
        "Mijlpalen van de acties van de keten, of van één initiatief.",
    ),
    _method(
        "milestones_done", "count", Text("Milestones reached", "Gehaalde mijlpalen"),
        "Milestones with a day on which they were reached.",
        "Mijlpalen met een dag waarop ze gehaald zijn.",
    ),
    _method(
        "milestones_late", "count", Text("Late milestones", "Mijlpalen die te laat zijn"),
        "Milestones whose day is before the day named and that were not reached, of actions that are "
        "neither done nor stopped.",
        "Mijlpalen waarvan de dag voor de genoemde dag ligt en die niet gehaald zijn, van acties die "
        "niet klaar en niet gestopt zijn.",
    ),
    _method(
        "milestones_soon", "count", Text("Milestones due soon", "Mijlpalen op korte termijn"),
        f"Milestones not reached whose day is the day named or within {_DAYS} days of it, of actions "
        "that are neither done nor stopped.",
        f"Niet gehaalde mijlpalen waarvan de dag de genoemde dag is of binnen {_DAYS} dagen daarna "
        "ligt, van acties die niet klaar en niet gestopt zijn.",
    ),
    Method(
        "share_done", "share", Text("Share done", "Deel gereed"),
        Text(
            "The share that the last status of the action gives: an estimate of who wrote it, not a "
            "measurement.",
            "Het deel dat de laatste status van de actie noemt: een schatting van wie die schreef, "
            "geen meting.",
        ),
    ),
)  # fmt: skip
METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
