"""Telling: the issues that resolving raises, in words."""

from collections.abc import Iterable, Mapping, Sequence

from keten.evidence.resolve.cluster import Refusal
from keten.model import Issue, Ruling, Severity, Text

_DUTCH = {"same": "zelfde", "different": "verschillend"}


def tell_unmet(ruling: Ruling, missing: Sequence[str]) -> Issue:
    """Give the issue of a ruling on a record that no source holds now."""
    return Issue(
        "ruling-without-record",
        Severity.NOTE,
        Text(
            f"Ruling {ruling.number} ('{ruling.verdict}') speaks of a record that no source holds "
            "now; it is kept and will hold again when the record returns.",
            f"Oordeel {ruling.number} ({_DUTCH.get(ruling.verdict, ruling.verdict)}) gaat over een "
            "bronrecord dat nu in geen bron staat; het blijft bewaard en geldt weer als het "
            "terugkomt.",
        ),
        value=", ".join(missing),
    )


def tell_refused(refusals: Iterable[Refusal]) -> list[Issue]:
    """Give the issues of rulings and identifiers that were not followed.

    Matches that were not followed stand in `organisation_match` and in the queue.
    """
    return [_tell_refused(refusal) for refusal in refusals if refusal.link.rule != "match"]


def tell_splits(one: Mapping[str, str], pics: Mapping[str, str]) -> list[Issue]:
    """Name the PICs that a ruling divided over more than one organisation."""
    holders: dict[str, set[str]] = {}
    for key, pic in pics.items():
        holders.setdefault(pic, set()).add(one[key])
    return [
        Issue(
            "organisation-split",
            Severity.NOTE,
            Text(
                f"PIC {pic} is divided over {len(ids)} organisations by a ruling; every judgement "
                "stays with the record it was made on.",
                f"PIC {pic} is door een oordeel verdeeld over {len(ids)} organisaties; elk oordeel "
                "blijft bij het bronrecord waarover het gaat.",
            ),
            value=", ".join(sorted(ids)),
        )
        for pic, ids in sorted(holders.items())
        if len(ids) > 1
    ]


def tell_numbers(numbers: Mapping[str, Sequence[str]]) -> list[Issue]:
    """Name the PICs under which the register once kept a VAT number of another legal entity."""
    return [
        Issue(
            "vat-changed",
            Severity.NOTE,
            Text(
                f"PIC {pic} had VAT numbers of two legal entities; it is taken to be the one that "
                "the newest row names.",
                f"PIC {pic} had btw-nummers van twee rechtspersonen; aangenomen is dat het de "
                "rechtspersoon uit de nieuwste rij is.",
            ),
            value=", ".join(found),
        )
        for pic, found in sorted(numbers.items())
    ]


def _tell_refused(refusal: Refusal) -> Issue:
    link = refusal.link
    if refusal.why == "register":
        message = Text(
            "Two registrations bear a VAT number of one legal entity; they may be one organisation "
            "registered twice, and stay two until a person says so.",
            "Twee registraties hebben een btw-nummer van één rechtspersoon; mogelijk is het één "
            "organisatie die twee keer geregistreerd is. Ze blijven twee tot iemand dat oordeelt.",
        )
    else:
        message = Text(
            f"A link by the rule '{link.rule}' was refused: it would join what a person ruled "
            "different.",
            f"Een verbinding volgens de regel '{link.rule}' is geweigerd: zij zou samenvoegen wat "
            "iemand als verschillend heeft beoordeeld.",
        )
    code = "one-vat-two-pics" if refusal.why == "register" else "link-refused"
    return Issue(code, Severity.NOTE, message, value=f"{link.left} = {link.right}")
