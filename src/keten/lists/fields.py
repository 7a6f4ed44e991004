"""Fields: what a column of somebody's sheet may hold, and under which headings, in Dutch and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.model import Text


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column may hold; `headings` are how people call it, plainly written."""

    name: str
    label: Text
    headings: tuple[str, ...]


def _field(name: str, en: str, nl: str, *headings: str) -> Field:
    return Field(name, Text(en, nl), headings)


FIELDS: Final[tuple[Field, ...]] = (
    _field(
        "name", "Name", "Naam", "naam", "name", "organisatie", "organisation", "organization",
        "bedrijf", "bedrijfsnaam", "company", "company name", "naam bedrijf", "naam organisatie",
        "organisatienaam", "organisation name", "organization name", "statutaire naam", "legal name",
        "handelsnaam", "partij", "party", "instelling", "institution", "onderneming", "partner",
        "deelnemer", "participant", "klant", "account name", "relatie", "naam onderneming", "lid",
        "begunstigde", "eindbegunstigde", "aanvrager", "beneficiary", "applicant", "recipient",
        "subsidieontvanger", "penvoerder", "naam begunstigde", "naam aanvrager", "naam partner",
        "naam relatie", "accountnaam", "bedrijf organisatie", "firma", "naam instelling",
    ),
    _field(
        "short_name", "Short name", "Korte naam", "korte naam", "short name", "afkorting", "acronym",
        "acroniem", "abbreviation", "roepnaam", "alias", "roepnaam organisatie",
    ),
    _field(
        "street", "Street", "Straat", "straat", "street", "adres", "address", "straatnaam",
        "bezoekadres", "vestigingsadres", "straat en huisnummer", "street address", "adresregel 1",
        "postadres", "straat huisnummer", "straat nr",
    ),
    _field("postcode", "Postcode", "Postcode", "postcode", "post code", "postal code", "zip", "zipcode",
           "zip code", "pc", "pc6", "postcode plaats"),
    _field(
        "city", "City", "Plaats", "plaats", "city", "woonplaats", "vestigingsplaats", "town", "stad",
        "plaatsnaam", "place", "gemeente", "municipality", "locatie", "location", "standplaats",
    ),
    _field("country", "Country", "Land", "land", "country", "landcode", "country code", "vestigingsland"),
    _field(
        "website", "Website", "Website", "website", "web", "url", "webadres", "internet", "homepage",
        "site", "web address", "webpagina", "www", "internetadres", "domein", "domain",
    ),
    _field("email", "E-mail", "E-mail", "email", "e mail", "mail", "emailadres", "e mailadres",
           "e mail adres", "mailadres", "email address"),
    _field("phone", "Telephone", "Telefoon", "telefoon", "phone", "tel", "telefoonnummer", "mobiel",
           "telephone", "phone number", "telnr", "tel nr", "mobile"),
    _field(
        "kvk_number", "Chamber of Commerce number", "KvK-nummer", "kvk", "kvk nummer", "kvknummer",
        "kvk nr", "kvknr", "kvk no", "coc", "coc number", "chamber of commerce", "kamer van koophandel",
        "chamber of commerce number", "handelsregisternummer", "dossiernummer", "kvk number",
    ),
    _field("vat_number", "VAT number", "Btw-nummer", "vat", "vat number", "btw", "btw nummer",
           "btw nr", "btwnummer", "btw id", "vat id", "vat no"),
    _field("pic", "PIC (EU participant number)", "PIC (EU-deelnemersnummer)", "pic", "pic nummer",
           "pic number", "pic code", "participant number", "participant identification code"),
    _field("ror_id", "ROR number", "ROR-nummer", "ror", "ror id", "ror nummer", "ror number"),
    _field("chain", "Value chain", "Waardeketen", "waardeketen", "keten", "value chain", "chain",
           "waardeketens", "value chains"),
    _field("stage", "Stage of the value chain", "Schakel van de waardeketen", "schakel", "stage",
           "ketenschakel", "ketenpositie", "positie in de keten", "fase", "chain stage", "link",
           "ketenrol", "positie"),
    _field("technology", "Technology", "Technologie", "technologie", "technology", "sleuteltechnologie",
           "key technology", "technologieen", "technologies", "technologiegebied"),
    _field("mission", "Mission", "Missie", "missie", "missies", "mission", "missions", "opgave",
           "maatschappelijke opgave", "maatschappelijke uitdaging", "societal challenge"),
    _field("initiative", "Initiative", "Initiatief", "initiatief", "initiative", "project",
           "programma", "programme"),
    _field("role", "Role", "Rol", "rol", "role", "functie van de organisatie", "type partner"),
    _field("indicator", "Indicator", "Indicator", "indicator", "kental", "measure", "maat",
           "indicator naam"),
    _field("value", "Value", "Waarde", "waarde", "value", "bedrag", "amount", "aantal", "omzet",
           "revenue", "aantal medewerkers", "fte", "employees", "medewerkers", "score", "budget"),
    _field("unit", "Unit", "Eenheid", "eenheid", "unit"),
    _field("region", "Region", "Regio", "regio", "region", "nuts", "nuts code", "provincie", "province"),
    _field("year", "Year", "Jaar", "jaar", "year", "jaartal", "peiljaar", "boekjaar", "oprichtingsjaar"),
    _field("date", "Date", "Datum", "datum", "date", "dag", "day", "peildatum", "laatst gezien",
           "laatste contact", "last verified", "bijgewerkt", "updated", "datum contact", "gezien op",
           "lid sinds", "sinds", "since", "start", "startdatum", "start date"),
    _field("note", "Note", "Opmerking", "opmerking", "opmerkingen", "note", "notes", "toelichting",
           "remark", "remarks", "comment", "comments", "notitie", "omschrijving", "description",
           "beschrijving", "bijzonderheden"),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
IDENTIFIERS: Final = ("kvk_number", "vat_number", "pic", "ror_id")
KEPT: Final = "extra"  # a column that is kept as it stands, under its own heading
LEFT_OUT: Final = "skip"  # a column that is not kept: contacts of persons, for instance
EXTRA_LABEL: Final = Text("Kept as it stands", "Blijft zoals het is")
SKIP_LABEL: Final = Text("Leave out", "Weglaten")
# Headings under which persons stand: such a column is left out unless somebody says otherwise.
PERSONAL: Final = frozenset({
    "contactpersoon", "contact", "contacten", "contactpersonen", "contact person", "contact name",
    "naam contactpersoon", "naam contact", "contact naam", "voornaam", "achternaam", "tussenvoegsel",
    "first name", "last name", "surname", "aanhef", "directeur", "naam directeur", "director", "ceo",
    "eigenaar", "owner", "geboortedatum", "bsn", "aanspreekpunt", "accountmanager", "account manager",
    "relatiebeheerder",
})  # fmt: skip


def label_of(name: str) -> Text:
    """Give what a field is called."""
    if name == KEPT:
        return EXTRA_LABEL
    if name == LEFT_OUT:
        return SKIP_LABEL
    return BY_NAME[name].label
