"""The words that names and texts of the invented region are made of; none names a real party."""

from collections.abc import Sequence
from typing import Final

import numpy as np


def _words(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(between))


ROOTS: Final = _words(
    "Wier Duin Mist Klei Zout Wolk Meeuw Hazel Elzen Kiezel Reiger Lisdod Ganzen Otter Bever Kwel "
    "Schelp Nevel Storm Zilver Aalscholver Brem Gagel Sterns Zeggen Wilgen Rietvink Zand Turf Getij"
)
REGION_ENDINGS: Final = {
    "QN": _words("gouw waarde oever streek landen kwartier"),
    "QM": _words("gau marken winkel forst heide aue"),
    "QP": _words("shire moor reach firth downs fells"),
}
CITY_ENDINGS: Final = {
    "QN": _words("stede hovenveen brugge monde wijkerland kerke zande donk"),
    "QM": _words("hausen furt stedt bruck walde"),
    "QP": _words("mouth combe wick hythe stow"),
}
STREET_ENDINGS: Final = {
    "QN": _words("straat weg laan kade"),
    "QM": _words("strasse allee ring ufer"),
    "QP": (" Street", " Road", " Lane", " Quay"),
}
LEGAL_FORMS: Final = {
    "QN": ("BV", "BV", "BV", "NV", "Coöperatie UA"),
    "QM": ("GmbH", "GmbH", "AG", "GmbH & Co KG"),
    "QP": ("Ltd", "Ltd", "PLC", "LLP"),
}
UNIVERSITY: Final = {
    "QN": ("Universiteit {}", "Hogeschool {}"),
    "QM": ("Universität {}", "Fachhochschule {}"),
    "QP": ("University of {}", "{} College"),
}
SYLLABLES: Final = _words(
    "vel tor quin mar zel nix ora lum bra dex fen gal hip ivo jas kel lor mun nau oxi pra rud sil "
    "tev umb vax wol xan yri zof alb bru cor dru eno fla gri hul isk jov kra lis mer nov opt pel"
)
SECTORS: Final = _words(
    "Photonics,Agrotech,Robotics,Sensors,Biologics,Analytics,Membranes,Coatings,Turbines,Batteries,"
    "Diagnostics,Software,Composites,Catalysis,Optics,Logistics,Proteins,Hydrogen,Imaging,Circuits,"
    "Polymers,Instruments,Greenhouses,Marine,Cybernetics,Fermentation,Metrology,Drives,Genomics,"
    "Mobility",
    ",",
)

# Roots and their branches as in the genuine classification; the fields below them are invented.
FIELDS: Final = {
    ("natural sciences", "23"): {
        "fog physics": "droplet optics,mist spectroscopy,haze transport",
        "tidal biology": "brine genetics,reed ecology,shell mineralisation",
        "soft computation": "drift learning,swarm databases,sparse reasoning",
    },
    ("engineering and technology", "25"): {
        "tide engineering": "brine turbines,slack-water storage,kite dredging",
        "grown materials": "mycelium composites,seaweed polymers,self-healing clay",
        "small light": "grain-scale lasers,photon sieves,glow-worm sensors",
    },
    ("medical and health sciences", "21"): {
        "quiet medicine": "noise therapy,sleep repair,slow dosing",
        "skin interfaces": "patch diagnostics,salt sensing,scar printing",
        "frugal care": "village imaging,low-power ventilation,paper assays",
    },
    ("agricultural sciences", "27"): {
        "wet farming": "peat crops,floating orchards,brackish grains",
        "orchard machines": "soft pickers,pollen drones,root listening",
        "new proteins": "duckweed protein,bean fermentation,insect lipids",
    },
    ("social sciences", "29"): {
        "commons economics": "dike finance,shared ownership,patient capital",
        "shrinking towns": "school mergers,empty streets,return migration",
    },
    ("humanities", "31"): {
        "coast history": "drowned archives,lighthouse letters",
        "language edges": "border dialects,sea names",
    },
}

ADJECTIVES: Final = _words(
    "Affordable,Adaptive,Low-energy,Modular,Resilient,Self-learning,Circular,Printable,Quiet,"
    "Distributed,Open,Scalable,Safe,Traceable,Lightweight,Predictive",
    ",",
)
USES: Final = _words(
    "coastal towns,small farms,remote clinics,night-time logistics,harbour industry,wet peatland,"
    "district heating,river transport,family firms,village schools,offshore maintenance,"
    "greenhouse growers,emergency services,repair shops,inland shipping,regional hospitals",
    ",",
)
SENTENCES: Final = (
    "{acronym} brings {field} from the laboratory to {use}.",
    "Today, {use} depend on equipment that is costly to run and hard to repair.",
    "We start from a first demonstration of {field} at small scale and improve it in three rounds.",
    'What we call the "{adjective} loop" joins measurement, control and maintenance in one design.',
    "Four pilot sites test the result through two full seasons; all measurements are published.",
    "A plan for standards, training and supply is made with those who will use the outcome.",
    "The consortium covers the chain from materials to end users and shares its test facilities.",
    "By the end, costs are halved, down-time falls by a third and the design is open to others.",
    "The work links {field} with questions of acceptance, ownership and long-term finance.",
    "Risks are reviewed every six months; work that does not deliver is stopped.",
)


def combine(roots: Sequence[str], endings: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Give every root with every ending, shuffled."""
    words = [root + ending for root in roots for ending in endings]
    return [words[place] for place in rng.permutation(len(words)).tolist()]


def coin(count: int, rng: np.random.Generator) -> list[str]:
    """Give coined words of three syllables; at large counts some come twice, as real names do."""
    parts = rng.integers(0, len(SYLLABLES), (count, 3)).tolist()
    return [(SYLLABLES[a] + SYLLABLES[b] + SYLLABLES[c]).capitalize() for a, b, c in parts]
