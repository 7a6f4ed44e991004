"""The data dictionary: what each exported table and column holds, in English and Dutch."""

from collections.abc import Mapping
from typing import Final

from keten.model import Text

TABLES: Final[Mapping[str, Text]] = {
    "organisation": Text(
        "One row for each organisation, after records of one organisation were joined.",
        "Een rij per organisatie, nadat records van één organisatie zijn samengevoegd.",
    ),
    "project": Text("One row for each project.", "Een rij per project."),
    "involvement": Text(
        "One row for each participation, with all that figures select on; sums are made from this.",
        "Een rij per deelname, met alles waarop getallen selecteren; sommen komen hieruit.",
    ),
    "participation": Text(
        "One row for each participation as the source gives it, typed.",
        "Een rij per deelname zoals de bron die geeft, met typen.",
    ),
    "collaboration": Text(
        "One row for each pair of organisations that shared projects, in both directions.",
        "Een rij per paar organisaties dat projecten deelde, in beide richtingen.",
    ),
    "source_organisation": Text(
        "One row for each organisation as one programme knows it.",
        "Een rij per organisatie zoals één programma haar kent.",
    ),
    "same_as": Text(
        "Which source organisation belongs to which organisation, by which rule or ruling.",
        "Welke bronorganisatie bij welke organisatie hoort, door welke regel of welk oordeel.",
    ),
    "organisation_alias": Text(
        "Every identifier that leads to an organisation, former ones too.",
        "Elk kenmerk dat naar een organisatie leidt, ook vroegere.",
    ),
    "place": Text("One row for each distinct address.", "Een rij per verschillend adres."),
    "location": Text(
        "Where each address is, and by which method.",
        "Waar elk adres ligt, en volgens welke methode.",
    ),
    "project_field": Text(
        "Fields of science of projects (EuroSciVoc).",
        "Wetenschapsgebieden van projecten (EuroSciVoc).",
    ),
    "project_topic": Text("Topics of projects.", "Onderwerpen (topics) van projecten."),
    "project_programme_part": Text(
        "Programme parts of projects (legal basis).",
        "Programmadelen van projecten (rechtsgrondslag).",
    ),
    "region": Text("Regions of NUTS 2024.", "Regio's van NUTS 2024."),
    "region_former": Text(
        "Regions of earlier editions and what they became.",
        "Regio's van eerdere edities en wat ze werden.",
    ),
    "municipality": Text("Dutch municipalities.", "Nederlandse gemeenten."),
    "source": Text("Sources with their licence.", "Bronnen met hun licentie."),
    "caveat": Text(
        "What to keep in mind with figures of a source.",
        "Wat te bedenken bij getallen uit een bron.",
    ),
    "file": Text("Files that were read.", "Bestanden die gelezen zijn."),
    "issue": Text("What was odd in the data.", "Wat vreemd was in de gegevens."),
    "record": Text(
        "Every row of every file as it was found (large; named explicitly only).",
        "Elke rij van elk bestand zoals gevonden (groot; alleen als erom gevraagd is).",
    ),
}
LARGE: Final = frozenset({"record"})
LEFT_OUT: Final = frozenset({"geometry_wkb"})  # binary; the outline says the same for drawing

_COLUMNS: Final[Mapping[str, Text]] = {
    "acronym": Text("Short name of the project.", "Korte naam van het project."),
    "activity_type": Text(
        "As registered: PRC company, HES higher education, REC research, PUB public, OTH other.",
        "Zoals geregistreerd: PRC bedrijf, HES hoger onderwijs, REC onderzoek, PUB publiek, "
        "OTH overig.",
    ),
    "address": Text("Where it is published.", "Waar het gepubliceerd is."),
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
    "header": Text("Headings of the file.", "Kolomkoppen van het bestand."),
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
    "message": Text("What is odd, in words.", "Wat vreemd is, in woorden."),
    "municipality": Text("Dutch municipality.", "Nederlandse gemeente."),
    "name": Text("Name; empty: no source gives one.", "Naam; leeg: geen bron geeft er een."),
    "name_latin": Text("Name in Latin letters.", "Naam in Latijnse letters."),
    "net_contribution_eur": Text(
        "EU contribution less what third parties get, in euro.",
        "EU-bijdrage zonder wat derden krijgen, in euro.",
    ),
    "note": Text("What to know about this location.", "Wat bij deze ligging te weten is."),
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
    "year": Text("Year in which the project began.", "Jaar waarin het project begon."),
}
_IN_TABLE: Final[Mapping[tuple[str, str], Text]] = {
    ("issue", "code"): Text("Kind of issue.", "Soort melding."),
    ("file", "path"): Text("Path below the data folder.", "Pad onder de datamap."),
    ("file", "name"): Text("Name of the file.", "Naam van het bestand."),
    ("region", "code"): Text("NUTS code.", "NUTS-code."),
    ("region_former", "code"): Text("Former NUTS code.", "Vroegere NUTS-code."),
}


def describe(table: str, column: str) -> Text | None:
    """Give what a column holds; None for one that nobody described."""
    return _IN_TABLE.get((table, column)) or _COLUMNS.get(column)
