"""The data dictionary: every table that is published, what its rows and columns hold, in both languages.

Tables that only make pages fast, or that a stage keeps for itself, are named apart: together the two
lists are all that an evidence holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.errors import NotFoundError
from keten.model import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type in DuckDB, its unit where it has one, and what it holds."""

    name: str
    type: str
    unit: str
    about: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: what a row is, the sources it was made from, and its columns in order."""

    name: str
    about: Text
    sources: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    is_large: bool = False  # exported only when asked for by name


def find_table(name: str) -> Table:
    """Give the published table of that name; raises NotFoundError."""
    found = TABLES.get(name)
    if found is None:
        raise NotFoundError(f"'{name}' is no table.", f"Tables: {', '.join(TABLES)}.")
    return found


_UNITS: Final[Mapping[str, str]] = {
    "new_partners": "count",
    "hits_adamic_adar": "count",
    "hits_popularity": "count",
    "hits_chance": "count",
    "ec_max_contribution_eur": "EUR",
    "total_cost_eur": "EUR",
    "contribution_eur": "EUR",
    "amount_eur": "EUR",
    "money_eur": "EUR",
    "budget_eur": "EUR",
    "contribution_min_eur": "EUR",
    "contribution_max_eur": "EUR",
    "grants_expected": "count",
    "net_contribution_eur": "EUR",
    "eu_contribution_eur": "EUR",
    "public_eur": "EUR",
    "private_eur": "EUR",
    "eu_percentage": "percent",
    "participants": "count",
    "organisation_contribution_eur": "EUR",
    "contribution_of_eur": "EUR",
    "partner_contribution_eur": "EUR",
    "latitude": "degrees",
    "longitude": "degrees",
    "outline": "km",
    "size_bytes": "bytes",
    "weight": "share",
    "projects": "count",
    "participations": "count",
    "source_organisations": "count",
    "coordinated_by_organisation": "count",
    "coordinated_by_partner": "count",
    "rows_found": "count",
    "rows_typed": "count",
    "rows_lost": "count",
}

_BY_YEAR: Final = ("technology_year", "technology_year_before", "text_year", "text_year_before")

_COLUMNS: Final[Mapping[str, Text]] = {
    "technology": Text(
        "Short name of a technology, as in `technology`.",
        "Korte naam van een technologie, als in `technology`.",
    ),
    "left_key": Text("Record of the one, as in `same_as`.", "Record van de één, als in `same_as`."),
    "right_key": Text(
        "Record of the other, as in `same_as`.", "Record van de ander, als in `same_as`."
    ),
    "other_key": Text("The other record, as in `same_as`.", "Het andere record, als in `same_as`."),
    "score": Text(
        "What speaks for one organisation less what speaks against, in log-odds.",
        "Wat voor één organisatie pleit min wat ertegen pleit, in log-odds (logaritme van de "
        "kansverhouding).",
    ),
    "probability": Text(
        "Chance that the two are one organisation, 0 to 1.",
        "Kans dat de twee één organisatie zijn, 0 tot 1.",
    ),
    "verdict": Text(
        "linked (one organisation now), review (people may be asked), refused (a ruling or two "
        "numbers of one register forbid it), apart.",
        "linked (nu één organisatie), review (mensen kan erom gevraagd worden), refused (een oordeel "
        "of twee nummers van één register verbieden het), apart (twee).",
    ),
    "how": Text(
        "register (ROR, or a VAT number of one legal entity) or address (the only two at a website "
        "and postcode).",
        "register (ROR, of een btw-nummer van één rechtspersoon) of address (de enige twee op een "
        "website en postcode).",
    ),
    "importance": Text(
        "The money of the smaller side, a thousandth of the larger's and 1,000 euro, times what is "
        "uncertain, 0 to 1.",
        "Het geld van de kleinste kant, een duizendste van dat van de grootste en 1.000 euro, maal wat "
        "onzeker is, 0 tot 1.",
    ),
    "other_names": Text(
        "Further names that the source gives it, abbreviations too.",
        "Verdere namen die de bron haar geeft, ook afkortingen.",
    ),
    "money_eur": Text(
        "Public money that the source says it received; empty: the source names none.",
        "Publiek geld dat zij volgens de bron ontving; leeg: de bron noemt geen bedrag.",
    ),
    "indicator": Text(
        "Source and number or name of a regional indicator.",
        "Bron en nummer of naam van een regionale indicator.",
    ),
    "programme_part": Text(
        "Part of the framework programme.",
        "Deel van het kaderprogramma.",
    ),
    "participants": Text(
        "Number of participants, as published.",
        "Aantal deelnemers, zoals gepubliceerd.",
    ),
    "is_person": Text(
        "Whether the name is that of a natural person; it is withheld then.",
        "Of de naam die van een natuurlijk persoon is; dan is hij weggelaten.",
    ),
    "project_rcn": Text(
        "The publisher's record number of the project.",
        "Recordnummer van het project bij de uitgever.",
    ),
    "ror_id": Text(
        "Identifier in the Research Organization Registry.",
        "Nummer in de Research Organization Registry.",
    ),
    "acronyms": Text(
        "Abbreviations of the name.",
        "Afkortingen van de naam.",
    ),
    "types": Text(
        "What the organisation is, as published.",
        "Wat de organisatie is, zoals gepubliceerd.",
    ),
    "geonames_id": Text(
        "Number of the place at GeoNames.",
        "Nummer van de plaats bij GeoNames.",
    ),
    "domains": Text(
        "Domains of its websites.",
        "Domeinen van haar websites.",
    ),
    "established": Text(
        "Year in which it was founded.",
        "Jaar van oprichting.",
    ),
    "schema": Text(
        "Schema of the registry that the record was written in: 1 or 2.",
        "Schema van het register waarin het record geschreven is: 1 of 2.",
    ),
    "current_record_id": Text(
        "The source row that counts instead.",
        "De bronrij die in plaats daarvan geldt.",
    ),
    "language": Text(
        "Language of the name; empty: not said.",
        "Taal van de naam; leeg: niet gezegd.",
    ),
    "other_ror_id": Text(
        "Identifier of the other organisation.",
        "Nummer van de andere organisatie.",
    ),
    "other_name": Text(
        "Name of the other organisation.",
        "Naam van de andere organisatie.",
    ),
    "is_preferred": Text(
        "Whether it is the one to use, where there are more.",
        "Of het degene is om te gebruiken, als er meer zijn.",
    ),
    "kvk_number": Text(
        "Number at the Dutch chamber of commerce, as text.",
        "Nummer bij de Kamer van Koophandel, als tekst.",
    ),
    "list": Text(
        "Name of the published list.",
        "Naam van de gepubliceerde lijst.",
    ),
    "is_current": Text(
        "Whether no newer edition of the list has the project too.",
        "Of geen nieuwere editie van de lijst het project ook heeft.",
    ),
    "fund": Text(
        "European fund: EFRO (regional) or ESF (social).",
        "Europees fonds: EFRO (regionaal) of ESF (sociaal).",
    ),
    "action": Text(
        "Action of the social fund.",
        "Actie van het sociaal fonds.",
    ),
    "beneficiary": Text(
        "First beneficiary; empty: none named, or a person.",
        "Eerste begunstigde; leeg: geen genoemd, of een persoon.",
    ),
    "summary": Text(
        "Summary as published.",
        "Samenvatting zoals gepubliceerd.",
    ),
    "authority": Text(
        "Managing authority, as published.",
        "Beheerautoriteit, zoals gepubliceerd.",
    ),
    "theme": Text(
        "Thematic objective, as published.",
        "Thematische doelstelling, zoals gepubliceerd.",
    ),
    "updated_on": Text(
        "Day of the last change.",
        "Dag van de laatste wijziging.",
    ),
    "eu_contribution_eur": Text(
        "EU contribution, in euro.",
        "EU-bijdrage, in euro.",
    ),
    "public_eur": Text(
        "Other public money, in euro.",
        "Overig publiek geld, in euro.",
    ),
    "private_eur": Text(
        "Private money, in euro.",
        "Privaat geld, in euro.",
    ),
    "eu_percentage": Text(
        "Share of the costs that the EU pays, in percent, as published.",
        "Deel van de kosten dat de EU betaalt, in procent, zoals gepubliceerd.",
    ),
    "pic_name": Text(
        "Name under which the participant number is registered.",
        "Naam waaronder het deelnemersnummer geregistreerd is.",
    ),
    "legal_status": Text(
        "Public or private, as published.",
        "Publiek of privaat, zoals gepubliceerd.",
    ),
    "country_group": Text(
        "Group of countries, as published.",
        "Groep landen, zoals gepubliceerd.",
    ),
    "region_published": Text(
        "Code of the region as published, of whatever edition or level.",
        "Code van de regio zoals gepubliceerd, van welke editie of welk niveau ook.",
    ),
    "flag": Text(
        "The publisher's mark: p provisional, e estimated, b break, d defined otherwise, : and NA "
        "none given.",
        "Teken van de uitgever: p voorlopig, e geschat, b breuk, d anders gedefinieerd, : en NA geen "
        "opgave.",
    ),
    "higher_is_better": Text(
        "Whether more of it is better; empty: it tells size, not quality.",
        "Of meer ervan beter is; leeg: het zegt iets over omvang, niet over kwaliteit.",
    ),
    "part": Text(
        "Code of a region that was published as part of a larger whole.",
        "Code van een regio die als deel van een groter geheel gepubliceerd is.",
    ),
    "basis": Text(
        "same code, recoded since, only-part of the larger region that was published, or counted.",
        "same code, recoded sindsdien, only-part van het grotere gebied dat gepubliceerd is, of "
        "counted: geteld.",
    ),
    "is_national": Text(
        "Whether all regions of the country have this very value.",
        "Of alle regio's van het land precies deze waarde hebben.",
    ),
    "part_name": Text("Name of that region.", "Naam van die regio."),
    "period": Text(
        "Years the value is about, in the publisher's words.",
        "Jaren waar de waarde over gaat, in woorden van de uitgever.",
    ),
    "mission": Text("The mission, by its name.", "De missie, bij haar naam."),
    "chain": Text("short name of a value chain", "korte naam van een waardeketen"),
    "label_en": Text("name in English", "naam in het Engels"),
    "label_nl": Text("name in Dutch", "naam in het Nederlands"),
    "budget_eur": Text(
        "Budget stated, in euro; empty: none stated.",
        "Vermeld budget, in euro; leeg: geen vermeld.",
    ),
    "budget_of": Text(
        "Whose budget that is: topic, its own; call, that of several topics together.",
        "Van wie dat budget is: topic, van het onderwerp; call, van meerdere onderwerpen samen.",
    ),
    "call_group": Text(
        "Identifier of the call it is a topic of.",
        "Kenmerk van de oproep waar het een onderwerp van is.",
    ),
    "call_id": Text(
        "Name of the call in addresses: its identifier, or its kind and number.",
        "Naam van de oproep in adressen: het kenmerk, of de soort en het nummer.",
    ),
    "call_title": Text(
        "Title of the call it is a topic of.", "Titel van de oproep waar het een onderwerp van is."
    ),
    "conditions": Text("Conditions, as published.", "Voorwaarden, zoals gepubliceerd."),
    "contribution_max_eur": Text(
        "Highest expected EU contribution to one project, in euro.",
        "Hoogste verwachte EU-bijdrage aan één project, in euro.",
    ),
    "contribution_min_eur": Text(
        "Lowest expected EU contribution to one project, in euro.",
        "Laagste verwachte EU-bijdrage aan één project, in euro.",
    ),
    "deadline": Text("Last day for applying.", "Laatste dag om aan te vragen."),
    "deadline_model": Text("In how many stages one applies.", "In hoeveel rondes men aanvraagt."),
    "description": Text(
        "Text, as published, without markup.", "Tekst, zoals gepubliceerd, zonder opmaak."
    ),
    "destination": Text(
        "Part of the work programme it contributes to.",
        "Deel van het werkprogramma waaraan het bijdraagt.",
    ),
    "grants_expected": Text(
        "Number of projects the Commission expects to pay.",
        "Aantal projecten dat de Commissie verwacht te betalen.",
    ),
    "identifier": Text("Identifier, as published.", "Kenmerk, zoals gepubliceerd."),
    "is_cut": Text(
        "Whether only the beginning of the text was delivered.",
        "Of alleen het begin van de tekst geleverd is.",
    ),
    "keywords": Text("Keywords, as published.", "Trefwoorden, zoals gepubliceerd."),
    "opens_on": Text("First day for applying.", "Eerste dag om aan te vragen."),
    "stated_on": Text(
        "Day on which the file was made; empty: the file has no date.",
        "Dag waarop het bestand gemaakt is; leeg: het bestand heeft geen datum.",
    ),
    "type_of_action": Text("Type of action.", "Soort actie."),
    "acronym": Text("Short name of the project.", "Korte naam van het project."),
    "activity_type": Text(
        "As registered: PRC company, HES higher education, REC research, PUB public, OTH other.",
        "Zoals geregistreerd: PRC bedrijf, HES hoger onderwijs, REC onderzoek, PUB publiek, "
        "OTH overig.",
    ),
    "address": Text("Where it is published.", "Waar het gepubliceerd is."),
    "amount_eur": Text(
        "Amount booked as realised in the year, in euro; negative where money came back.",
        "Bedrag dat in het jaar als realisatie is geboekt, in euro; negatief waar geld terugkwam.",
    ),
    "alias": Text("An identifier or source key.", "Een kenmerk of bronsleutel."),
    "anchor_key": Text(
        "The source record that gives the organisation its identifier.",
        "Het bronrecord dat de organisatie haar kenmerk geeft.",
    ),
    "attribution": Text("How to name the source.", "Hoe de bron te noemen."),
    "caveat": Text("Name of the caveat.", "Naam van het voorbehoud."),
    "change": Text(
        "What became of the region: same, renamed, recoded, merged, split, discontinued.",
        "Wat er van de regio werd: same, renamed, recoded, merged, split, discontinued.",
    ),
    "city": Text("City as registered.", "Plaats zoals geregistreerd."),
    "code": Text("Code in the source's classification.", "Code in de indeling van de bron."),
    "column": Text("The column concerned.", "De kolom waar het om gaat."),
    "contribution_eur": Text(
        "EU contribution in euro; empty: none stated.",
        "EU-bijdrage in euro; leeg: geen vermeld.",
    ),
    "coordinate_method": Text(
        "How the coordinates were found.", "Hoe de coördinaten gevonden zijn."
    ),
    "coordinated_by_organisation": Text(
        "Shared projects that the organisation coordinates.",
        "Gedeelde projecten die de organisatie coördineert.",
    ),
    "coordinated_by_partner": Text(
        "Shared projects that the partner coordinates.",
        "Gedeelde projecten die de partner coördineert.",
    ),
    "corop": Text("COROP region.", "COROP-gebied."),
    "country": Text(
        "Country code as in the source (UK and EL for the United Kingdom and Greece).",
        "Landcode zoals in de bron (UK en EL voor het Verenigd Koninkrijk en Griekenland).",
    ),
    "coverage_en": Text("What it can show, in English.", "Wat het kan tonen, Engels."),
    "coverage_nl": Text("What it can show, in Dutch.", "Wat het kan tonen, Nederlands."),
    "delimiter": Text("What separates values.", "Wat waarden scheidt."),
    "doi": Text("Identifier of the grant agreement.", "Kenmerk van de subsidieovereenkomst."),
    "ec_max_contribution_eur": Text(
        "Largest EU contribution to the project, in euro.",
        "Hoogste EU-bijdrage aan het project, in euro.",
    ),
    "encoding": Text("Encoding of the file.", "Codering van het bestand."),
    "end_date": Text("Last day.", "Laatste dag."),
    "file_no": Text("Number of the file in this evidence.", "Nummer van het bestand."),
    "first_year": Text("First year of start.", "Eerste beginjaar."),
    "framework": Text("Framework programme as written.", "Kaderprogramma zoals geschreven."),
    "funding_scheme": Text("Type of action.", "Soort actie."),
    "has_field": Text(
        "Whether the publisher gave the project a EuroSciVoc field.",
        "Of de uitgever het project een EuroSciVoc-gebied gaf.",
    ),
    "header": Text("Headings of the file.", "Kolomkoppen van het bestand."),
    "in_h2020": Text(
        "Whether any project is of Horizon 2020.", "Of een project van Horizon 2020 is."
    ),
    "in_he": Text(
        "Whether any project is of Horizon Europe.", "Of een project van Horizon Europe is."
    ),
    "is_anchor": Text(
        "Whether this record gives the organisation its identifier.",
        "Of dit record de organisatie haar kenmerk geeft.",
    ),
    "is_sme": Text(
        "Small or medium-sized enterprise; empty: not stated.",
        "Midden- of kleinbedrijf; leeg: niet vermeld.",
    ),
    "is_sme_as_of": Text("When the register said so.", "Wanneer het register dat vermeldde."),
    "is_terminated": Text("Whether participation ended early.", "Of de deelname eerder eindigde."),
    "is_unique": Text(
        "Whether it is the project's main part.", "Of het het hoofddeel van het project is."
    ),
    "issue_no": Text("Running number.", "Volgnummer."),
    "kind": Text(
        "company, knowledge, government or other.",
        "company (bedrijf), knowledge (kennis), government (overheid) of other (overig).",
    ),
    "last_year": Text("Last year of start.", "Laatste beginjaar."),
    "latitude": Text("Degrees north, WGS84.", "Graden noorderbreedte, WGS84."),
    "level": Text("NUTS level, 0 to 3.", "NUTS-niveau, 0 tot 3."),
    "licence": Text("Licence.", "Licentie."),
    "licence_address": Text("Where the licence stands.", "Waar de licentie staat."),
    "line": Text("Line in the file where the row begins.", "Regel waar de rij begint."),
    "longitude": Text("Degrees east, WGS84.", "Graden oosterlengte, WGS84."),
    "master_call": Text("Call.", "Oproep."),
    "message_en": Text("What is odd, in English.", "Wat vreemd is, in het Engels."),
    "message_nl": Text("What is odd, in Dutch.", "Wat vreemd is, in het Nederlands."),
    "municipality": Text("Dutch municipality.", "Nederlandse gemeente."),
    "name": Text("Name; empty: no source gives one.", "Naam; leeg: geen bron geeft er een."),
    "name_latin": Text("Name in Latin letters.", "Naam in Latijnse letters."),
    "net_contribution_eur": Text(
        "EU contribution less what third parties get, in euro.",
        "EU-bijdrage zonder wat derden krijgen, in euro.",
    ),
    "note_en": Text(
        "What to know about this location, in English.",
        "Wat bij deze ligging te weten is, in het Engels.",
    ),
    "note_nl": Text(
        "What to know about this location, in Dutch.",
        "Wat bij deze ligging te weten is, in het Nederlands.",
    ),
    "nuts3": Text("NUTS 3 region, edition 2024.", "NUTS 3-regio, editie 2024."),
    "nuts3_method": Text("How the region was found.", "Hoe de regio gevonden is."),
    "nuts_code": Text("NUTS code as registered.", "NUTS-code zoals geregistreerd."),
    "nuts_deepest": Text(
        "Deepest region known, edition 2024.", "Diepste regio die bekend is, editie 2024."
    ),
    "objective": Text("Summary of the project.", "Samenvatting van het project."),
    "organisation_contribution_eur": Text(
        "EU contribution to the organisation in the shared projects.",
        "EU-bijdrage aan de organisatie in de gedeelde projecten.",
    ),
    "organisation_id": Text("Identifier of the organisation.", "Kenmerk van de organisatie."),
    "outline": Text(
        "Outline as SVG path data, kilometres of EPSG:3035, y pointing down.",
        "Omtrek als SVG-pad, kilometers van EPSG:3035, y naar beneden.",
    ),
    "parent": Text("Region it is part of.", "Regio waar het deel van is."),
    "participations": Text("Number of participations.", "Aantal deelnames."),
    "partner_contribution_eur": Text(
        "EU contribution to the partner in the shared projects.",
        "EU-bijdrage aan de partner in de gedeelde projecten.",
    ),
    "partner_id": Text("Identifier of the partner.", "Kenmerk van de partner."),
    "path": Text("Path, from the root down.", "Pad, vanaf de wortel."),
    "pic": Text("Participant number.", "Deelnemersnummer (PIC)."),
    "place_id": Text("Number of the address in this evidence.", "Nummer van het adres."),
    "position": Text("Place in the list of participants.", "Plaats in de lijst van deelnemers."),
    "postcode": Text("Postcode as registered.", "Postcode zoals geregistreerd."),
    "programme": Text(
        "he: Horizon Europe; h2020: Horizon 2020.", "he: Horizon Europe; h2020: Horizon 2020."
    ),
    "project_id": Text("Identifier of the project.", "Kenmerk van het project."),
    "projects": Text("Number of shared projects.", "Aantal gedeelde projecten."),
    "province": Text("Dutch province.", "Nederlandse provincie."),
    "publisher": Text("Who publishes it.", "Wie het uitgeeft."),
    "rcn": Text("The publisher's record number.", "Recordnummer van de uitgever."),
    "record_id": Text(
        "Number of the source row: file number times 2^32, plus line.",
        "Nummer van de bronrij: bestandsnummer maal 2^32, plus regel.",
    ),
    "region": Text("Deepest region known.", "Diepste regio die bekend is."),
    "release": Text("Which delivery of the source.", "Welke levering van de bron."),
    "role": Text("Role in the project.", "Rol in het project."),
    "rows_found": Text("Rows in the file.", "Rijen in het bestand."),
    "rows_lost": Text("Rows lost; each has an issue.", "Rijen verloren; elk met een melding."),
    "rows_typed": Text("Rows that became typed rows.", "Rijen die getypeerd zijn."),
    "rule": Text(
        "Why it belongs there: same-pic, ruling, alone.",
        "Waarom het daar hoort: same-pic, ruling (oordeel), alone (alleen).",
    ),
    "ruling": Text("Number of the ruling.", "Nummer van het oordeel."),
    "severity": Text("row-lost, value-lost or note.", "row-lost, value-lost of note."),
    "sha256": Text("Hash of the content.", "Hash van de inhoud."),
    "short_name": Text("Short name as registered.", "Korte naam zoals geregistreerd."),
    "signature_date": Text("Day of signature.", "Dag van ondertekening."),
    "size_bytes": Text("Size in bytes.", "Grootte in bytes."),
    "source": Text("Source.", "Bron."),
    "source_id": Text("The project's number in the source.", "Nummer van het project in de bron."),
    "source_key": Text(
        "The organisation as one programme knows it: programme and participant number.",
        "De organisatie zoals één programma haar kent: programma en deelnemersnummer.",
    ),
    "source_organisations": Text(
        "Number of source organisations that it is made of.",
        "Aantal bronorganisaties waaruit het bestaat.",
    ),
    "stage": Text("Stage of the build.", "Stap van de bouw."),
    "start_date": Text("First day of the project.", "Eerste dag van het project."),
    "status": Text("Status as published.", "Status zoals gepubliceerd."),
    "street": Text("Street as registered.", "Straat zoals geregistreerd."),
    "sub_call": Text("Part of the call.", "Deel van de oproep."),
    "successor": Text("Region of 2024 that followed.", "Regio van 2024 die volgde."),
    "text": Text("The row as it stands in the file.", "De rij zoals die in het bestand staat."),
    "text_en": Text("Text in English.", "Tekst in het Engels."),
    "text_nl": Text("Text in Dutch.", "Tekst in het Nederlands."),
    "title": Text("Title.", "Titel."),
    "title_en": Text("Title in English.", "Titel in het Engels."),
    "title_nl": Text("Title in Dutch.", "Titel in het Nederlands."),
    "topic": Text("Topic of the call.", "Onderwerp van de oproep."),
    "total_cost_eur": Text("Total cost in euro.", "Totale kosten in euro."),
    "updated_at": Text("When the publisher last changed it.", "Laatste wijziging door uitgever."),
    "value": Text("The value concerned.", "De waarde waar het om gaat."),
    "vat_number": Text("VAT number as registered.", "Btw-nummer zoals geregistreerd."),
    "vintage": Text("Edition of NUTS.", "Editie van NUTS."),
    "website": Text("Website as registered.", "Website zoals geregistreerd."),
    "weight": Text("Weight of the link, 0 to 1.", "Gewicht van het verband, 0 tot 1."),
    "year": Text(
        "Of a project: year in which it began. Of an amount or a value: the year it is of.",
        "Van een project: jaar waarin het begon. Van een bedrag of waarde: het jaar ervan.",
    ),
    "is_ambiguous": Text(
        "Whether several places bear this name.", "Of meer plaatsen deze naam dragen."
    ),
    "is_po_box": Text("Whether it is of post-office boxes.", "Of het van postbussen is."),
    "method_en": Text("The method in words, in English.", "De methode in woorden, Engels."),
    "method_nl": Text("The method in words, in Dutch.", "De methode in woorden, Nederlands."),
    "nuts": Text("NUTS code.", "NUTS-code."),
    "pc4": Text("Postcode of four digits.", "Postcode van vier cijfers."),
    "place": Text("Name of the place.", "Naam van de plaats."),
    "unit": Text("Unit of the value: count, EUR, share, km.", "Eenheid: count, EUR, share, km."),
    "version": Text("Version of the method.", "Versie van de methode."),
    "is_company": Text(
        "Whether the recipient's name bears the form of a company with shares (B.V., N.V.).",
        "Of de naam van de ontvanger de vorm van een vennootschap draagt (B.V., N.V.).",
    ),
    "ministry": Text("The ministry that pays.", "Het ministerie dat betaalt."),
    "name_key": Text(
        "The name without case, accents, punctuation and legal form, for comparing.",
        "De naam zonder hoofdletters, accenten, leestekens en rechtsvorm, om te vergelijken.",
    ),
    "policy_article": Text(
        "Number of the policy article in the ministry's budget.",
        "Nummer van het beleidsartikel in de begroting van het ministerie.",
    ),
    "recipient": Text(
        "Name of the recipient where it says itself that it is an organisation; else empty.",
        "Naam van de ontvanger als die zelf zegt dat het een organisatie is; anders leeg.",
    ),
    "recipient_kind": Text(
        "organisation; anonymous: the publisher names nobody; withheld: may be a person.",
        "organisation: organisatie; anonymous: de uitgever noemt niemand; withheld: weggelaten, "
        "kan een persoon zijn.",
    ),
    "scheme": Text("The scheme it falls under.", "De regeling waar het onder valt."),
}

_RANKINGS: Final = (
    ("adamic_adar", "ranked by partners in common", "op volgorde van gemeenschappelijke partners"),
    ("popularity", "ranked by number of partners", "op volgorde van aantal partners"),
    ("chance", "in an order by chance", "in een volgorde op goed geluk"),
)

_IN_TABLE: Final[Mapping[tuple[str, str], Text]] = {
    ("structural_project", "status"): Text(
        "rejected or withdrawn; empty: neither, as far as the list says.",
        "rejected (afgewezen) of withdrawn (ingetrokken); leeg: geen van beide, voor zover de lijst "
        "het zegt.",
    ),
    ("receipt", "source"): Text(
        "The list: fp7 (organisations of FP7), fp7-network (its participations), innovation-fund, "
        "rijk (subsidies of ministries) or structural (structural funds).",
        "De lijst: fp7 (organisaties van KP7), fp7-network (de deelnames daarvan), innovation-fund, "
        "rijk (subsidies van ministeries) of structural (structuurfondsen).",
    ),
    ("receipt", "what"): Text(
        "Scheme of the ministry, or fund and title of the project; empty where the list says neither.",
        "Regeling van het ministerie, of fonds en titel van het project; leeg als de lijst geen van "
        "beide noemt.",
    ),
    ("receipt", "year"): Text(
        "Year of the subsidy, or in which the project began; empty: the list does not say.",
        "Jaar van de subsidie, of waarin het project begon; leeg: de lijst zegt het niet.",
    ),
    ("receipt", "amount_eur"): Text(
        "What the list says was received; FP7 gives no amounts.",
        "Wat volgens de lijst ontvangen is; KP7 geeft geen bedragen.",
    ),
    ("receipt", "role"): Text(
        "listed, participant, coordinator, recipient or beneficiary.",
        "listed (genoemd), participant (deelnemer), coordinator, recipient (ontvanger) of "
        "beneficiary (begunstigde).",
    ),
    ("receipt", "project_id"): Text(
        "Project, where the list gives a number.", "Project, als de lijst een nummer geeft."
    ),
    ("receipt", "country"): Text(
        "Country of the organisation; empty: not known.",
        "Land van de organisatie; leeg: niet bekend.",
    ),
    ("receipt", "region"): Text(
        "Deepest region known of the organisation, from its address in European projects.",
        "Diepste regio die van de organisatie bekend is, uit haar adres in Europese projecten.",
    ),
    ("receipt_none", "source"): Text("The list, as in `receipt`.", "De lijst, als in `receipt`."),
    ("receipt_none", "reason"): Text(
        "person, withheld (may be a person), anonymous (nobody in particular), no-name, not-granted "
        "(rejected or withdrawn), listed-twice (another list has the project too) or unresolved (no "
        "organisation was found for it).",
        "person (persoon), withheld (misschien een persoon), anonymous (niemand in het bijzonder), "
        "no-name (geen naam), not-granted (afgewezen of ingetrokken), listed-twice (een andere lijst "
        "heeft het project ook) of unresolved (er is geen organisatie bij gevonden).",
    ),
    ("receipt_none", "amount_eur"): Text("The amount in the row.", "Het bedrag in de regel."),
    ("region_presence", "subject"): Text(
        "field; chain; with-field: all projects that carry a field; all: all projects.",
        "field: gebied; chain: keten; with-field: alle projecten met een gebied; all: alle.",
    ),
    ("region_presence", "name"): Text(
        "Code of the field or short name of the chain.",
        "Code van het gebied of korte naam van de keten.",
    ),
    ("region_presence", "region"): Text("NUTS 2 region.", "NUTS 2-regio."),
    ("region_presence", "projects"): Text(
        "Projects of Horizon Europe with a participant there.",
        "Projecten van Horizon Europe met een deelnemer daar.",
    ),
    ("presence_shape", "subject"): Text("field or chain.", "field (gebied) of chain (keten)."),
    ("presence_shape", "name"): Text(
        "Code of the field or short name of the chain.",
        "Code van het gebied of korte naam van de keten.",
    ),
    ("presence_shape", "projects"): Text(
        "Projects, once for each region.", "Projecten, één keer per regio."
    ),
    ("presence_shape", "shape"): Text(
        "Shape of the gamma distribution of the quotients of regions; high: they are alike.",
        "Vorm van de gammaverdeling van de quotiënten van regio's; hoog: ze lijken op elkaar.",
    ),
    ("chain_field", "role"): Text(
        "named or near in the definition; mark: the chain's projects carry it more than others.",
        "named of near in de definitie; mark: projecten van de keten dragen het vaker dan andere.",
    ),
    ("chain_field", "place"): Text("Order.", "Volgorde."),
    ("crossover_background", "shift"): Text(
        "Mean difference of the logarithm of the odds in a region from that elsewhere.",
        "Gemiddeld verschil van de logaritme van de kansverhouding in een regio met die elders.",
    ),
    ("crossover_background", "spread"): Text(
        "Standard deviation of that difference.", "Standaardafwijking van dat verschil."
    ),
    ("crossover_background", "pairs"): Text(
        "Pairs that it was fitted on; nought: too few, prudent values stand here.",
        "Paren waarop het gepast is; nul: te weinig, er staan voorzichtige waarden.",
    ),
    ("chain_part", "part"): Text(
        "identifier of topics without years, numbers and kinds of action",
        "kenmerk van onderwerpen zonder jaren, nummers en soorten actie",
    ),
    ("chain_part", "projects"): Text(
        "projects of the chain, found by word, that the part paid",
        "projecten van de keten, gevonden op woord, die het deel betaalde",
    ),
    ("chain_part", "all_projects"): Text(
        "all projects that the part paid", "alle projecten die het deel betaalde"
    ),
    ("chain_part", "lift"): Text(
        "times as common as among all projects", "zoveel keer zo vaak als onder alle projecten"
    ),
    ("chain_term", "term"): Text("the word", "het woord"),
    ("chain_term", "calls"): Text("calls that hold it", "oproepen die het bevatten"),
    ("chain_call", "term"): Text(
        "the word, or the part of the programme", "het woord, of het programmadeel"
    ),
    ("chain_call", "place"): Text(
        "title, keywords, description, or part when no word was met",
        "title, keywords, description, of part als er geen woord aangetroffen is",
    ),
    ("indicator", "value"): Text(
        "The value; empty: the publisher gives none.",
        "De waarde; leeg: de uitgever geeft er geen.",
    ),
    ("indicator", "unit"): Text("Unit of the value.", "Eenheid van de waarde."),
    ("indicator", "year"): Text(
        "Year of the value; of several years the last.",
        "Jaar van de waarde; van meer jaren het laatste.",
    ),
    ("indicator_name", "unit"): Text("Unit of the values.", "Eenheid van de waarden."),
    ("indicator_name", "level"): Text(
        "For which areas it is measured, in the publisher's words.",
        "Voor welke gebieden het gemeten is, in woorden van de uitgever.",
    ),
    ("region_indicator", "region"): Text("NUTS 2 region of today.", "NUTS 2-regio van nu."),
    ("region_indicator", "value"): Text("The value.", "De waarde."),
    ("region_indicator", "year"): Text(
        "Year of the value, the same for all regions; empty: counted over all years.",
        "Jaar van de waarde, hetzelfde voor alle regio's; leeg: geteld over alle jaren.",
    ),
    ("region_indicator", "record_id"): Text(
        "Row of the source; empty: counted here.", "Rij van de bron; leeg: hier geteld."
    ),
    ("indicator_area", "name"): Text("Name of the whole.", "Naam van het geheel."),
    ("chain_match", "way"): Text(
        "word, field or topic: what of the definition was met; editor: an editor said so",
        "word, field of topic: wat van de omschrijving aangetroffen is; editor: een redacteur zei het",
    ),
    ("chain_match", "term"): Text(
        "the word, the code of the field or the code of the topic",
        "het woord, de code van het gebied of de code van het onderwerp",
    ),
    ("chain_match", "place"): Text(
        "title, objective, topic or field: where it was met; judgement: in a line of an editor",
        "title, objective, topic of field: waar het aangetroffen is; judgement: in een regel van een "
        "redacteur",
    ),
    ("chain_project", "probability"): Text(
        "How likely it is that the project is about the chain indeed (0 to 1).",
        "Hoe waarschijnlijk het is dat het project echt over de keten gaat (0 tot 1).",
    ),
    ("chain_project", "tier"): Text(
        "sure, likely or perhaps: where the probability lies",
        "sure (zeker), likely (waarschijnlijk) of perhaps (misschien): waar de kans ligt",
    ),
    ("chain_project", "basis"): Text(
        "text: judged by title and objective; topic: by topic and field alone, for want of a text; "
        "editor: an editor said so",
        "text: beoordeeld op titel en doel; topic: alleen op onderwerp en gebied, bij gebrek aan tekst; "
        "editor: een redacteur zei het",
    ),
    ("chain_project", "ruling"): Text(
        "Number of the line in which an editor said so.",
        "Nummer van de regel waarin een redacteur het zei.",
    ),
    ("mission", "scheme"): Text(
        "The taxonomy it is an entry of.", "De indeling waar het in staat."
    ),
    ("mission", "version"): Text("Its version.", "De versie ervan."),
    ("mission", "valid_from"): Text("From when it holds.", "Vanaf wanneer het geldt."),
    ("mission", "fingerprint"): Text(
        "Hash of all that maps to entries of the taxonomy.",
        "Hash van alles wat naar de onderdelen van de indeling verwijst.",
    ),
    ("mission", "model"): Text(
        "Day on which the weights of the model were fitted.",
        "Dag waarop de gewichten van het model bepaald zijn.",
    ),
    ("mission_project", "probability"): Text(
        "How likely it is that the project is about the mission (0 to 1).",
        "Hoe waarschijnlijk het is dat het project over de missie gaat (0 tot 1).",
    ),
    ("mission_project", "tier"): Text(
        "sure, likely or perhaps: where the probability lies; perhaps counts nowhere",
        "sure (zeker), likely (waarschijnlijk) of perhaps (misschien): waar de kans ligt; perhaps telt "
        "nergens mee",
    ),
    ("mission_project", "basis"): Text(
        "text: judged by title and objective; topic: by topic, field and programme alone; editor: an "
        "editor said so",
        "text: beoordeeld op titel en doel; topic: alleen op onderwerp, gebied en programma; editor: een "
        "redacteur zei het",
    ),
    ("mission_project", "ruling"): Text(
        "Number of the line in which an editor said so.",
        "Nummer van de regel waarin een redacteur het zei.",
    ),
    **{
        (f"{one}_ruling", column): text
        for one in ("chain", "mission")
        for column, text in {
            "label": Text(
                "about or none: what the editor said.",
                "about (gaat erover) of none (gaat er niet over): wat de redacteur zei.",
            ),
            "ruling": Text(
                "Number of the line in which it was said.",
                "Nummer van de regel waarin het gezegd is.",
            ),
            "probability": Text(
                "How likely the model held it to be (0 to 1).",
                "Hoe waarschijnlijk het model het hield (0 tot 1).",
            ),
        }.items()
    },
    **{
        (f"{one}_word", column): text
        for one in ("chain", "mission")
        for column, text in {
            "weight": Text(
                "names (the word names it) or means (it says little alone).",
                "names (het woord noemt het) of means (het zegt alleen weinig).",
            ),
            "term": Text(
                "Word or phrase of the definition; * is any ending.",
                "Woord of woordgroep uit de omschrijving; * is elke uitgang.",
            ),
            "place": Text("title, objective or topic.", "title, objective of topic."),
            "starts": Text(
                "Where in that text it begins, counted from 0.",
                "Waar in die tekst het begint, geteld vanaf 0.",
            ),
            "ends": Text("Where it ends.", "Waar het eindigt."),
        }.items()
    },
    ("text_technology", "source"): Text(
        "structural (project of a structural fund) or subsidy (of a ministry).",
        "structural (project van een structuurfonds) of subsidy (van een ministerie).",
    ),
    ("text_technology", "record_id"): Text("Row of the source.", "Rij van de bron."),
    ("text_technology", "probability"): Text(
        "Chance that the text is about the technology, 0 to 1.",
        "Kans dat de tekst over de technologie gaat, 0 tot 1.",
    ),
    ("text_technology", "tier"): Text("sure, likely or perhaps.", "sure, likely of perhaps."),
    ("text_word", "source"): Text("structural or subsidy.", "structural of subsidy."),
    ("text_word", "record_id"): Text("Row that holds the text.", "Rij die de tekst bevat."),
    ("text_word", "weight"): Text(
        "names (names the technology) or means (says little by itself).",
        "names (noemt de technologie) of means (zegt op zich weinig).",
    ),
    ("text_word", "term"): Text(
        "The word of the mapping that was met.",
        "Het woord van de omschrijving dat aangetroffen is.",
    ),
    ("text_word", "place"): Text(
        "title, summary, scheme or recipient: where it was met.",
        "title, summary, scheme of recipient: waar het aangetroffen is.",
    ),
    ("text_word", "starts"): Text("First character of it.", "Eerste teken ervan."),
    ("text_word", "ends"): Text("Character after it.", "Teken erna."),
    ("technology_region", "region"): Text("NUTS 2 region.", "NUTS 2-regio."),
    ("technology_region", "projects"): Text(
        "Projects of Horizon Europe here that develop or apply it.",
        "Projecten van Horizon Europe hier die haar ontwikkelen of toepassen.",
    ),
    ("technology_region", "size"): Text(
        "All projects of Horizon Europe here.", "Alle projecten van Horizon Europe hier."
    ),
    ("technology_region", "expected"): Text(
        "Projects to expect if the region were like all together.",
        "Te verwachten projecten als de regio was als alle samen.",
    ),
    ("technology_region", "shape"): Text(
        "How alike regions are in it: large is alike.",
        "Hoe gelijk regio's erin zijn: groot is gelijk.",
    ),
    ("technology_region", "mean"): Text(
        "Specialisation: 1 is as everywhere.", "Specialisatie: 1 is als overal."
    ),
    ("technology_region", "low"): Text(
        "Lower bound of it, at 95 %.", "Ondergrens ervan, bij 95 %."
    ),
    ("technology_region", "high"): Text(
        "Upper bound of it, at 95 %.", "Bovengrens ervan, bij 95 %."
    ),
    **{
        (table, "of"): Text(
            "All projects of the programme that began in the year.",
            "Alle projecten van het programma die in het jaar begonnen.",
        )
        for table in ("technology_year", "technology_year_before")
    },
    **{
        (table, "year"): Text(
            "Year in which the projects began.", "Jaar waarin de projecten begonnen."
        )
        for table in _BY_YEAR
    },
    **{
        (table, "projects"): Text(
            "Projects that began in the year and develop or apply it.",
            "Projecten die in het jaar begonnen en haar ontwikkelen of toepassen.",
        )
        for table in ("technology_year", "technology_year_before")
    },
    ("technology_year_before", "fingerprint"): Text(
        "Hash of the mapping it was told by.", "Hash van de verwijzingen waarmee het bepaald is."
    ),
    ("technology_year_before", "model"): Text(
        "Day on which the weights of its model were fitted.",
        "Dag waarop de gewichten van dat model bepaald zijn.",
    ),
    **{
        (table, column): text
        for table in ("text_year", "text_year_before")
        for column, text in (
            ("texts", Text("Projects with a summary.", "Projecten met een samenvatting.")),
            (
                "words",
                Text(
                    "Words of four letters and more in their titles and summaries.",
                    "Woorden van vier letters en meer in hun titels en samenvattingen.",
                ),
            ),
            (
                "unseen",
                Text(
                    "Of which in no text that was tuned on; empty: those texts are not here.",
                    "Waarvan in geen tekst waarop is afgesteld; leeg: die teksten zijn hier niet.",
                ),
            ),
        )
    },
    ("question", "one"): Text(
        "technology, chain or mission: what the project may be about.",
        "technology (technologie), chain (keten) of mission (missie): waar het project over kan gaan.",
    ),
    ("question", "subject"): Text("Which one of these.", "Welke daarvan."),
    ("question", "position"): Text("Place in the queue, 1 first.", "Plaats in de rij, 1 eerst."),
    ("question", "probability"): Text(
        "Chance that the project is about it, 0 to 1.",
        "Kans dat het project erover gaat, 0 tot 1.",
    ),
    ("question", "money_eur"): Text(
        "EU contribution at most to the project.", "Hoogste EU-bijdrage aan het project."
    ),
    ("technology", "scheme"): Text(
        "The taxonomy it is an entry of.", "De indeling waar het in staat."
    ),
    ("technology", "version"): Text("Its version.", "De versie ervan."),
    ("technology", "valid_from"): Text("From when it holds.", "Vanaf wanneer het geldt."),
    ("technology", "fingerprint"): Text(
        "Hash of all that maps to entries of the taxonomy.",
        "Hash van alles wat naar de onderdelen van de indeling verwijst.",
    ),
    ("technology", "model"): Text(
        "Day on which the weights of the model were fitted.",
        "Dag waarop de gewichten van het model bepaald zijn.",
    ),
    ("project_technology", "relation"): Text(
        "develops (makes it better), applies (a named means), perhaps (less likely than not worth a "
        "label), none (an editor says so).",
        "develops (maakt haar beter), applies (een genoemd middel), perhaps (te onzeker voor een "
        "label), none (een redacteur zegt het).",
    ),
    ("project_technology", "probability"): Text(
        "Chance that the project develops or applies it, 0 to 1.",
        "Kans dat het project haar ontwikkelt of toepast, 0 tot 1.",
    ),
    ("project_technology", "develops"): Text(
        "Chance that the project develops it, 0 to 1.",
        "Kans dat het project haar ontwikkelt, 0 tot 1.",
    ),
    ("project_technology", "tier"): Text("sure, likely or perhaps.", "sure, likely of perhaps."),
    ("project_technology", "basis"): Text(
        "text (title and objective), topic (topic and programme alone: there is no text) or editor.",
        "text (titel en doel), topic (alleen onderwerp en programma: er is geen tekst) of editor.",
    ),
    ("project_technology", "ruling"): Text(
        "Line of the workspace in which an editor said so.",
        "Regel van de werkruimte waarin een redacteur het zei.",
    ),
    ("project_judged", "basis"): Text(
        "text (title and objective), topic (topic and programme alone), editor, or unknown (its topic is "
        "too broad to say).",
        "text (titel en doel), topic (alleen onderwerp en programma), editor, of unknown (het onderwerp "
        "is te breed om iets te zeggen).",
    ),
    ("organisation_technology", "weight"): Text(
        "How much the organisation is about it, 0 to 1: an editor's word (1 or 0), else the share of its "
        "projects, else .5 where it stands on a list.",
        "Hoezeer de organisatie erover gaat, 0 tot 1: het woord van een redacteur (1 of 0), anders het "
        "aandeel van haar projecten, anders ,5 waar zij op een lijst staat.",
    ),
    ("organisation_technology", "basis"): Text(
        "What the weight comes from: projects, list or editor.",
        "Waar het gewicht vandaan komt: projects (projecten), list (lijst) of editor (redacteur).",
    ),
    ("organisation_technology", "share_projects"): Text(
        "Share of its projects, each by its chance, its own contribution and how recent it is (half as "
        "much for every five years).",
        "Aandeel van haar projecten, elk naar zijn kans, haar eigen bijdrage en hoe recent het is (de "
        "helft minder voor elke vijf jaar).",
    ),
    ("organisation_technology", "projects"): Text(
        "Its projects that develop or apply it.",
        "Haar projecten die haar ontwikkelen of toepassen.",
    ),
    ("organisation_technology", "develops"): Text(
        "Of which those that develop it.", "Waarvan die haar ontwikkelen."
    ),
    ("organisation_technology", "by_topic"): Text(
        "Of which those judged by their topic alone.",
        "Waarvan die alleen naar hun onderwerp beoordeeld zijn.",
    ),
    ("organisation_technology", "expected"): Text(
        "Sum of the chances over its projects.", "Som van de kansen over haar projecten."
    ),
    ("organisation_technology", "projects_of"): Text(
        "Its projects of which something can be said.", "Haar projecten waarvan iets te zeggen is."
    ),
    ("organisation_technology", "contribution_eur"): Text(
        "Its own EU contribution in the projects that develop or apply it.",
        "Haar eigen EU-bijdrage in de projecten die haar ontwikkelen of toepassen.",
    ),
    ("organisation_technology", "contribution_of_eur"): Text(
        "Its own EU contribution in all its projects of which something can be said.",
        "Haar eigen EU-bijdrage in al haar projecten waarvan iets te zeggen is.",
    ),
    ("organisation_technology", "last_year"): Text(
        "Year in which the latest of these projects began.",
        "Jaar waarin het laatste van deze projecten begon.",
    ),
    ("organisation_technology", "listed"): Text(
        "Lines of people's lists that put it under this technology.",
        "Regels van lijsten van mensen die haar onder deze technologie zetten.",
    ),
    ("organisation_technology", "listing"): Text(
        "The latest of those lines.", "De laatste van die regels."
    ),
    ("organisation_technology", "said"): Text(
        "What an editor said: develops, applies or none.",
        "Wat een redacteur zei: develops (ontwikkelt), applies (past toe) of none (geen van beide).",
    ),
    ("organisation_technology", "ruling"): Text(
        "Line of the workspace in which an editor said so.",
        "Regel van de werkruimte waarin een redacteur het zei.",
    ),
    ("inferred_technology", "probability"): Text(
        "Chance that the project is about the technology, 0 to 1.",
        "Kans dat het project over de technologie gaat, 0 tot 1.",
    ),
    ("inferred_technology", "witnesses"): Text(
        "Participants of which another project was judged by its text.",
        "Deelnemers van wie een ander project naar zijn tekst beoordeeld is.",
    ),
    ("technology_word", "weight"): Text(
        "names (the word names the technology), means (a means, or says little alone) or leans (in no "
        "mapping: goes with it in texts that were read; the few of a text that added most).",
        "names (het woord noemt de technologie), means (een middel, of zegt alleen weinig) of leans "
        "(in geen indeling: gaat ermee samen in gelezen teksten; de paar die het meest toevoegden).",
    ),
    ("technology_word", "term"): Text(
        "Word or phrase of the mapping (* is any ending), or the word itself where it leans.",
        "Woord of woordgroep uit de indeling (* is elke uitgang), of bij leans het woord zelf.",
    ),
    ("technology_word", "place"): Text("title, objective or topic.", "title, objective of topic."),
    ("technology_word", "starts"): Text(
        "Where in that text it begins, counted from 0.",
        "Waar in die tekst het begint, geteld vanaf 0.",
    ),
    ("technology_word", "ends"): Text("Where it ends.", "Waar het eindigt."),
    ("chain", "regions"): Text("NUTS codes joined by +", "NUTS-codes met + ertussen"),
    ("chain", "source"): Text(
        "where the definition comes from", "waar de omschrijving vandaan komt"
    ),
    ("chain", "valid_from"): Text(
        "from when the definition holds", "vanaf wanneer de omschrijving geldt"
    ),
    ("chain", "fingerprint"): Text(
        "hash of what decides which projects are about it",
        "hash van wat bepaalt welke projecten erover gaan",
    ),
    ("backtest", "trained_to"): Text(
        "last day on which a project that the ranking learns from began",
        "laatste dag waarop een project begon waarvan de rangorde leert",
    ),
    ("backtest", "tested_from"): Text(
        "first day on which a project that it is tested on began",
        "eerste dag waarop een project begon waarop zij getoetst wordt",
    ),
    ("backtest", "tested_to"): Text(
        "last day on which such a project began; empty: there is none",
        "laatste dag waarop zo'n project begon; leeg: er is er geen",
    ),
    ("backtest", "least_projects"): Text(
        "projects that an organisation must have had to be asked about",
        "projecten die een organisatie gehad moet hebben om naar haar te vragen",
    ),
    ("backtest", "head"): Text(
        "how many suggestions are looked at", "hoeveel suggesties bekeken worden"
    ),
    ("backtest", "seed"): Text(
        "seed of the ranking by chance", "begingetal van de rangorde op goed geluk"
    ),
    ("backtest_query", "chain"): Text(
        "the chain among whose parties was asked; empty: among all organisations",
        "de keten onder wier partijen gevraagd is; leeg: onder alle organisaties",
    ),
    ("backtest_query", "new_partners"): Text(
        "how many of the others it met for the first time in the projects tested on",
        "hoeveel van de anderen zij voor het eerst trof in de projecten waarop getoetst is",
    ),
    **{
        ("backtest_query", f"hits_{name}"): Text(
            f"how many of the first suggestions came true, {en}",
            f"hoeveel van de eerste suggesties uitkwamen, {nl}",
        )
        for name, en, nl in _RANKINGS
    },
    **{
        ("backtest_query", f"rank_{name}"): Text(
            f"rank of the first suggestion that came true, {en}; nought: none did",
            f"rang van de eerste suggestie die uitkwam, {nl}; nul: er kwam er geen uit",
        )
        for name, en, nl in _RANKINGS
    },
    ("chain", "is_example"): Text(
        "whether the definition is an example", "of de omschrijving een voorbeeld is"
    ),
    ("fp7_organisation", "source_key"): Text(
        "The organisation as FP7 knows it: by PIC, else by a hash of its name; of a "
        "person by the line.",
        "De organisatie zoals KP7 haar kent: bij PIC, anders bij een hash van haar naam; "
        "een persoon bij de regel.",
    ),
    ("fp7_participation", "source_key"): Text(
        "The organisation as FP7 knows it: by PIC, else by a hash of its name; of a "
        "person by the line.",
        "De organisatie zoals KP7 haar kent: bij PIC, anders bij een hash van haar naam; "
        "een persoon bij de regel.",
    ),
    ("fp7_project", "is_cut"): Text(
        "Whether the title ends where the file cuts titles off.",
        "Of de titel eindigt waar het bestand titels afbreekt.",
    ),
    ("fp7_organisation", "name"): Text(
        "Name; empty: a person, or none given.",
        "Naam; leeg: een persoon, of geen gegeven.",
    ),
    ("ror", "name"): Text(
        "Name that the registry shows.",
        "Naam die het register toont.",
    ),
    ("ror", "country"): Text(
        "Country code (ISO 3166).",
        "Landcode (ISO 3166).",
    ),
    ("ror", "version"): Text(
        "Release of the registry that states it.",
        "Uitgave van het register waarin het staat.",
    ),
    ("ror_earlier", "version"): Text(
        "Release of the registry that states it.",
        "Uitgave van het register waarin het staat.",
    ),
    ("ror_name", "name"): Text(
        "Name.",
        "Naam.",
    ),
    ("ror_name", "kind"): Text(
        "name (shown), label, alias or acronym.",
        "name (getoond), label, alias of acronym (afkorting).",
    ),
    ("ror_relation", "kind"): Text(
        "parent, child, predecessor, successor or related.",
        "parent (moeder), child (dochter), predecessor (voorganger), successor (opvolger) "
        "of related (verwant).",
    ),
    ("ror_identifier", "kind"): Text(
        "Who gave the identifier: fundref, grid, isni, wikidata.",
        "Wie het nummer gaf: fundref, grid, isni, wikidata.",
    ),
    ("ror_identifier", "identifier"): Text(
        "The identifier itself.",
        "Het nummer zelf.",
    ),
    ("sponsor", "name"): Text(
        "Name; empty: a person.",
        "Naam; leeg: een persoon.",
    ),
    ("innovation_fund", "name"): Text(
        "Name; empty: a person.",
        "Naam; leeg: een persoon.",
    ),
    ("innovation_fund", "contribution_eur"): Text(
        "Most that the fund pays to the participant, in euro.",
        "Wat het fonds de deelnemer ten hoogste betaalt, in euro.",
    ),
    ("innovation_fund", "country"): Text(
        "Country, by its English name.",
        "Land, bij zijn Engelse naam.",
    ),
    ("innovation_fund", "project_id"): Text(
        "The project's number in the fund.",
        "Nummer van het project in het fonds.",
    ),
    ("structural_project", "website"): Text(
        "Website of the project.",
        "Website van het project.",
    ),
    ("structural_project", "city"): Text(
        "Place of the project.",
        "Plaats van het project.",
    ),
    ("call", "kind"): Text(
        "topic: of the Commission; cascade: of an EU project for third parties; external: for "
        "work outside the EU; other.",
        "topic: van de Commissie; cascade: van een Europees project voor derden; external: voor "
        "werk buiten de EU; other: anders.",
    ),
    ("call", "programme"): Text(
        "EU programme, as published.", "Europees programma, zoals gepubliceerd."
    ),
    ("call", "record_id"): Text(
        "The source row followed first: that of the dated file where it is there.",
        "De bronrij die het eerst gevolgd is: die van het gedateerde bestand als die er is.",
    ),
    ("call", "status"): Text(
        "Status on the day of the file: open, forthcoming or closed.",
        "Stand op de dag van het bestand: open, forthcoming (aangekondigd) of closed (gesloten).",
    ),
    ("call", "title"): Text("Title.", "Titel."),
    ("call_notice", "status"): Text("Status in that file.", "Stand in dat bestand."),
    ("call_notice", "title"): Text("Title in that file.", "Titel in dat bestand."),
    ("call_text", "status"): Text("Status in that file.", "Stand in dat bestand."),
    ("call_text", "title"): Text("Title in that file.", "Titel in dat bestand."),
    ("caveat", "source"): Text("Source that it is about.", "Bron waar het over gaat."),
    ("field", "code"): Text(
        "EuroSciVoc code, from the root down.", "EuroSciVoc-code, vanaf de wortel."
    ),
    ("field", "level"): Text("Depth: 1 is the widest.", "Diepte: 1 is de breedste."),
    ("field_branch", "code"): Text("EuroSciVoc code of the branch.", "EuroSciVoc-code van de tak."),
    ("field_branch", "level"): Text("Depth: 1 is the widest.", "Diepte: 1 is de breedste."),
    ("file", "name"): Text("Name of the file.", "Naam van het bestand."),
    ("file", "path"): Text("Path below the data folder.", "Pad onder de datamap."),
    ("issue", "code"): Text("Kind of issue.", "Soort melding."),
    ("measure", "name"): Text("Name of the measure.", "Naam van de maat."),
    ("project_field", "code"): Text("EuroSciVoc code.", "EuroSciVoc-code."),
    ("project_programme_part", "code"): Text(
        "Code of the programme part.", "Code van het programmadeel."
    ),
    ("region", "code"): Text("NUTS code.", "NUTS-code."),
    ("region_former", "code"): Text("Former NUTS code.", "Vroegere NUTS-code."),
    ("source", "source"): Text("Short name of the source.", "Korte naam van de bron."),
    ("source_organisation", "source_key"): Text(
        "The organisation as one source knows it: the source, a colon, and its number there, or a "
        "hash of its name where the source has no numbers.",
        "De organisatie zoals één bron haar kent: de bron, een dubbelepunt, en haar nummer daar, of "
        "een hash van haar naam als de bron geen nummers heeft.",
    ),
    ("source_organisation", "programme"): Text(
        "The source: he (Horizon Europe), h2020, fp7 (by PIC), fp7-network (by name), "
        "innovation-fund, ror, kvk (recognised sponsors), rijk (subsidies of Dutch ministries), "
        "structural (structural funds).",
        "De bron: he (Horizon Europe), h2020, fp7 (met PIC), fp7-network (op naam), "
        "innovation-fund, ror, kvk (erkende referenten), rijk (subsidies van ministeries), "
        "structural (structuurfondsen).",
    ),
    ("source_organisation", "acronyms"): Text(
        "Short names and abbreviations that the source gives.",
        "Korte namen en afkortingen die de bron geeft.",
    ),
    ("source_organisation", "participations"): Text(
        "Rows about it in the source: participations, subsidies or projects; registers have none.",
        "Rijen erover in de bron: deelnames, subsidies of projecten; registers hebben er geen.",
    ),
    ("source_organisation", "updated_at"): Text(
        "As of when the source says so; empty: it does not tell.",
        "Vanaf wanneer de bron dit zegt; leeg: zij meldt dat niet.",
    ),
    ("source_organisation", "place_id"): Text(
        "Number of the address in this evidence; empty: it takes part in no project of Horizon.",
        "Nummer van het adres; leeg: zij neemt aan geen Horizon-project deel.",
    ),
    ("organisation", "kind"): Text(
        "company, knowledge, government or other: by the activity type of the programmes, else by "
        "the types of ROR, else company where a Dutch name has the form of a firm; empty: not known.",
        "company (bedrijf), knowledge (kennisinstelling), government (overheid) of other (overig): "
        "volgens het activiteitstype van de programma's, anders de typen van ROR, anders company als "
        "een Nederlandse naam de rechtsvorm van een bedrijf heeft; leeg: niet bekend.",
    ),
    ("organisation", "place_id"): Text(
        "Number of the address in this evidence; empty: it takes part in no project of Horizon.",
        "Nummer van het adres; leeg: zij neemt aan geen Horizon-project deel.",
    ),
    ("organisation", "record_id"): Text(
        "Source row that speaks for it: of the newest register that has it.",
        "Bronrij die voor haar spreekt: van het nieuwste register waarin zij staat.",
    ),
    ("match_weight", "part"): Text("What was compared.", "Wat vergeleken is."),
    ("match_weight", "level"): Text(
        "How much it agrees, by number; `start` has one.",
        "Hoezeer het overeenkomt, als nummer; `start` heeft er één.",
    ),
    ("match_weight", "weight"): Text(
        "What it adds in this evidence, in log-odds, after what people ruled.",
        "Wat het in deze gegevens optelt, in log-odds, na wat mensen oordeelden.",
    ),
    ("match_weight", "shipped"): Text(
        "What it adds as delivered.", "Wat het optelt zoals geleverd."
    ),
    ("organisation_relation", "source_key"): Text(
        "The record that has the relative, as in `same_as`.",
        "Het record dat de verwante heeft, als in `same_as`.",
    ),
    ("organisation_relation", "kind"): Text(
        "What the other is to it: parent, child (a department or daughter), successor, predecessor "
        "or related.",
        "Wat de ander ervan is: parent (moeder), child (afdeling of dochter), successor (opvolger), "
        "predecessor (voorganger) of related (verwant).",
    ),
    ("review_pair", "position"): Text("Place in the queue.", "Plaats in de rij."),
    ("review_pair", "kind"): Text(
        "What is asked: link (are they one?), duplicate (is it one organisation, registered twice?) "
        "or succession (did one come after the other, or are they one?).",
        "Wat gevraagd wordt: link (zijn ze één?), duplicate (is het één organisatie, twee keer "
        "geregistreerd?) of succession (kwam de één na de ander, of zijn ze één?).",
    ),
    ("review_pair", "money_eur"): Text(
        "Public money of the smaller side, as far as the sources name amounts.",
        "Publiek geld van de kleinste kant, voor zover de bronnen bedragen noemen.",
    ),
    ("same_as", "rule"): Text(
        "Why it belongs there: same-pic; same-identifier; match (names, addresses, websites); ruling "
        "(a person said so); alone (nothing links it).",
        "Waarom het daar hoort: same-pic (zelfde PIC); same-identifier (zelfde nummer); match (namen, "
        "adressen, websites); ruling (iemand heeft zo geoordeeld); alone (niets verbindt het).",
    ),
    ("same_as", "weight"): Text(
        "Probability of the link, 0 to 1; empty: it stands alone.",
        "Kans dat het verband klopt, 0 tot 1; leeg: het staat alleen.",
    ),
}

# Binary outlines: the column `outline` says the same in text.
LEFT_OUT: Final = frozenset({"geometry_wkb"})

# What a stage keeps for itself, and what only makes pages fast: not published.
INTERNAL: Final = frozenset(
    {
        "comparison_block",
        "measured",
        "organisation_card",
        "organisation_comparison",
        "postcode_4pp",
        "postcode_cbs",
        "region_box",
        "stage",
    }
)
_INTERNAL_HEADS: Final = ("issue_", "region_list_")


def is_internal(name: str) -> bool:
    """Say whether a table is not for publication."""
    return name in INTERNAL or name.startswith(_INTERNAL_HEADS)


# The sources that know organisations.
_OF_ORGANISATIONS: Final = (
    "cordis",
    "fp7",
    "innovation_fund",
    "ror",
    "kvk",
    "rijkssubsidies",
    "structural_funds",
)


def _table(
    name: str,
    about: Text,
    sources: tuple[str, ...],
    key: tuple[str, ...],
    columns: str,
    *,
    is_large: bool = False,
) -> Table:
    """Make a table of its columns written as `name TYPE, name TYPE`."""
    pairs = [part.strip().split(" ", 1) for part in _split(columns)]
    made = tuple(
        Column(column, kind, _UNITS.get(column, ""), _describe(name, column))
        for column, kind in pairs
    )
    return Table(name, about, sources, made, key, is_large)


def _split(columns: str) -> list[str]:
    """Split at commas, but not at those within a type: `DECIMAL(18,2)`."""
    parts, depth, last = [], 0, 0
    for place, sign in enumerate(columns):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append(columns[last:place])
            last = place + 1
    return [*parts, columns[last:]]


def _describe(table: str, column: str) -> Text:
    return _IN_TABLE.get((table, column)) or _COLUMNS[column]


_ALL: Final = (
    _table(
        "organisation",
        Text(
            "One row for each organisation, after records of one organisation were joined.",
            "Een rij per organisatie, nadat records van één organisatie zijn samengevoegd.",
        ),
        _OF_ORGANISATIONS,
        ("organisation_id",),
        "organisation_id VARCHAR, name VARCHAR, short_name VARCHAR, vat_number VARCHAR, website "
        "VARCHAR, activity_type VARCHAR, kind VARCHAR, is_sme BOOLEAN, is_sme_as_of TIMESTAMP, "
        "country VARCHAR, place_id BIGINT, record_id BIGINT, anchor_key VARCHAR, "
        "source_organisations BIGINT, ror_id VARCHAR, pic VARCHAR, kvk_number VARCHAR",
    ),
    _table(
        "project",
        Text("One row for each project.", "Een rij per project."),
        ("cordis",),
        ("project_id",),
        "record_id BIGINT, project_id VARCHAR, programme VARCHAR, source_id VARCHAR, rcn "
        "VARCHAR, acronym VARCHAR, title VARCHAR, objective VARCHAR, status VARCHAR, start_date "
        "DATE, end_date DATE, signature_date DATE, total_cost_eur DECIMAL(18,2), "
        "ec_max_contribution_eur DECIMAL(18,2), funding_scheme VARCHAR, master_call VARCHAR, "
        "sub_call VARCHAR, doi VARCHAR, framework VARCHAR, updated_at TIMESTAMP",
    ),
    _table(
        "involvement",
        Text(
            "One row for each participation, with all that figures select on; sums are made from this.",
            "Een rij per deelname, met alles waarop cijfers selecteren; sommen komen hieruit.",
        ),
        ("cordis", "geography"),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, organisation_id VARCHAR, source_key VARCHAR, "
        "programme VARCHAR, year SMALLINT, start_date DATE, role VARCHAR, contribution_eur "
        "DECIMAL(18,2), net_contribution_eur DECIMAL(18,2), country VARCHAR, region VARCHAR, "
        "nuts3 VARCHAR, kind VARCHAR, is_sme BOOLEAN, place_id BIGINT, has_field BOOLEAN",
    ),
    _table(
        "participation",
        Text(
            "One row for each participation as the source gives it, typed.",
            "Een rij per deelname zoals de bron die geeft, met typen.",
        ),
        ("cordis",),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, source_key VARCHAR, pic VARCHAR, programme "
        "VARCHAR, position INTEGER, role VARCHAR, contribution_eur DECIMAL(18,2), "
        "net_contribution_eur DECIMAL(18,2), total_cost_eur DECIMAL(18,2), is_terminated "
        "BOOLEAN, name VARCHAR, short_name VARCHAR, vat_number VARCHAR, is_sme BOOLEAN, "
        "activity_type VARCHAR, street VARCHAR, postcode VARCHAR, city VARCHAR, country "
        "VARCHAR, nuts_code VARCHAR, latitude DOUBLE, longitude DOUBLE, website VARCHAR, "
        "updated_at TIMESTAMP, place_id BIGINT",
    ),
    _table(
        "collaboration",
        Text(
            "One row for each pair of organisations that shared projects, in both directions.",
            "Een rij per paar organisaties dat projecten deelde, in beide richtingen.",
        ),
        ("cordis",),
        ("organisation_id", "partner_id"),
        "organisation_id VARCHAR, partner_id VARCHAR, projects INTEGER, first_year SMALLINT, "
        "last_year SMALLINT, in_he BOOLEAN, in_h2020 BOOLEAN, coordinated_by_organisation "
        "INTEGER, coordinated_by_partner INTEGER, organisation_contribution_eur DECIMAL(18,2), "
        "partner_contribution_eur DECIMAL(18,2)",
    ),
    _table(
        "source_organisation",
        Text(
            "One row for each organisation as one source knows it; a name that may be a person's is "
            "left out.",
            "Een rij per organisatie zoals één bron haar kent; een naam die van een persoon kan zijn "
            "is weggelaten.",
        ),
        _OF_ORGANISATIONS,
        ("source_key",),
        "source_key VARCHAR, programme VARCHAR, pic VARCHAR, ror_id VARCHAR, kvk_number VARCHAR, "
        "name VARCHAR, short_name VARCHAR, other_names VARCHAR[], acronyms VARCHAR[], "
        "vat_number VARCHAR, website VARCHAR, activity_type VARCHAR, is_sme BOOLEAN, is_sme_as_of "
        "TIMESTAMP, country VARCHAR, street VARCHAR, postcode VARCHAR, city VARCHAR, nuts_code "
        "VARCHAR, place_id BIGINT, updated_at TIMESTAMP, record_id BIGINT, participations BIGINT, "
        "money_eur DECIMAL(18,2)",
    ),
    _table(
        "same_as",
        Text(
            "Which source organisation belongs to which organisation, by which rule or ruling.",
            "Welke bronorganisatie bij welke organisatie hoort, door welke regel of welk oordeel.",
        ),
        _OF_ORGANISATIONS,
        ("source_key",),
        "source_key VARCHAR, organisation_id VARCHAR, is_anchor BOOLEAN, rule VARCHAR, weight "
        "DOUBLE, ruling BIGINT",
    ),
    _table(
        "organisation_match",
        Text(
            "Two records that were compared, and what became of it. A record stands for all that one "
            "number makes one with it; pairs with a chance under 0.02 are left out.",
            "Twee records die vergeleken zijn, en wat ervan kwam. Een record staat voor alles wat één "
            "nummer ermee één maakt; paren met een kans onder 0,02 zijn weggelaten.",
        ),
        _OF_ORGANISATIONS,
        ("left_key", "right_key"),
        "left_key VARCHAR, right_key VARCHAR, score DOUBLE, probability DOUBLE, verdict VARCHAR",
    ),
    _table(
        "match_weight",
        Text(
            "What each finding of a comparison adds to the score, in this evidence and as delivered.",
            "Wat elke bevinding van een vergelijking bij de score optelt, hier en zoals geleverd.",
        ),
        _OF_ORGANISATIONS,
        ("part", "level"),
        "part VARCHAR, level INTEGER, weight DOUBLE, shipped DOUBLE",
    ),
    _table(
        "organisation_relation",
        Text(
            "Organisations that belong together without being one: the second is the parent, child, "
            "successor, predecessor or relative of the first. Each relation stands from both sides.",
            "Organisaties die bij elkaar horen zonder één te zijn: de tweede is moeder, dochter, "
            "opvolger, voorganger of verwante van de eerste. Elk verband staat er van beide kanten.",
        ),
        _OF_ORGANISATIONS,
        ("source_key", "kind", "other_key"),
        "source_key VARCHAR, kind VARCHAR, other_key VARCHAR, record_id BIGINT, how VARCHAR",
    ),
    _table(
        "review_pair",
        Text(
            "Pairs on which a person's answer matters most, the most important first: by the money "
            "that hangs on it and by what is uncertain.",
            "Paren waarbij het antwoord van een mens het meest uitmaakt, belangrijkste eerst: naar "
            "het geld dat ervan afhangt en naar wat onzeker is.",
        ),
        _OF_ORGANISATIONS,
        ("position",),
        "position BIGINT, left_key VARCHAR, right_key VARCHAR, probability DOUBLE, "
        "money_eur DECIMAL(18,2), importance DOUBLE, kind VARCHAR",
    ),
    _table(
        "organisation_alias",
        Text(
            "Every identifier that leads to an organisation, former ones too.",
            "Elk kenmerk dat naar een organisatie leidt, ook vroegere.",
        ),
        _OF_ORGANISATIONS,
        ("alias",),
        "alias VARCHAR, organisation_id VARCHAR",
    ),
    _table(
        "place",
        Text("One row for each distinct address.", "Een rij per verschillend adres."),
        ("cordis",),
        ("place_id",),
        "place_id BIGINT, country VARCHAR, street VARCHAR, postcode VARCHAR, city VARCHAR, "
        "nuts_code VARCHAR, latitude DOUBLE, longitude DOUBLE",
    ),
    _table(
        "location",
        Text(
            "Where each address is, and by which method.",
            "Waar elk adres ligt, en volgens welke methode.",
        ),
        ("cordis", "geography"),
        ("place_id",),
        "place_id BIGINT, latitude DOUBLE, longitude DOUBLE, coordinate_method VARCHAR, nuts3 "
        "VARCHAR, nuts3_method VARCHAR, nuts_deepest VARCHAR, municipality VARCHAR, province "
        "VARCHAR, note_en VARCHAR, note_nl VARCHAR",
    ),
    _table(
        "project_field",
        Text(
            "Fields of science of projects (EuroSciVoc), as published.",
            "Wetenschapsgebieden van projecten (EuroSciVoc), zoals gepubliceerd.",
        ),
        ("cordis",),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, code VARCHAR, path VARCHAR, title VARCHAR",
    ),
    _table(
        "project_topic",
        Text(
            "Topics of calls that projects answered.",
            "Onderwerpen van oproepen waarop projecten antwoordden.",
        ),
        ("cordis",),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, topic VARCHAR, title VARCHAR",
    ),
    _table(
        "project_programme_part",
        Text(
            "Parts of the programme that projects fall under (legal basis).",
            "Programmadelen waar projecten onder vallen (rechtsgrondslag).",
        ),
        ("cordis",),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, code VARCHAR, title VARCHAR, is_unique BOOLEAN",
    ),
    _table(
        "field",
        Text(
            "Every branch of EuroSciVoc that a project carries.",
            "Elke tak van EuroSciVoc die een project draagt.",
        ),
        ("cordis",),
        ("code",),
        "code VARCHAR, level TINYINT, path VARCHAR, title VARCHAR",
    ),
    _table(
        "field_branch",
        Text(
            "Which projects carry a branch of EuroSciVoc, or a field below it.",
            "Welke projecten een tak van EuroSciVoc dragen, of een gebied daaronder.",
        ),
        ("cordis",),
        ("level", "code", "project_id"),
        "project_id VARCHAR, level TINYINT, code VARCHAR",
    ),
    _table(
        "region",
        Text(
            "Regions of NUTS 2024; of the United Kingdom those of its last edition.",
            "Regio's van NUTS 2024; van het Verenigd Koninkrijk die van zijn laatste editie.",
        ),
        ("geography",),
        ("code",),
        "record_id BIGINT, code VARCHAR, level SMALLINT, country VARCHAR, name VARCHAR, "
        "name_latin VARCHAR, parent VARCHAR, vintage VARCHAR, latitude DOUBLE, longitude "
        "DOUBLE, outline VARCHAR",
    ),
    _table(
        "region_former",
        Text(
            "Regions of earlier editions of NUTS, and what they became.",
            "Regio's van eerdere edities van NUTS, en wat ze werden.",
        ),
        ("geography",),
        (),
        "record_id BIGINT, code VARCHAR, name VARCHAR, level SMALLINT, country VARCHAR, vintage "
        "VARCHAR, successor VARCHAR, change VARCHAR",
    ),
    _table(
        "municipality",
        Text("Dutch municipalities of 2022.", "Nederlandse gemeenten van 2022."),
        ("geography",),
        ("record_id",),
        "record_id BIGINT, name VARCHAR, province VARCHAR, corop VARCHAR, nuts3 VARCHAR, "
        "latitude DOUBLE, longitude DOUBLE, outline VARCHAR",
    ),
    _table(
        "corop",
        Text("Dutch COROP regions.", "Nederlandse COROP-gebieden."),
        ("geography",),
        ("record_id",),
        "record_id BIGINT, name VARCHAR, nuts VARCHAR, outline VARCHAR",
    ),
    _table(
        "province",
        Text("Dutch provinces.", "Nederlandse provincies."),
        ("geography",),
        ("record_id",),
        "record_id BIGINT, name VARCHAR, nuts VARCHAR, outline VARCHAR",
    ),
    _table(
        "postcode_nl",
        Text(
            "Dutch postcodes of four digits, with where they are.",
            "Nederlandse postcodes van vier cijfers, met waar ze liggen.",
        ),
        ("geography",),
        (),
        "record_id BIGINT, pc4 VARCHAR, place VARCHAR, municipality VARCHAR, province VARCHAR, "
        "corop VARCHAR, nuts3 VARCHAR, latitude DOUBLE, longitude DOUBLE, is_po_box BOOLEAN",
    ),
    _table(
        "place_nl",
        Text(
            "Names of Dutch places, other spellings included.",
            "Namen van Nederlandse plaatsen, andere schrijfwijzen inbegrepen.",
        ),
        ("geography",),
        (),
        "record_id BIGINT, place VARCHAR, municipality VARCHAR, province VARCHAR, nuts3 "
        "VARCHAR, latitude DOUBLE, longitude DOUBLE, is_ambiguous BOOLEAN",
    ),
    _table(
        "fp7_project",
        Text(
            "Projects of FP7 (2007-2013), as published in 2018.",
            "Projecten van KP7 (2007-2013), zoals gepubliceerd in 2018.",
        ),
        ("fp7",),
        ("record_id",),
        "record_id BIGINT, project_id VARCHAR, programme VARCHAR, source_id VARCHAR, acronym "
        "VARCHAR, title VARCHAR, is_cut BOOLEAN, status VARCHAR, programme_part VARCHAR, "
        "start_date DATE, end_date DATE, total_cost_eur DECIMAL(18,2), participants INTEGER",
    ),
    _table(
        "fp7_organisation",
        Text(
            "Organisations of FP7, once for each list they stand in; persons without name.",
            "Organisaties van KP7, één keer per lijst waarin ze staan; personen zonder naam.",
        ),
        ("fp7",),
        ("record_id",),
        "record_id BIGINT, source_key VARCHAR, pic VARCHAR, name VARCHAR, short_name VARCHAR, "
        "is_person BOOLEAN, street VARCHAR, postcode VARCHAR, city VARCHAR, country VARCHAR, "
        "nuts_code VARCHAR, website VARCHAR, stated_on DATE",
    ),
    _table(
        "fp7_participation",
        Text(
            "Who took part in which project of FP7, by the project's record number.",
            "Wie aan welk project van KP7 meedeed, bij recordnummer van het project.",
        ),
        ("fp7",),
        ("record_id",),
        "record_id BIGINT, project_rcn VARCHAR, source_key VARCHAR, programme VARCHAR",
    ),
    _table(
        "ror",
        Text(
            "Organisations of the Research Organization Registry, the newest record of each.",
            "Organisaties uit de Research Organization Registry, van elk het nieuwste record.",
        ),
        ("ror",),
        ("ror_id",),
        "record_id BIGINT, ror_id VARCHAR, name VARCHAR, acronyms VARCHAR[], types VARCHAR[], "
        "country VARCHAR, city VARCHAR, geonames_id VARCHAR, website VARCHAR, domains VARCHAR[], "
        "established INTEGER, status VARCHAR, latitude DOUBLE, longitude DOUBLE, schema VARCHAR, "
        "version VARCHAR",
    ),
    _table(
        "ror_earlier",
        Text(
            "Records of the registry for which a newer one counts.",
            "Records uit het register waarvoor een nieuwer geldt.",
        ),
        ("ror",),
        ("record_id",),
        "record_id BIGINT, ror_id VARCHAR, version VARCHAR, current_record_id BIGINT",
    ),
    _table(
        "ror_name",
        Text(
            "All names that the registry has for an organisation.",
            "Alle namen die het register voor een organisatie heeft.",
        ),
        ("ror",),
        (),
        "record_id BIGINT, ror_id VARCHAR, name VARCHAR, kind VARCHAR, language VARCHAR",
    ),
    _table(
        "ror_relation",
        Text(
            "Parents, children, predecessors and relatives in the registry.",
            "Moeders, dochters, voorgangers en verwanten in het register.",
        ),
        ("ror",),
        (),
        "record_id BIGINT, ror_id VARCHAR, kind VARCHAR, other_ror_id VARCHAR, other_name VARCHAR",
    ),
    _table(
        "ror_identifier",
        Text(
            "Identifiers that others gave to an organisation of the registry.",
            "Nummers die anderen aan een organisatie uit het register gaven.",
        ),
        ("ror",),
        (),
        "record_id BIGINT, ror_id VARCHAR, kind VARCHAR, identifier VARCHAR, is_preferred BOOLEAN",
    ),
    _table(
        "sponsor",
        Text(
            "Recognised sponsors with their chamber of commerce number; persons without name.",
            "Erkende referenten met hun nummer bij de Kamer van Koophandel; personen zonder naam.",
        ),
        ("kvk",),
        ("record_id",),
        "record_id BIGINT, name VARCHAR, kvk_number VARCHAR, is_person BOOLEAN",
    ),
    _table(
        "structural_project",
        Text(
            "Projects of the structural funds in the Netherlands, by list and edition.",
            "Projecten van de structuurfondsen in Nederland, per lijst en editie.",
        ),
        ("structural_funds",),
        ("record_id",),
        "record_id BIGINT, list VARCHAR, source_id VARCHAR, is_current BOOLEAN, fund VARCHAR, "
        "action VARCHAR, beneficiary VARCHAR, is_person BOOLEAN, title VARCHAR, title_en VARCHAR, "
        "summary VARCHAR, authority VARCHAR, theme VARCHAR, city VARCHAR, country VARCHAR, website "
        "VARCHAR, start_date DATE, end_date DATE, updated_on DATE, eu_contribution_eur "
        "DECIMAL(18,2), public_eur DECIMAL(18,2), private_eur DECIMAL(18,2), total_cost_eur "
        "DECIMAL(18,2), eu_percentage DOUBLE, status VARCHAR",
    ),
    _table(
        "innovation_fund",
        Text(
            "Participants in projects of the EU Innovation Fund.",
            "Deelnemers aan projecten van het Europees Innovatiefonds.",
        ),
        ("innovation_fund",),
        ("record_id",),
        "record_id BIGINT, source_key VARCHAR, pic VARCHAR, project_id VARCHAR, acronym VARCHAR, "
        "title VARCHAR, description VARCHAR, name VARCHAR, short_name VARCHAR, pic_name VARCHAR, "
        "is_person BOOLEAN, role VARCHAR, contribution_eur DECIMAL(18,2), legal_status VARCHAR, "
        "nuts_code VARCHAR, city VARCHAR, country VARCHAR, country_group VARCHAR, signature_date "
        "DATE, start_date DATE, keywords VARCHAR, call_group VARCHAR, topic VARCHAR",
    ),
    _table(
        "subsidy",
        Text(
            "Subsidies of Dutch ministries, by scheme and recipient; names of persons withheld.",
            "Subsidies van Nederlandse ministeries, per regeling en ontvanger; namen van personen "
            "weggelaten.",
        ),
        ("rijkssubsidies",),
        ("record_id",),
        "record_id BIGINT, year INTEGER, ministry VARCHAR, scheme VARCHAR, recipient VARCHAR, "
        "recipient_kind VARCHAR, is_company BOOLEAN, policy_article VARCHAR, amount_eur "
        "DECIMAL(18,2)",
    ),
    _table(
        "subsidy_name",
        Text(
            "Subsidies whose recipient may be named, with the name made comparable.",
            "Subsidies waarvan de ontvanger genoemd mag worden, met de naam vergelijkbaar gemaakt.",
        ),
        ("rijkssubsidies",),
        ("record_id",),
        "record_id BIGINT, name_key VARCHAR",
    ),
    _table(
        "subsidy_match",
        Text(
            "Which participant of EU projects received a subsidy.",
            "Welke deelnemer aan EU-projecten een subsidie ontving.",
        ),
        ("rijkssubsidies", "cordis"),
        ("record_id",),
        "record_id BIGINT, organisation_id VARCHAR",
    ),
    _table(
        "receipt",
        Text(
            "What other sources than Horizon say of an organisation: one row for each of their rows "
            "that names one.",
            "Wat andere bronnen dan Horizon van een organisatie zeggen: een rij voor elk van hun "
            "regels die er een noemt.",
        ),
        ("fp7", "innovation_fund", "rijkssubsidies", "structural_funds"),
        ("record_id",),
        "record_id BIGINT, organisation_id VARCHAR, source_key VARCHAR, source VARCHAR, year "
        "SMALLINT, what VARCHAR, amount_eur DECIMAL(18,2), role VARCHAR, project_id VARCHAR, "
        "country VARCHAR, region VARCHAR, nuts3 VARCHAR, kind VARCHAR",
    ),
    _table(
        "receipt_none",
        Text(
            "Rows of other sources that lead to no organisation, and why.",
            "Regels van andere bronnen die naar geen organisatie leiden, en waarom.",
        ),
        ("fp7", "innovation_fund", "rijkssubsidies", "structural_funds"),
        ("record_id",),
        "record_id BIGINT, source VARCHAR, reason VARCHAR, amount_eur DECIMAL(18,2)",
    ),
    _table(
        "indicator",
        Text(
            "Regional indicators as published: one row for each value.",
            "Regionale indicatoren zoals gepubliceerd: een rij per waarde.",
        ),
        ("competitiveness", "employment", "gdp", "scoreboard"),
        (),
        "record_id BIGINT, indicator VARCHAR, region_published VARCHAR, year SMALLINT, value "
        "DOUBLE, unit VARCHAR, flag VARCHAR",
    ),
    _table(
        "indicator_name",
        Text(
            "Regional indicators: name, unit, and whether more of it is better.",
            "Regionale indicatoren: naam, eenheid, en of meer ervan beter is.",
        ),
        ("competitiveness", "employment", "gdp", "scoreboard"),
        (),
        "record_id BIGINT, indicator VARCHAR, source VARCHAR, title_en VARCHAR, title_nl VARCHAR, "
        "unit VARCHAR, period VARCHAR, level VARCHAR, higher_is_better BOOLEAN",
    ),
    _table(
        "region_indicator",
        Text(
            "One value for each indicator and NUTS 2 region of today; nothing is spread over parts.",
            "Eén waarde per indicator en NUTS 2-regio van nu; niets is over delen verdeeld.",
        ),
        ("competitiveness", "cordis", "employment", "gdp", "geography", "scoreboard"),
        ("indicator", "region"),
        "indicator VARCHAR, region VARCHAR, region_published VARCHAR, basis VARCHAR, year "
        "SMALLINT, value DOUBLE, flag VARCHAR, is_national BOOLEAN, record_id BIGINT",
    ),
    _table(
        "indicator_area",
        Text(
            "Capitals that are published together with the regions around them.",
            "Hoofdsteden die samen met de regio's eromheen gepubliceerd zijn.",
        ),
        ("competitiveness",),
        ("record_id",),
        "record_id BIGINT, source VARCHAR, region_published VARCHAR, name VARCHAR, part VARCHAR, "
        "part_name VARCHAR",
    ),
    _table(
        "call",
        Text(
            "One row for each call of an EU programme: what two files say of it, joined.",
            "Een rij per oproep van een Europees programma: wat twee bestanden ervan zeggen, "
            "samengevoegd.",
        ),
        ("calls",),
        ("call_id",),
        "record_id BIGINT, call_id VARCHAR, identifier VARCHAR, kind VARCHAR, title VARCHAR, "
        "description VARCHAR, is_cut BOOLEAN, conditions VARCHAR, keywords VARCHAR, status "
        "VARCHAR, programme VARCHAR, call_group VARCHAR, call_title VARCHAR, destination "
        "VARCHAR, type_of_action VARCHAR, deadline_model VARCHAR, opens_on DATE, deadline DATE, "
        "budget_eur DECIMAL(18,2), budget_of VARCHAR, grants_expected INTEGER, "
        "contribution_min_eur DECIMAL(18,2), contribution_max_eur DECIMAL(18,2), address "
        "VARCHAR, stated_on DATE",
    ),
    _table(
        "call_notice",
        Text(
            "What the dated file says of a call.", "Wat het gedateerde bestand van een oproep zegt."
        ),
        ("calls",),
        ("record_id",),
        "record_id BIGINT, call_id VARCHAR, title VARCHAR, status VARCHAR, deadline DATE",
    ),
    _table(
        "call_text",
        Text(
            "What the undated file, with the whole texts, says of a call.",
            "Wat het ongedateerde bestand, met de hele teksten, van een oproep zegt.",
        ),
        ("calls",),
        ("record_id",),
        "record_id BIGINT, call_id VARCHAR, title VARCHAR, status VARCHAR, deadline DATE",
    ),
    _table(
        "chain",
        Text("Value chains as people defined them.", "Waardeketens zoals mensen ze omschreven."),
        (),
        ("chain",),
        "chain VARCHAR, label_en VARCHAR, label_nl VARCHAR, regions VARCHAR, source VARCHAR, "
        "valid_from VARCHAR, is_example BOOLEAN, fingerprint VARCHAR",
    ),
    _table(
        "chain_match",
        Text(
            "Every word, field or topic that says that a project is about a value chain, and where.",
            "Elk woord, gebied of onderwerp dat zegt dat een project over een waardeketen gaat, en "
            "waar.",
        ),
        ("cordis",),
        (),
        "chain VARCHAR, project_id VARCHAR, way VARCHAR, term VARCHAR, place VARCHAR, record_id "
        "BIGINT",
    ),
    _table(
        "chain_project",
        Text(
            "Which projects are about which value chain, by at least one match, and how likely.",
            "Welke projecten over welke waardeketen gaan, door minstens één treffer, en hoe zeker.",
        ),
        ("cordis",),
        ("chain", "project_id"),
        "chain VARCHAR, project_id VARCHAR, probability DOUBLE, tier VARCHAR, basis VARCHAR, "
        "ruling BIGINT",
    ),
    _table(
        "chain_word",
        Text(
            "Every word that speaks for a value chain in a project, with its place in the text.",
            "Elk woord dat in een project voor een waardeketen spreekt, met zijn plaats in de tekst.",
        ),
        ("cordis",),
        (),
        "chain VARCHAR, project_id VARCHAR, weight VARCHAR, term VARCHAR, place VARCHAR, record_id "
        "BIGINT, starts INTEGER, ends INTEGER",
    ),
    _table(
        "chain_ruling",
        Text(
            "What editors said on whether a project is about a value chain.",
            "Wat redacteuren zeiden over de vraag of een project over een waardeketen gaat.",
        ),
        (),
        ("chain", "project_id"),
        "chain VARCHAR, project_id VARCHAR, label VARCHAR, ruling BIGINT, probability DOUBLE",
    ),
    _table(
        "mission",
        Text(
            "The missions that projects were held against.",
            "De missies waar projecten naast gelegd zijn.",
        ),
        (),
        ("mission",),
        "mission VARCHAR, label_en VARCHAR, label_nl VARCHAR, scheme VARCHAR, version VARCHAR, "
        "valid_from VARCHAR, fingerprint VARCHAR, model VARCHAR",
    ),
    _table(
        "mission_project",
        Text(
            "Which projects may be about which mission, and how likely.",
            "Welke projecten over welke missie kunnen gaan, en hoe zeker.",
        ),
        ("cordis",),
        ("mission", "project_id"),
        "mission VARCHAR, project_id VARCHAR, probability DOUBLE, tier VARCHAR, basis VARCHAR, "
        "ruling BIGINT",
    ),
    _table(
        "mission_word",
        Text(
            "Every word that speaks for a mission in a project, with its place in the text.",
            "Elk woord dat in een project voor een missie spreekt, met zijn plaats in de tekst.",
        ),
        ("cordis",),
        (),
        "mission VARCHAR, project_id VARCHAR, weight VARCHAR, term VARCHAR, place VARCHAR, record_id "
        "BIGINT, starts INTEGER, ends INTEGER",
    ),
    _table(
        "mission_ruling",
        Text(
            "What editors said on whether a project is about a mission.",
            "Wat redacteuren zeiden over de vraag of een project over een missie gaat.",
        ),
        (),
        ("mission", "project_id"),
        "mission VARCHAR, project_id VARCHAR, label VARCHAR, ruling BIGINT, probability DOUBLE",
    ),
    _table(
        "text_technology",
        Text(
            "Which technologies the Dutch texts of structural funds and subsidies are about.",
            "Over welke technologieën de Nederlandse teksten van structuurfondsen en subsidies gaan.",
        ),
        ("structural_funds", "rijkssubsidies"),
        ("source", "record_id", "technology"),
        "source VARCHAR, record_id BIGINT, technology VARCHAR, probability DOUBLE, tier VARCHAR",
    ),
    _table(
        "text_word",
        Text(
            "Words in those texts that speak for a technology.",
            "Woorden in die teksten die voor een technologie spreken.",
        ),
        ("structural_funds", "rijkssubsidies"),
        (),
        "source VARCHAR, record_id BIGINT, technology VARCHAR, weight VARCHAR, term VARCHAR, "
        "place VARCHAR, starts INTEGER, ends INTEGER",
    ),
    _table(
        "technology",
        Text(
            "The technologies that projects were held against.",
            "De technologieën waar projecten naast gelegd zijn.",
        ),
        (),
        ("technology",),
        "technology VARCHAR, label_en VARCHAR, label_nl VARCHAR, scheme VARCHAR, version VARCHAR, "
        "valid_from VARCHAR, fingerprint VARCHAR, model VARCHAR",
    ),
    _table(
        "project_technology",
        Text(
            "Which projects develop or apply which technology, with the chance of it; from a chance of "
            "one in ten on, of one in four where there is no text.",
            "Welke projecten welke technologie ontwikkelen of toepassen, met de kans daarop; vanaf een "
            "kans van één op tien, van één op vier waar geen tekst is.",
        ),
        ("cordis",),
        ("project_id", "technology"),
        "project_id VARCHAR, technology VARCHAR, relation VARCHAR, probability DOUBLE, develops DOUBLE, "
        "tier VARCHAR, basis VARCHAR, ruling BIGINT",
    ),
    _table(
        "inferred_technology",
        Text(
            "What projects of which nothing else is known may be about, by what their participants do in "
            "other projects; from a chance of one in four on. Enters no count: it would prove itself.",
            "Waar projecten over kunnen gaan waarvan verder niets bekend is, naar wat hun deelnemers in "
            "andere projecten doen; vanaf een kans van één op vier. Telt nergens mee: het zou zichzelf "
            "bewijzen.",
        ),
        ("cordis",),
        ("project_id", "technology"),
        "project_id VARCHAR, technology VARCHAR, probability DOUBLE, witnesses BIGINT",
    ),
    _table(
        "project_judged",
        Text(
            "By what it could be judged which technologies a project is about.",
            "Waarnaar beoordeeld kon worden over welke technologieën een project gaat.",
        ),
        ("cordis",),
        ("project_id",),
        "project_id VARCHAR, basis VARCHAR",
    ),
    _table(
        "organisation_technology",
        Text(
            "Which technologies an organisation is about, by its projects, lists and editors. Drawn from "
            "who takes part: figures on specialisation and relatedness are not made from it.",
            "Over welke technologieën een organisatie gaat, naar haar projecten, lijsten en redacteuren. "
            "Afgeleid van wie meedoet: cijfers over specialisatie en verwantschap worden er niet van "
            "gemaakt.",
        ),
        ("cordis",),
        ("organisation_id", "technology"),
        "organisation_id VARCHAR, technology VARCHAR, weight DOUBLE, basis VARCHAR, "
        "share_projects DOUBLE, projects BIGINT, develops BIGINT, by_topic BIGINT, expected DOUBLE, "
        "projects_of BIGINT, contribution_eur DECIMAL(18,2), contribution_of_eur DECIMAL(18,2), "
        "last_year SMALLINT, listed BIGINT, listing BIGINT, said VARCHAR, ruling BIGINT",
    ),
    _table(
        "technology_word",
        Text(
            "Every word that spoke for a technology, with its place in the text.",
            "Elk woord dat voor een technologie sprak, met zijn plaats in de tekst.",
        ),
        ("cordis",),
        (),
        "project_id VARCHAR, technology VARCHAR, weight VARCHAR, term VARCHAR, place VARCHAR, record_id "
        "BIGINT, starts INTEGER, ends INTEGER",
    ),
    _table(
        "technology_region",
        Text(
            "How many projects of Horizon Europe in each NUTS 2 region are about a technology, and how "
            "that compares with all such regions.",
            "Hoeveel projecten van Horizon Europe in elke NUTS 2-regio over een technologie gaan, en hoe "
            "dat zich verhoudt tot alle zulke regio's.",
        ),
        ("cordis",),
        ("technology", "region"),
        "technology VARCHAR, region VARCHAR, projects INTEGER, size INTEGER, expected DOUBLE, "
        "shape DOUBLE, mean DOUBLE, low DOUBLE, high DOUBLE",
    ),
    _table(
        "technology_year",
        Text(
            "How many projects that began in a year are about a technology.",
            "Hoeveel projecten die in een jaar begonnen over een technologie gaan.",
        ),
        ("cordis",),
        ("technology", "programme", "year"),
        "technology VARCHAR, programme VARCHAR, year SMALLINT, projects INTEGER, of INTEGER",
    ),
    _table(
        "text_year",
        Text(
            "How many words the texts of a year hold, and how many of them were not met in tuning.",
            "Hoeveel woorden de teksten van een jaar bevatten, en hoeveel daarvan bij het afstellen niet "
            "voorkwamen.",
        ),
        ("cordis",),
        ("programme", "year"),
        "programme VARCHAR, year SMALLINT, texts INTEGER, words BIGINT, unseen BIGINT",
    ),
    _table(
        "technology_year_before",
        Text(
            "The same as `technology_year`, of the evidence before this one.",
            "Hetzelfde als `technology_year`, van de gegevens voor deze.",
        ),
        ("cordis",),
        ("technology", "programme", "year"),
        "technology VARCHAR, programme VARCHAR, year SMALLINT, projects INTEGER, of INTEGER, "
        "fingerprint VARCHAR, model VARCHAR",
    ),
    _table(
        "text_year_before",
        Text(
            "The same as `text_year`, of the evidence before this one.",
            "Hetzelfde als `text_year`, van de gegevens voor deze.",
        ),
        ("cordis",),
        ("programme", "year"),
        "programme VARCHAR, year SMALLINT, texts INTEGER, words BIGINT, unseen BIGINT",
    ),
    _table(
        "question",
        Text(
            "The pairs of a project and a technology, chain or mission on which the word of an editor "
            "matters most.",
            "De paren van een project en een technologie, keten of missie waarover het woord van een "
            "redacteur het meest telt.",
        ),
        ("cordis",),
        ("position",),
        "position INTEGER, project_id VARCHAR, one VARCHAR, subject VARCHAR, probability DOUBLE, "
        "money_eur DECIMAL(18,2)",
    ),
    _table(
        "chain_part",
        Text(
            "Parts of programmes that pay for projects of a value chain far more often than for "
            "others.",
            "Programmadelen die veel vaker projecten van een waardeketen betalen dan andere.",
        ),
        ("cordis",),
        ("chain", "part"),
        "chain VARCHAR, part VARCHAR, projects BIGINT, all_projects BIGINT, lift DOUBLE",
    ),
    _table(
        "chain_term",
        Text(
            "How many calls hold each word of a value chain, whether it counts there or not.",
            "Hoeveel oproepen elk woord van een waardeketen bevatten, of het er telt of niet.",
        ),
        ("calls",),
        ("chain", "term"),
        "chain VARCHAR, term VARCHAR, calls BIGINT",
    ),
    _table(
        "chain_call",
        Text(
            "Every word, or else the part of a programme, that says a call is about a value chain.",
            "Elk woord, of anders het programmadeel, dat zegt dat een oproep over een waardeketen "
            "gaat.",
        ),
        ("calls", "cordis"),
        ("chain", "call_id", "term", "place"),
        "chain VARCHAR, call_id VARCHAR, term VARCHAR, place VARCHAR, record_id BIGINT",
    ),
    _table(
        "measure",
        Text(
            "The methods by which figures are made.", "De methoden waarmee cijfers gemaakt worden."
        ),
        (),
        ("name",),
        "name VARCHAR, version VARCHAR, unit VARCHAR, title_en VARCHAR, title_nl VARCHAR, "
        "method_en VARCHAR, method_nl VARCHAR",
    ),
    _table(
        "source",
        Text("Sources with their licence.", "Bronnen met hun licentie."),
        (),
        ("source",),
        "source VARCHAR, title_en VARCHAR, title_nl VARCHAR, publisher VARCHAR, licence "
        "VARCHAR, licence_address VARCHAR, address VARCHAR, attribution VARCHAR, coverage_en "
        "VARCHAR, coverage_nl VARCHAR",
    ),
    _table(
        "caveat",
        Text(
            "What to keep in mind with figures from a source.",
            "Wat te bedenken bij cijfers uit een bron.",
        ),
        (),
        (),
        "caveat VARCHAR, source VARCHAR, release VARCHAR, text_en VARCHAR, text_nl VARCHAR",
    ),
    _table(
        "file",
        Text(
            "Files that were read, and what became of their rows.",
            "Bestanden die gelezen zijn, en wat er van hun regels werd.",
        ),
        (),
        ("file_no",),
        "file_no INTEGER, source VARCHAR, release VARCHAR, path VARCHAR, name VARCHAR, sha256 "
        "VARCHAR, size_bytes BIGINT, header VARCHAR[], delimiter VARCHAR, encoding VARCHAR, "
        "rows_found BIGINT, rows_typed BIGINT, rows_lost BIGINT",
    ),
    _table(
        "backtest",
        Text(
            "One row: the days and numbers of the back-test of the ranking of partners.",
            "Eén rij: de dagen en getallen van de terugtoets van de rangorde van partners.",
        ),
        ("cordis",),
        (),
        "trained_to DATE, tested_from DATE, tested_to DATE, least_projects INTEGER, head INTEGER, "
        "seed BIGINT",
    ),
    _table(
        "backtest_query",
        Text(
            "One row for each organisation that the back-test asked about, and what became of its "
            "suggestions.",
            "Een rij per organisatie waarnaar de terugtoets vroeg, en wat er van haar suggesties werd.",
        ),
        ("cordis",),
        ("chain", "organisation_id"),
        "chain VARCHAR, organisation_id VARCHAR, country VARCHAR, new_partners INTEGER, "
        "hits_adamic_adar INTEGER, hits_popularity INTEGER, hits_chance INTEGER, "
        "rank_adamic_adar INTEGER, rank_popularity INTEGER, rank_chance INTEGER",
    ),
    _table(
        "region_presence",
        Text(
            "Projects in each European NUTS 2 region, by field of science and by value chain.",
            "Projecten in elke Europese NUTS 2-regio, naar wetenschapsgebied en naar waardeketen.",
        ),
        ("cordis",),
        ("subject", "name", "region"),
        "subject VARCHAR, name VARCHAR, region VARCHAR, projects INTEGER",
    ),
    _table(
        "presence_shape",
        Text(
            "How alike regions are in each field of science and value chain.",
            "Hoezeer regio's op elkaar lijken in elk wetenschapsgebied en elke waardeketen.",
        ),
        ("cordis",),
        ("subject", "name"),
        "subject VARCHAR, name VARCHAR, projects INTEGER, shape DOUBLE",
    ),
    _table(
        "chain_field",
        Text(
            "Fields of science that belong to a value chain.",
            "Wetenschapsgebieden die bij een waardeketen horen.",
        ),
        ("cordis",),
        ("chain", "code"),
        "chain VARCHAR, code VARCHAR, role VARCHAR, place INTEGER",
    ),
    _table(
        "crossover_background",
        Text(
            "One row: how much the meeting of two fields differs between European regions anyhow.",
            "Eén rij: hoeveel het treffen van twee gebieden tussen Europese regio's hoe dan ook "
            "verschilt.",
        ),
        ("cordis",),
        (),
        "shift DOUBLE, spread DOUBLE, pairs INTEGER",
    ),
    _table(
        "issue",
        Text("What was odd in the data.", "Wat vreemd was in de gegevens."),
        (),
        ("issue_no",),
        "issue_no BIGINT, stage VARCHAR, code VARCHAR, severity VARCHAR, file_no INTEGER, line "
        "BIGINT, record_id BIGINT, column VARCHAR, value VARCHAR, message_en VARCHAR, "
        "message_nl VARCHAR",
    ),
    _table(
        "record",
        Text(
            "Every row of every file as it was found.", "Elke rij van elk bestand zoals gevonden."
        ),
        (
            "calls",
            "cordis",
            "fp7",
            "geography",
            "innovation_fund",
            "kvk",
            "rijkssubsidies",
            "ror",
            "structural_funds",
        ),
        ("record_id",),
        "record_id BIGINT, file_no INTEGER, line BIGINT, text VARCHAR",
        is_large=True,
    ),
)
TABLES: Final[Mapping[str, Table]] = {table.name: table for table in _ALL}
