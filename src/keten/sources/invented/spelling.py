"""How an invented organisation is written elsewhere than in its programme: names vary between sources."""

from typing import Final

from keten.sources.invented.organisations import Organisation

# One party of the invented region that is a person: found by its given name, and withheld.
PERSON: Final = "HENDRIK JAN"
_FORMS: Final = {
    " BV": (" B.V.", " BV", "", " b.v."),
    " NV": (" N.V.", " NV", "", " nv"),
    " GmbH": (" GmbH", " Gesellschaft mbH", "", " GMBH"),
    " Ltd": (" Limited", " Ltd.", "", " LTD"),
}
_WAYS: Final = 4


def spell(party: Organisation, way: int) -> str:
    """Give a name in one of four ways: another legal form, none, capitals, or as it stands."""
    name = party.name
    for form, others in _FORMS.items():
        if name.lower().endswith(form.lower()):
            name = name[: -len(form)] + others[way % _WAYS]
            break
    if way % _WAYS == 1:
        return name.upper()
    return name.title() if name.isupper() and way % _WAYS == 2 else name
