"""Who publishes CORDIS, under which licence, and what its files can and cannot show."""

from typing import Final

from keten.model import SourceCard, Text

CARD: Final = SourceCard(
    source="cordis",
    title=Text(
        "CORDIS: EU research projects under Horizon Europe and Horizon 2020",
        "CORDIS: Europese onderzoeksprojecten in Horizon Europe en Horizon 2020",
    ),
    publisher="Publications Office of the European Union",
    licence="Commission Decision 2011/833/EU on reuse (CC BY 4.0)",
    licence_address="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    address="https://data.europa.eu/data/datasets/"
    "cordis-eu-research-projects-under-horizon-europe-2021-2027",
    attribution="CORDIS, © European Union, cordis.europa.eu, CC BY 4.0; processed by keten",
    coverage=Text(
        "Sees organisations that took part in a project of an EU framework programme (Horizon "
        "Europe, Horizon 2020), what they received from the EU and with whom. Does not see other "
        "organisations, nor innovation paid for by the region, the country or firms themselves.",
        "Ziet organisaties die meededen aan een project van een Europees kaderprogramma (Horizon "
        "Europe, Horizon 2020), wat zij van de EU ontvingen en met wie. Ziet geen andere "
        "organisaties, en geen innovatie die regio, rijk of bedrijven zelf betalen.",
    ),
    caveats={
        "h2020-reconstructed": Text(
            "The Horizon 2020 files at hand are a reconstruction from partial sources: names are "
            "the newest known rather than those at the time of the grant, a third of the "
            "organisations have no name, most projects have no title or objective, and the "
            "SME flag is that of 2023 or 2025. Amounts, roles and countries are complete up to "
            "December 2020.",
            "De bestanden van Horizon 2020 die er zijn, zijn een reconstructie uit deelbronnen: "
            "namen zijn de nieuwste die bekend zijn en niet die van toen, een derde van de "
            "organisaties heeft geen naam, de meeste projecten hebben geen titel of "
            "samenvatting, en het mkb-kenmerk is dat van 2023 of 2025. Bedragen, rollen en "
            "landen zijn volledig tot en met december 2020.",
        ),
        "eurofusion-absent": Text(
            "One large project is not in the files of Horizon Europe: EUROfusion (grant "
            "101052200), the European partnership for fusion research. Its partners' "
            "contributions are missing from every total.",
            "Eén groot project staat niet in de bestanden van Horizon Europe: EUROfusion "
            "(nummer 101052200), het Europese partnerschap voor fusieonderzoek. De bijdragen "
            "aan de deelnemers daarvan ontbreken in elk totaal.",
        ),
        "sme-date": Text(
            "Whether an organisation is an SME is what the Commission had on record when the files "
            "were made, not what it was when the project began; organisations change size.",
            "Of een organisatie mkb is, is wat de Commissie had vastgelegd toen de bestanden "
            "gemaakt werden, niet wat gold toen het project begon; organisaties groeien en "
            "krimpen.",
        ),
    },
)
