"""The columns of the workbook, and the divisions of manufacturing in both languages."""

from collections.abc import Mapping
from typing import Final

from keten.model import Text
from keten.sources.workbook import SheetLayout

SHEET: Final = SheetLayout(
    "Sheet1",
    required=("NUTS_ID", "Sector", "Time", "Empl_pers"),
    ignored={"NUTS_NAME": "the table of regions has it"},
)
IGNORED_SHEETS: Final[Mapping[str, str]] = {}
UNIT: Final = "persons"

SECTORS: Final[Mapping[str, Text]] = {
    "C": Text("manufacturing", "industrie"),
    "C10": Text("food", "voedingsmiddelen"),
    "C11": Text("beverages", "dranken"),
    "C12": Text("tobacco", "tabak"),
    "C13": Text("textiles", "textiel"),
    "C14": Text("clothing", "kleding"),
    "C15": Text("leather", "leer"),
    "C16": Text("wood", "hout"),
    "C17": Text("paper", "papier"),
    "C18": Text("printing", "drukwerk"),
    "C19": Text("coke and refined petroleum", "cokes en aardolieproducten"),
    "C20": Text("chemicals", "chemie"),
    "C21": Text("pharmaceuticals", "farmacie"),
    "C22": Text("rubber and plastics", "rubber en kunststof"),
    "C23": Text("glass, ceramics and other minerals", "glas, keramiek en andere mineralen"),
    "C24": Text("basic metals", "basismetaal"),
    "C25": Text("metal products", "metaalproducten"),
    "C26": Text("computers, electronics and optics", "computers, elektronica en optiek"),
    "C27": Text("electrical equipment", "elektrische apparaten"),
    "C28": Text("machinery", "machines"),
    "C29": Text("motor vehicles", "auto's"),
    "C30": Text("other transport equipment", "overige vervoermiddelen"),
    "C31": Text("furniture", "meubels"),
    "C32": Text("other manufacturing", "overige industrie"),
    "C33": Text("repair and installation", "reparatie en installatie"),
}
