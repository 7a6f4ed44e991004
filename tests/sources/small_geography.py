"""A small country in the genuine layouts: square regions, made by hand.

On the map of 2024 (degrees; NL32 left, NL35 right, both one degree wide, from 52 to 53 north):

    NL321 4.0-4.5   NL32B 4.5-5.0   NL350 5.0-6.0        BE100 at 4.0-5.0, 50.0-51.0
"""

import json
from pathlib import Path
from typing import Any

from pyproj import Transformer

from keten.model import Reading
from keten.sources import geography

REGIONS = {
    "NL": ("Nederland", 4.0, 52.0, 6.0, 53.0),
    "NL3": ("West-Nederland", 4.0, 52.0, 6.0, 53.0),
    "NL32": ("Noord-Holland", 4.0, 52.0, 5.0, 53.0),
    "NL321": ("Kop van Noord-Holland", 4.0, 52.0, 4.5, 53.0),
    "NL32B": ("Groot-Amsterdam", 4.5, 52.0, 5.0, 53.0),
    "NL35": ("Utrecht", 5.0, 52.0, 6.0, 53.0),
    "NL350": ("Utrecht", 5.0, 52.0, 6.0, 53.0),
    "BE": ("Belgique/België", 4.0, 50.0, 5.0, 51.0),
    "BE1": ("Région de Bruxelles-Capitale", 4.0, 50.0, 5.0, 51.0),
    "BE10": ("Région de Bruxelles-Capitale", 4.0, 50.0, 5.0, 51.0),
    "BE100": ("Arr. de Bruxelles-Capitale", 4.0, 50.0, 5.0, 51.0),
    "PT": ("Portugal", -9.5, 38.0, -8.0, 39.0),
    "PT1": ("Continente", -9.5, 38.0, -8.0, 39.0),
    "PT1A": ("Grande Lisboa", -9.5, 38.0, -9.0, 39.0),
    "PT1A0": ("Grande Lisboa", -9.5, 38.0, -9.0, 39.0),
    "PT1B": ("Península de Setúbal", -9.0, 38.0, -8.0, 39.0),
    "PT1B0": ("Península de Setúbal", -9.0, 38.0, -8.0, 39.0),
}

FORMER = """CNTR_CODE,NUTS_ID,NUTS_NAME
NL,NL,NEDERLAND
NL,NL3,WEST-NEDERLAND
NL,NL31,Utrecht
NL,NL310,Utrecht
NL,NL32,Noord-Holland
NL,NL321,Kop van Noord-Holland
NL,NL329,Groot-Amsterdam
NL,NL399,Polder Nowhere
PT,PT17,Área Metropolitana de Lisboa
PT,PT170,Área Metropolitana de Lisboa
UK,UK,UNITED KINGDOM
UK,UKI,LONDON
UK,UKI3,Inner London - West
UK,UKI31,"Camden and City of London"
"""

LISTED = """\ufeffCountry code;NUTS Code;NUTS label;NUTS level;Country order;#;;
NL;NL3;West-Nederland;1;19;1;;
NL;NLZ;Extra-Regio NUTS 1;1;19;2;;
;;;;;;;
;;;;;;;
""".replace("\n", "\r\n")

CBS = """postcode,inwoners,inwoners_man,inwoners_vrouw,plaats,gemeente,provincie,nuts3,ggdregio
10,1.0,1.0,0.0,Amsterdam,Amsterdam,Noord-Holland,Groot-Amsterdam,GGD
1011,1.0,1.0,0.0,Amsterdam,Amsterdam,Noord-Holland,Groot-Amsterdam,GGD
1701,1.0,1.0,0.0,Heerhugowaard,Heerhugowaard,Noord-Holland,Kop van Noord-Holland,GGD
1165,1.0,1.0,0.0,Halfweg,Amsterdam,Noord-Holland,Kop van Noord-Holland,GGD
3511,1.0,1.0,0.0,Utrecht,Utrecht,Utrecht,Utrecht,GGD
4241,1.0,1.0,0.0,Arkel,Arkel,Utrecht,Groot-Amsterdam,GGD
9999,,,,,,,,
"""

FOUR_PP = """\
id,postcode,"woonplaats","alternatieve_schrijfwijzen","gemeente","provincie","netnummer",latitude,longitude,"soort"
1,1000,"Amsterdam","","Amsterdam","Noord-Holland","020",52.9,4.1,"Postbus"
2,1011,"Amsterdam","Amsterdam Nh;A'dam","Amsterdam","Noord-Holland","020",52.37,4.9,"Adres"
3,1701,"Heerhugowaard","","Heerhugowaard","Noord-Holland","072",52.66,4.2,"Adres"
4,3511,"Utrecht","","Utrecht","Utrecht","030",52.09,5.11,"Adres"
5,3540,"Bergen","","Utrecht","Utrecht","030",52.2,5.2,"Adres"
6,1871,"Bergen","","Dijk en Waard","Noord-Holland","072",52.6,4.3,"Adres"
7,35110,"Utrecht","","Utrecht","Utrecht","030",52.09,5.11,"Adres"
8,3512,"Utrecht","","Utrecht","Utrecht","030",0,5.11,"Adres"
"""


def _ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def _feature(properties: dict[str, Any], ring: list[list[float]]) -> str:
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def collection(features: list[str]) -> str:
    return '{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}"


def region(code: str) -> str:
    name, *box = REGIONS[code]
    properties = {
        "NUTS_ID": code,
        "LEVL_CODE": len(code) - 2,
        "CNTR_CODE": code[:2],
        "NAME_LATN": name,
        "NUTS_NAME": name,
        "MOUNT_TYPE": None,
    }
    return _feature(properties, _ring(*box))


def _areas(column: str, boxes: dict[str, tuple[float, float, float, float]]) -> str:
    to_rd = Transformer.from_crs(4326, 28992, always_xy=True)
    return collection(
        [
            _feature(
                {column: name, "inwoners": 1.0},
                [list(to_rd.transform(x, y)) for x, y in _ring(*box)],
            )
            for name, box in boxes.items()
        ]
    )


def write_nuts(folder: Path) -> None:
    """Write the European files."""
    regions = collection([region(code) for code in REGIONS])
    (folder / "NUTS_RG_20M_2024_4326.geojson").write_text(regions, "utf-8")
    (folder / "NUTS_AT_2016.csv").write_text(FORMER, "utf-8")
    (folder / "NUTS2021-NUTS2024.csv").write_bytes(LISTED.encode())


def write_dutch(folder: Path) -> None:
    """Write the Dutch files."""
    kop, amsterdam, utrecht = (
        (4.0, 52.0, 4.5, 53.0),
        (4.5, 52.0, 5.0, 53.0),
        (5.0, 52.0, 6.0, 53.0),
    )
    municipalities = {"Dijk en Waard": kop, "Amsterdam": amsterdam, "Utrecht": utrecht}
    corops = {"Kop van Noord-Holland": kop, "Groot-Amsterdam": amsterdam, "Utrecht": utrecht}
    provinces = {"Noord-Holland": (4.0, 52.0, 5.0, 53.0), "Utrecht": utrecht}
    (folder / "geo_gemeenten.geojson").write_text(_areas("gemeente", municipalities), "utf-8")
    (folder / "geo_nuts3.geojson").write_text(_areas("nuts3", corops), "utf-8")
    (folder / "geo_provincies.geojson").write_text(_areas("provincie", provinces), "utf-8")
    (folder / "postcodes.csv").write_text(CBS, "utf-8")
    (folder / "nl-pc4-4pp.csv").write_text(FOUR_PP, "utf-8")


def read_folder(folder: Path) -> Reading:
    """Read the one package below a folder."""
    (package,) = geography.find(folder)
    return geography.read(package, lambda _what, _share: None)
