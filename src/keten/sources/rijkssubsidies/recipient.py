"""Tells what a recipient's name may be shown as: an organisation, nobody in particular, or withheld.

The publisher names farmers, doctors and teachers beside firms and foundations, and no column says
which is which. So a name is kept only where it says itself that it is an organisation; what does
not is withheld, also where it is one after all: a firm left out is better than a person named. The
rule for all sources (`persons`) comes before: what it knows for a person is never an organisation.
"""

import re
from enum import StrEnum
from typing import Final

from anyascii import anyascii

from keten.sources.persons import is_person


class Recipient(StrEnum):
    """What a row says of who received it."""

    ORGANISATION = "organisation"  # the name says so itself
    ANONYMOUS = "anonymous"  # the publisher hid it, or counts several together
    WITHHELD = "withheld"  # may be the name of a person


def tell_recipient(name: str) -> Recipient:
    """Tell what a name stands for, erring towards `WITHHELD`.

    An organisation has a legal form of its own (a B.V., a foundation, an association, a cooperative)
    or a word that only organisations bear (municipality, university, ministry). Partnerships and
    sole traders have neither: they are persons. Initials in front or a title make it a person all
    the same, also before a B.V.
    """
    text = _plain(name)
    if not text or _ANONYMOUS.fullmatch(text):
        return Recipient.ANONYMOUS
    if _PERSONAL.search(text) or _INITIALS.match(_FORM_IN_FRONT.sub("", text)):
        return Recipient.WITHHELD
    if is_person(name):
        return Recipient.WITHHELD
    if _COMPANY.search(text) or _FORMS.search(text) or _BODIES.search(text):
        return Recipient.ORGANISATION
    return Recipient.WITHHELD


def is_company(name: str) -> bool:
    """Say whether a name bears the form of a company with shares."""
    return bool(_COMPANY.search(_plain(name)))


def _plain(name: str) -> str:
    return " ".join(anyascii(name).lower().split())


def _any(words: str) -> str:
    return "|".join(words.split())


_ANONYMOUS: Final = re.compile(r"x+|x particulieren.*|organisatie in provincie .*|-+|onbekend")
_FORM_IN_FRONT: Final = re.compile(r"^(?:b\.? ?v\.?|n\.? ?v\.?|stichting|stg\.?)\s+")
_INITIALS: Final = re.compile(r"(?:[a-z]{1,2}\.\s?(?:&\s?)?)+[a-z]{2,}|(?:[a-z] ){1,4}[a-z]{3,}")
_PERSONAL: Final = re.compile(
    r"\b(?:dhr|hr|heer|mevr|mevrouw|mw|drs|dr|prof|ir|ing|mr|fam|familie|erven|echtpaar|"
    r"eenmanszaak|v\.? ?o\.? ?f|mts|maatschap|firma|fa|eigenaar|h\.?o\.?d\.?n|t\.?n\.?v)\b"
)
# Not after a single letter and point: J.B.V. is three initials.
_COMPANY: Final = re.compile(
    r"(?<![a-z0-9])(?<![a-z]\.)(?:b\.? ?v|n\.? ?v|gmbh|ltd|limited|inc|llc|plc)\.?(?![a-z0-9])"
)
_FORMS: Final = re.compile(
    r"(?<![a-z0-9])(?:stichting|stg|vereniging|cooperatie|cooperatieve|cooperative|onderlinge|"
    r"ngo|vzw|asbl)\.?(?![a-z0-9])|\bu\.? ?a\.?$"
)
# Left out on purpose, being surnames too: bank, bond, kamer, school, world, who.
_WHOLE: Final = _any(
    "gemeente provincie waterschap hoogheemraadschap ministerie universiteit university universite "
    "universidad universitair hogeschool hogescholen college lyceum gymnasium ziekenhuis "
    "ziekenhuizen hospital institute instituut instituto institut centre center centrum foundation "
    "federatie federation association museum bibliotheek academie academy rijksdienst "
    "staatsbosbeheer veiligheidsregio ggd umc roc tno ecn knaw nwo unicef undp unesco network "
    "netwerk alliance alliantie organisation organization organisatie genootschap orkest festival "
    "secretariat commission committee comite parochie bisdom platform consortium programme"
)
_ENDS: Final = _any("school college ziekenhuis vereniging stichting universiteit museum centrum")
_BODIES: Final = re.compile(
    rf"\b(?:{_WHOLE})\b|\b[a-z]{{3,}}(?:{_ENDS})\b|\btu (?:delft|eindhoven)\b"
)
