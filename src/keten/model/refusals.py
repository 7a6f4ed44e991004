"""The words in which something is refused: the English of an error (`{}`: what is filled in), its Dutch."""

from collections.abc import Mapping
from typing import Final

DUTCH: Final[Mapping[str, str]] = {
    "{}: '{}' is {}.": "{}: '{}' is {}.",
    "{} is {}.": "{} is {}.",
    "Write it as keys with values.": "Schrijf het als sleutels met waarden.",
    "Write a text.": "Schrijf een tekst.",
    "Use small letters, digits and hyphens, such as green-chemistry.":
        "Gebruik kleine letters, cijfers en streepjes, zoals groene-chemie.",
    "Write it in both languages: {en: ..., nl: ...}.":
        "Schrijf het in beide talen: {en: ..., nl: ...}.",
    "Write a list of texts.": "Schrijf een lijst van teksten.",
    "Write true or false.": "Schrijf true of false.",
    "Write a list.": "Schrijf een lijst.",
    "{}: '{}' is missing.": "{}: '{}' ontbreekt.",
    "{}: '{}' is not a key that is known here.": "{}: '{}' is geen sleutel die hier bekend is.",
    "Known are: {}.": "Bekend zijn: {}.",
    "'{}' is no region or set of regions.": "'{}' is geen regio en geen reeks regio's.",
    "Name NUTS codes joined by +, for instance NL11+NL12+NL13.":
        "Noem NUTS-codes met + ertussen, bijvoorbeeld NL11+NL12+NL13.",
    "The chain has no name.": "De keten heeft geen naam.",
    "Give it a name in one language or both.": "Geef haar een naam in één taal of in beide.",
    "Name one stage or more, each with a name of its own.":
        "Noem een of meer schakels, elk met een eigen naam.",
    "{} has no words, fields or topics, so nothing could be in it.":
        "{} heeft geen woorden, gebieden of onderwerpen, dus er kan niets in staan.",
    "Name at least one word under words.": "Noem minstens één woord.",
    "Choose from: {}.": "Kies uit: {}.",
    "Choose: {}.": "Kies: {}.",
    "{}: '{}' under 'parties' is no organisation.": "{}: '{}' onder 'parties' is geen organisatie.",
    "Write identifiers such as pic:999977366 or ror:02e2c7k09, never names of persons.":
        "Schrijf nummers zoals pic:999977366 of ror:02e2c7k09, nooit namen van personen.",
    "{}: '{}' under '{}' is no word to look for.":
        "{}: '{}' onder '{}' is geen woord om te zoeken.",
    "Write a word or phrase of three letters or more; * at its end is any ending.":
        "Schrijf een woord of woordgroep van drie letters of meer; * aan het eind is elke uitgang.",
    "Write a word or phrase of two letters or more; * at its end is any ending.":
        "Schrijf een woord of woordgroep van twee letters of meer; * aan het eind is elke uitgang.",
    "{}: '{}' under '{}' is no field.": "{}: '{}' onder '{}' is geen wetenschapsgebied.",
    "Write EuroSciVoc codes such as /25/59/377.": "Schrijf EuroSciVoc-codes zoals /25/59/377.",
    "These two were not compared by '{}'.": "Deze twee zijn niet vergeleken op '{}'.",
    "They were by: {}.": "Wel op: {}.",
    "'{}' is no figure of identity.": "'{}' is geen cijfer over wie wie is.",
    "Figures: {}.": "Cijfers: {}.",
    "People are not asked about these two records.":
        "Over deze twee vermeldingen wordt mensen niets gevraagd.",
    "The queue lists those they are.": "De wachtrij noemt waarover wel.",
    "The figure needs the filter '{}'.": "Het cijfer heeft het filter '{}' nodig.",
    "The chain has no description.": "De keten heeft geen omschrijving.",
    "Say what goes in and what comes out.": "Zeg wat erin gaat en wat eruit komt.",
    "Add {}=<value>.": "Voeg {}=<waarde> toe.",
    "'{}' is no figure of members.": "'{}' is geen cijfer over leden.",
    "There are too few members to leave one out.":
        "Er zijn te weinig leden om er een weg te laten.",
    "Look at the stage.": "Kijk naar de schakel.",
    "No value chain is known as '{}'.": "Er is geen waardeketen bekend als '{}'.",
    "See: keten chains": "Zie: keten chains",
    "'{}' is no organisation of today.": "'{}' is geen organisatie van vandaag.",
    "Follow the number again.": "Volg het cijfer opnieuw.",
    "There is no such family of traits.": "Er is geen zo'n soort kenmerk.",
    "Nothing is weighed as '{}: {}'.": "Niets weegt als '{}: {}'.",
    "The page of methods lists all findings.": "De pagina met methoden noemt alle bevindingen.",
    "It was said already that it does not belong here.": "Er is al gezegd dat het hier niet hoort.",
    "'{}' is no stage of '{}'.": "'{}' is geen schakel van '{}'.",
    "No organisation is known as '{}' in this evidence.":
        "Er is in deze gegevens geen organisatie bekend als '{}'.",
    "Look it up by name: keten find \"<name>\". Identifiers look like pic:999977366.":
        "Zoek op naam: keten find \"<naam>\". Nummers zien eruit als pic:999977366.",
    "No organisation has the identifier '{}' in this evidence.":
        "Geen organisatie heeft in deze gegevens het nummer '{}'.",
    "It may have been joined with another: look up its current identifier.":
        "Zij kan met een andere zijn samengevoegd: zoek haar nummer van nu op.",
    "'{}' and '{}' are one and the same record, {}.":
        "'{}' en '{}' zijn één en dezelfde vermelding, {}.",
    "Name two records; the page of the organisation lists them.":
        "Noem twee vermeldingen; de pagina van de organisatie noemt ze.",
    "No record or organisation is known as '{}' in this evidence.":
        "Er is in deze gegevens geen vermelding of organisatie bekend als '{}'.",
    "Look it up by name: keten find \"<name>\". A record is named like he:999977366.":
        "Zoek op naam: keten find \"<naam>\". Een vermelding heet bijvoorbeeld he:999977366.",
    "No project has the identifier '{}' in this evidence.":
        "Geen project heeft in deze gegevens het nummer '{}'.",
    "Identifiers look like he-101069359 or h2020-633080: programme, hyphen, grant number.":
        "Nummers zien eruit als he-101069359 of h2020-633080: programma, streepje, subsidienummer.",
    "'{}' is no ruling.": "'{}' is geen oordeel.",
    "A ruling needs a reason.": "Een oordeel heeft een reden nodig.",
    "Say in a few words why: others will read it.":
        "Zeg in een paar woorden waarom: anderen lezen het.",
    "Say in a few words why.": "Zeg in een paar woorden waarom.",
    "Somebody ruled on these records meanwhile.":
        "Iemand oordeelde intussen over deze vermeldingen.",
    "Read what they wrote, and rule again if you see it otherwise.":
        "Lees wat diegene schreef, en oordeel opnieuw als u het anders ziet.",
    "'{}' is no region in this evidence.": "'{}' is geen regio in deze gegevens.",
    "Use a code of NUTS 2024, for instance NL11, or look a region up by name.":
        "Gebruik een code van NUTS 2024, bijvoorbeeld NL11, of zoek een regio op naam.",
    "{} ({}) was a region of NUTS {} and has no successor: it was {}.":
        "{} ({}) was een regio van NUTS {} en heeft geen opvolger: {}.",
    "Look at the wider region {}.": "Kijk naar de wijdere regio {}.",
    "'{}' is a former region.": "'{}' is een vroegere regio.",
    "What followed it: {}.": "Wat erop volgde: {}.",
    "'{}' does not say from whom to choose.": "'{}' zegt niet uit wie te kiezen.",
    "No taxonomy is known as '{}'.": "Er is geen taxonomie bekend als '{}'.",
    "Load one: keten load --examples": "Laad er een: keten load --examples",
    "There are: {}.": "Er zijn: {}.",
    "The taxonomy '{}' has no version '{}'.": "De taxonomie '{}' heeft geen versie '{}'.",
    "Use small letters, digits, dots and hyphens, such as 2026-01.":
        "Gebruik kleine letters, cijfers, punten en streepjes, zoals 2026-01.",
    "Write them by language: {en: [...], nl: [...]}.":
        "Schrijf ze per taal: {en: [...], nl: [...]}.",
    "{}: '{}' is no word to look for.": "{}: '{}' is geen woord om te zoeken.",
    "Write an address that begins with https://, or leave it out.":
        "Schrijf een adres dat met https:// begint, of laat het weg.",
    "Write a day on or after {}.": "Schrijf een dag op of na {}.",
    "{}: under 'entries' {}.": "{}: onder 'entries' {}.",
    "Name one entry or more, each with a name of its own.":
        "Noem een of meer termen, elk met een eigen naam.",
    "Write a number above 0 and at most 1, such as 0.5.":
        "Schrijf een getal boven 0 en hoogstens 1, zoals 0,5.",
    "Write a day such as 2026-01-29.": "Schrijf een dag, zoals 2026-01-29.",
    "{}: '{}' under '{}' cannot be read.": "{}: '{}' onder '{}' kan niet gelezen worden.",
    "{}, entry '{}': 'broader' names '{}', no entry here.":
        "{}, term '{}': 'broader' noemt '{}', geen term hier.",
    "{}, entry '{}': 'broader' leads back to itself.":
        "{}, term '{}': 'broader' leidt naar zichzelf terug.",
    "Take one of the steps of that circle out.": "Haal een van de stappen uit die kring.",
    "'{}' is no entry of '{}'.": "'{}' is geen term van '{}'.",
    "Line {} holds no mapping of '{}'.": "Regel {} bevat geen toewijzing van '{}'.",
    "'{}' is no figure of a mapping.": "'{}' is geen cijfer van een toewijzing.",
    "The mapping has no {} '{}'.": "De toewijzing heeft geen {} '{}'.",
    "Follow the number from its page again.": "Volg het cijfer opnieuw vanaf zijn pagina.",
    "There is no entry '{}' in '{}'.": "Er is geen term '{}' in '{}'.",
    "'{}' is no word that these titles share.": "'{}' is geen woord dat deze titels delen.",
    "The mapping cannot be read.": "De toewijzing kan niet gelezen worden.",
    "A change needs a reason.": "Een wijziging heeft een reden nodig.",
    "Somebody changed this entry meanwhile.": "Iemand wijzigde deze term intussen.",
    "Read what they wrote, and change it again if you see it otherwise.":
        "Lees wat diegene schreef, en wijzig opnieuw als u het anders ziet.",
    "'{}' and '{}' are two taxonomies.": "'{}' en '{}' zijn twee taxonomieën.",
    "Compare versions of one.": "Vergelijk versies van één.",
    "Carrying along needs a reason.": "Meenemen heeft een reden nodig.",
    "This entry": "Deze term",
    "The mapping": "De toewijzing",
    "There is no list '{}'.": "Er is geen lijst '{}'.",
    "See which lists there are with: keten lists": "Zie welke lijsten er zijn met: keten lists",
    "{} lost its sheet '{}'.": "{} is zijn blad '{}' kwijt.",
    "Save it anew as .xlsx.": "Bewaar het opnieuw als .xlsx.",
    "{} cannot be written again: {}.": "{} kan niet opnieuw geschreven worden: {}.",
    "Save it anew as .xlsx from a spreadsheet, and read that file.":
        "Bewaar het opnieuw als .xlsx vanuit een rekenblad, en lees dat bestand.",
    "'{}' cannot be the name of a list.": "'{}' kan niet de naam van een lijst zijn.",
    "Use letters or digits.": "Gebruik letters of cijfers.",
    "'{}' is no kind of list.": "'{}' is geen soort lijst.",
    "The list '{}' holds {}, no {}.": "De lijst '{}' bevat {}, geen {}.",
    "Give this one another name.": "Geef deze een andere naam.",
    "{} has no sheet '{}'.": "{} heeft geen blad '{}'.",
    "Its sheets are: {}.": "De bladen zijn: {}.",
    "No column is taken for the name of an organisation.":
        "Geen kolom geldt als de naam van een organisatie.",
    "Say which one is: with --column 'HEADING=name', or below the sheet on its page.":
        "Zeg welke dat is: met --column 'KOP=name', of onder het blad op zijn pagina.",
    "The sheet holds no rows below its heading.": "Het blad heeft geen rijen onder zijn kop.",
    "Choose another sheet.": "Kies een ander blad.",
    "{} has {} bytes; {} is the most.": "{} heeft {} bytes; {} is het meeste.",
    "Leave out sheets and pictures that do not belong to the list.":
        "Laat bladen en plaatjes weg die niet bij de lijst horen.",
    "{} holds no rows.": "{} heeft geen rijen.",
    "Choose a file with a heading and rows below it.":
        "Kies een bestand met een kop en rijen eronder.",
    "{} unfolds into {} bytes; {} is the most.": "{} wordt uitgepakt {} bytes; {} is het meeste.",
    "Copy the rows of the list into a workbook of their own.":
        "Kopieer de rijen van de lijst naar een eigen werkmap.",
    "'{}' has {} rows; {} is the most.": "'{}' heeft {} rijen; {} is het meeste.",
    "Cut it into parts.": "Knip het in delen.",
    "{} is a web page or a document, not a list of rows.":
        "{} is een webpagina of een document, geen lijst van rijen.",
    "Save it from your spreadsheet as .xlsx or .csv.":
        "Bewaar het vanuit uw rekenblad als .xlsx of .csv.",
    "{} cannot be read as a workbook: {}.": "{} kan niet als werkmap gelezen worden: {}.",
    "Open it in a spreadsheet and save it anew as .xlsx, without a password.":
        "Open het in een rekenblad en bewaar het opnieuw als .xlsx, zonder wachtwoord.",
    "{} is damaged: {}.": "{} is beschadigd: {}.",
    "Save it anew from the spreadsheet it came from.":
        "Bewaar het opnieuw vanuit het rekenblad waar het vandaan komt.",
    "'{}' says nothing of who may see a list.": "'{}' zegt niets over wie een lijst mag zien.",
    "No import of a list '{}' holds.": "Geen inlezing van een lijst '{}' geldt nog.",
    "No column is taken for: {}.": "Geen kolom geldt als: {}.",
    "Say which one is: with --column 'HEADING={}', or below the sheet on its page.":
        "Zeg welke dat is: met --column 'KOP={}', of onder het blad op zijn pagina.",
    "{} entries were chosen.": "{} regels zijn gekozen.",
    "Choose 1 to {}.": "Kies 1 tot {}.",
    "One of these no longer holds.": "Een van deze geldt niet meer.",
    "Look at the list again.": "Kijk opnieuw naar de lijst.",
}  # fmt: skip
