"""What may hint at a technology or a value chain: wide nets to draw a sample with, and no classifier.

A net is wide on purpose: it decides which projects are read, never what they are about. Four kinds of
hint count: a EuroSciVoc path, a keyword, the topic or programme part, and words of title and objective.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Net:
    """What hints at one subject: parts of EuroSciVoc paths, words, programme parts, Dutch words."""

    fields: re.Pattern[str]
    words: re.Pattern[str]
    parts: tuple[str, ...] = ()
    dutch: re.Pattern[str] | None = None


def _any(text: str) -> re.Pattern[str]:
    """Make a pattern of alternatives, one a line; each begins at the beginning of a word."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return re.compile(r"\b(?:" + "|".join(lines) + ")", re.IGNORECASE)


TECHNOLOGIES: Final[dict[str, Net]] = {
    "optics": Net(
        fields=re.compile(
            r"/optics(?!/microscopy)|optical sensors|photonics|optoelectronics|photons"
        ),
        words=_any("""photonic
            optical
            optics\\b
            optoelectronic
            laser
            lidar
            waveguide
            metasurface
            spectromet
            light[- ](?:source|emitting)
            fib(?:re|er)[- ]optic"""),
        dutch=_any("""fotoni
            opti(?:sch|ca|ek)
            laser
            lichtbron
            led[- ]?verlicht
            lens"""),
    ),
    "quantum": Net(
        fields=re.compile(r"quantum (?:computers|physics|optics|gases)|superconductivity"),
        words=_any("""quantum
            qubit
            entangle(?:d|ment)
            single[- ]photon
            superconducting circuit"""),
        dutch=_any("""[qk]wantum
            nanotechnolog"""),
    ),
    "process": Net(
        fields=re.compile(
            r"chemical engineering|/catalysis|electrolysis|fermentation|bioprocessing"
            r"|water treatment processes|bioplastics|biofuels|/recycling|bioreactors"
        ),
        words=_any("""process intensification
            cataly[sz]
            reactor
            bioreactor
            biorefin
            membrane (?:separation|process|filtration|distillation|technolog)
            separation process
            (?:electro|photo)(?:synthesis|catal|chemical conversion)
            carbon capture
            co2 (?:capture|conversion|utili|reduction)
            flow chemistry
            chemical recycling
            pyrolysis
            gasification
            fermentation
            wastewater
            green chemistry
            downstream process
            bio-?based (?:chemical|product|material|plastic)"""),
        parts=("HORIZON.2.4.8", "HORIZON.2.4.9", "HORIZON.2.6.6"),
        dutch=_any("""procestechnolog
            procesindustrie
            chemi(?:e|sch)
            vergist
            vergass
            bioraffina
            biobased
            biomassa
            membra(?:an|nen)
            (?:afval)?waterzuiver
            zuivering
            fermentatie
            katalys
            recycl"""),
    ),
    "biomolecular": Net(
        fields=re.compile(
            r"biotechnology|/genetics|proteomics|/enzymes|vaccines|immunotherapy|organ on a chip"
            r"|biosensors|stem cells|tissue engineering|metabolomes|molecular biology"
        ),
        words=_any("""crispr
            gene (?:therap|edit)
            genom(?:e|ic) (?:edit|engineer|sequenc)
            single[- ]cell
            (?:gen|prote|transcript|metabol)omics
            stem cell
            organoid
            organ-on-(?:a-)?chip
            tissue engineering
            synthetic biology
            antibod
            vaccine
            mrna
            cell therap
            immunotherap
            car[- ]t\\b
            enzyme
            protein (?:engineer|design)
            biosensor
            bioprint
            metabolic engineering"""),
        dutch=_any("""biotechnolog
            life ?science
            stamcel
            cel(?:len|therap|kweek|technolog)
            genetisch
            gentherap
            dna
            eiwit
            enzym
            vaccin
            antilicha
            weefsel
            moleculair
            medicijn
            geneesmiddel"""),
    ),
    "imaging": Net(
        fields=re.compile(
            r"/microscopy|imaging|tomography|radiology|remote sensing|ultrasound|/radar|computer vision"
        ),
        words=_any("""imaging
            microscop
            tomograph
            mri\\b
            fmri
            pet[/ -](?:ct|scan|imag)
            ultrasound
            hyperspectral
            cryo-?em\\b
            remote sensing
            satellite image
            radiolog
            contrast agent
            endoscop
            camera
            radar
            x-ray"""),
        dutch=_any("""beeldvorm
            beeldverwerk
            beeldtechn
            imaging
            camera
            scan(?:ner|s\\b|nen)
            mri
            r.{1,2}ntgen
            microscop
            echograf
            radar
            remote sensing
            sensor"""),
    ),
    "mechatronics": Net(
        fields=re.compile(
            r"robotics|mechatronics|robots|control systems|manufacturing engineering|autonomous vehicles"
            r"|robotic surgery|microtechnology$|piezoelectrics"
        ),
        words=_any("""robot
            mechatronic
            actuator
            drone
            unmanned
            uav
            exoskelet
            gripper
            motion control
            machine tool
            autonomous (?:vehicle|driving|system)
            additive manufacturing
            3d[- ]print
            smart manufacturing
            industry [45]\\.0
            production line
            prosthe
            haptic
            mems\\b
            digital twin"""),
        parts=("HORIZON.2.4.1", "HORIZON.2.4.5"),
        dutch=_any("""robot
            mechatroni
            high ?tech syste
            drone
            onbemand
            actuator
            machine(?:bouw|s\\b|fabriek)
            automatisering van
            instrument
            3d[- ]print
            prothese
            apparatuur"""),
    ),
    "ai-data": Net(
        fields=re.compile(
            r"artificial intelligence|data science|machine learning|ontology|knowledge engineering"
            r"|computational intelligence"
        ),
        words=_any("""artificial intelligence
            ai\\b
            ai-
            machine[- ]learning
            deep[- ]learning
            neural network
            reinforcement learning
            language model
            natural language
            big data
            data (?:science|space|mining|analytics|driven)
            data-driven
            federated learning
            knowledge graph
            computer vision"""),
        parts=("HORIZON.2.4.5", "HORIZON.2.4.7"),
        dutch=_any("""kunstmatige intelligentie
            artificial
            big ?data
            data
            algoritm
            zelflerend
            machine learning
            software
            simulatie"""),
    ),
    "energy-materials": Net(
        fields=re.compile(
            r"batteries|photovoltaic|fuel cells|hydrogen energy|energy conversion|thermoelectric"
            r"|electrocatalysis|electrolysis|solar energy|synthetic fuels|energy storage"
        ),
        words=_any("""batter(?:y|ies)
            photovoltaic
            solar (?:cell|fuel|module|panel)
            perovskite
            fuel cell
            electroly[sz]er
            electrolyte
            electrode
            water splitting
            supercapacitor
            thermoelectric
            hydrogen storage
            (?:energy|heat|thermal) storage
            electrocatal
            lithium
            sodium[- ]ion"""),
        parts=("HORIZON.2.5.9",),
        dutch=_any("""batterij
            accu
            zonne(?:cel|paneel|panelen|-energie|energie|stroom)
            brandstofcel
            waterstof
            elektrolyse
            energieopslag
            warmteopslag
            opslag van"""),
    ),
    "semiconductors": Net(
        fields=re.compile(
            r"semiconductiv|semiconductors|microelectronics|nanoelectronics|spintronics"
            r"|computer processors|integrated circuit|transistor|graphene|two-dimensional"
        ),
        words=_any("""semiconductor
            transistor
            microelectronic
            nanoelectronic
            integrated circuit
            chip\\b
            chips\\b
            cmos
            silicon carbide
            gallium
            gan\\b
            neuromorphic
            memrist
            spintronic
            lithograph
            risc-v
            2d material
            graphene
            power electronics
            wafer"""),
        parts=("HORIZON.2.4.2",),
        dutch=_any("""halfgeleider
            semicon
            chip
            micro-?elektronica
            nano-?elektronica
            elektronica
            lithograf
            wafer
            solid state"""),
    ),
    "cybersecurity": Net(
        fields=re.compile(
            r"computer security|network security|cryptograph|malicious|data protection"
        ),
        words=_any("""cyber-?\\s?(?:security|attack|threat|crime|resilien|defen|physical)
            cryptograph
            encrypt
            blockchain
            privacy
            malware
            intrusion
            (?:data|network|software|hardware|information|digital|it) security
            trusted execution
            digital identit
            vulnerabilit(?:y|ies) (?:detect|scan|assess)"""),
        parts=("HORIZON.2.3.3",),
        dutch=_any("""cyber
            beveilig
            veiligheid
            privacy
            versleutel
            identiteit
            forensisch
            fraude"""),
    ),
}

CHAINS: Final[dict[str, Net]] = {
    "protein-transition": Net(
        fields=re.compile(r"/legumes|food technology|/fodder"),
        words=_any("""(?:alternative|plant|novel|new|vegetable)[- ](?:based )?protein
            (?:insect|microbial|algal|pea|soy|dietary)[- ](?:based )?protein
            protein (?:crop|transition|diversif|source|isolate|ingredient|shift)
            protein-rich
            plant-based
            legume
            faba bean
            lupin
            soybean
            meat (?:alternative|analog|substitut)
            (?:cultured|cultivated) meat
            cellular agriculture
            precision fermentation
            mycoprotein
            edible insect
            insect (?:farm|rear)
            single[- ]cell protein
            microalga"""),
    ),
    "photonics": Net(
        fields=re.compile(
            r"nanophotonics|optical sensors|fibre optics|laser physics|optoelectronics"
        ),
        words=_any("""photonic
            nanophotonic
            optoelectronic
            lidar
            waveguide
            frequency comb
            laser (?:diode|source|system)
            (?:semiconductor|fib(?:re|er)|ultrafast|cascade) laser
            optical (?:fib|sens|communic|chip|interconnect|component|transceiv|device)
            metasurface"""),
    ),
    "green-hydrogen": Net(
        fields=re.compile(r"hydrogen energy|fuel cells|electrolysis"),
        words=_any("""(?:green|renewable|clean|low-carbon) hydrogen
            hydrogen (?:production|storage|econom|valley|combust|fuel|transport|carrier|infrastruct|techn)
            h2 production
            electroly[sz]er
            water (?:electrolysis|splitting)
            fuel cell
            power-to-x
            green ammonia
            liquid hydrogen
            lohc"""),
    ),
}
