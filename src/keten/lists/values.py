"""Makes values of people's sheets comparable: what spreadsheets spoil is mended, what cannot be is told."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from anyascii import anyascii
from babel import Locale

from keten.lists.read import Value
from keten.model import Text, read_number

Cleaned = tuple[str | int | float, Text | None]  # empty where nothing can be made of it
NOTHING: Final = ""
_FREE_MAIL: Final = frozenset({
    "gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "live.com", "ziggo.nl",
    "kpnmail.nl", "planet.nl", "xs4all.nl", "home.nl", "icloud.com", "yahoo.com", "msn.com",
    "hetnet.nl", "telfort.nl", "upcmail.nl", "casema.nl",
})  # fmt: skip
_EMPTY_WORDS: Final = frozenset(
    {
        "-",
        "--",
        "?",
        "n.v.t.",
        "nvt",
        "n/a",
        "na",
        "onbekend",
        "unknown",
        "geen",
        "none",
        "null",
        ".",
    }
)
_DAYS: Final = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%y", "%Y%m%d")
_EXCEL_ZERO: Final = date(1899, 12, 30)  # the day nought of spreadsheets


def write_text(value: Value) -> str:
    """Give a value as text: whole numbers without a point, days as year, month and day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Spreadsheets keep fifteen digits: what stands behind them comes and goes with each saving.
        return f"{value:.14g}" if abs(value) < 1e14 else f"{value:.0f}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def is_empty(value: Value) -> bool:
    """Say whether a cell says nothing, or in words that it does not know."""
    return value is None or write_text(value).strip().casefold() in _EMPTY_WORDS | {""}


def clean(field: str, value: Value) -> Cleaned:
    """Give what a cell means as the `field` it is in, and what is wrong with it if something is."""
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if is_empty(value):
        return NOTHING, None
    made = _CLEANERS.get(field)
    return made(value) if made else (" ".join(write_text(value).split()), None)


def _kvk(value: Value) -> Cleaned:
    digits = _digits(value) if _may_be_number(value) else ""
    if len(digits) == 12:
        return NOTHING, Text(
            "This has twelve digits: it is the number of a branch, not of an organisation.",
            "Dit heeft twaalf cijfers: het is het nummer van een vestiging, niet van een organisatie.",
        )
    if 6 <= len(digits) <= 8 and int(digits):
        return digits.zfill(8), None  # a spreadsheet takes leading noughts off a number
    return NOTHING, Text(
        "A number of the Chamber of Commerce has eight digits.",
        "Een KvK-nummer heeft acht cijfers.",
    )


def _vat(value: Value) -> Cleaned:
    text = re.sub(r"[^0-9A-Z]", "", write_text(value).upper()).removeprefix("BTW")
    dutch = re.fullmatch(r"(?:NL)?(\d{6,9})B(\d{2})", text)
    if dutch:
        return f"NL{dutch[1].zfill(9)}B{dutch[2]}", None
    foreign = re.fullmatch(r"(?!NL)[A-Z]{2}[0-9A-Z]{2,13}", text)
    if foreign and sum(sign.isdigit() for sign in text) >= 6:
        return text, None
    return NOTHING, Text(
        "This is no VAT number: a Dutch one looks like NL001234567B01.",
        "Dit is geen btw-nummer: een Nederlands ziet eruit als NL001234567B01.",
    )


def _pic(value: Value) -> Cleaned:
    digits = _digits(value) if _may_be_number(value) else ""
    if len(digits) == 9:
        return digits, None
    return NOTHING, Text(
        "A participant number of the Commission (PIC) has nine digits.",
        "Een deelnemersnummer van de Commissie (PIC) heeft negen cijfers.",
    )


def _ror(value: Value) -> Cleaned:
    found = re.search(r"\b(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})\b", write_text(value).lower())
    if found:
        return found[1], None
    return NOTHING, Text(
        "This is no ROR number: one looks like 0107c5v14.",
        "Dit is geen ROR-nummer: een ROR-nummer ziet eruit als 0107c5v14.",
    )


def _postcode(value: Value) -> Cleaned:
    text = " ".join(write_text(value).upper().split())
    dutch = re.fullmatch(r"(?:NL[- ]?)?(\d{4})[ ]?([A-Z]{2})", text)
    if dutch:
        return f"{dutch[1]} {dutch[2]}", None
    return text[:80], None


def _website(value: Value) -> Cleaned:
    text = write_text(value).strip().split()[0].lower().rstrip("/,;")
    if "@" in text:
        domain = text.rsplit("@", 1)[1]
        return (NOTHING if domain in _FREE_MAIL else domain), None
    bare = re.sub(r"^[a-z]+:/*", "", text)
    if re.fullmatch(r"[^/\s]+\.[a-z]{2,}(?:[:/?#].*)?", bare):
        return bare.split("/")[0].removeprefix("www."), None
    return NOTHING, Text("This is no web address.", "Dit is geen webadres.")


def _country(value: Value) -> Cleaned:
    text = write_text(value)
    code = find_country(text)
    if code:
        return code, None
    return NOTHING, Text(
        f"'{text[:60]}' is no country that keten knows.",
        f"'{text[:60]}' is geen land dat keten kent.",
    )


def _year(value: Value) -> Cleaned:
    if isinstance(value, date):
        return value.year, None
    found = re.search(r"\b(19|20)\d{2}\b", write_text(value))
    if found:
        return int(found[0]), None
    return NOTHING, Text("This is no year.", "Dit is geen jaar.")


def _number(value: Value) -> Cleaned:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value, None
    number = read_number(write_text(value))
    if number is None:
        return NOTHING, Text("This is no number.", "Dit is geen getal.")
    return number, None


def _day(value: Value) -> Cleaned:
    if isinstance(value, datetime):
        return value.date().isoformat(), None
    if isinstance(value, date):
        return value.isoformat(), None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 1900 <= value <= 2100 and float(value).is_integer():
            return str(int(value)), None  # a year says when, if not the day
        if 20_000 <= value <= 80_000:  # a spreadsheet counts days from 1900
            return (_EXCEL_ZERO + timedelta(days=int(value))).isoformat(), None
    text = write_text(value).strip()
    if re.fullmatch(r"(19|20)\d{2}(-\d{2})?", text):
        return text, None
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10], form).date().isoformat(), None  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return NOTHING, Text(
        "This is no day: write it as 2027-01-31.", "Dit is geen dag: schrijf 2027-01-31."
    )


def _phone(value: Value) -> Cleaned:
    text = write_text(value)
    digits = _digits(value)
    if not isinstance(value, str):  # a spreadsheet took the nought off, or the plus
        return (f"+{digits}" if digits.startswith("31") else f"0{digits}"), None
    return " ".join(text.split()), None


def _may_be_number(value: Value) -> bool:
    """Say whether a cell is no day and no amount, whose digits would make a number that is none."""
    if isinstance(value, (bool, date, datetime)):
        return False
    if isinstance(value, float):
        return value.is_integer()
    text = write_text(value)
    if re.search(r"\d[-/]\d{1,2}[-/]\d|[€$%]", text):
        return False
    is_amount = re.fullmatch(r"\d{1,3}(?:[.,]?\d{3})*[.,]\d{1,2}", text)
    return not is_amount or bool(re.fullmatch(r"\d+[.,]0+", text))


def _digits(value: Value) -> str:
    if isinstance(value, float):
        value = round(value)
    text = write_text(value)
    if re.fullmatch(r"\d+[.,]0+", text):  # a number that was once saved as one with decimals
        text = re.split(r"[.,]", text)[0]
    mantissa = re.fullmatch(r"(\d[.,]\d+)e\+?(\d+)", text.lower())
    if mantissa:
        text = str(int(float(f"{mantissa[1].replace(',', '.')}e{mantissa[2]}")))
    return "".join(sign for sign in text if sign in "0123456789")


_CLEANERS: Final[Mapping[str, Callable[[Value], Cleaned]]] = {
    "kvk_number": _kvk,
    "vat_number": _vat,
    "pic": _pic,
    "ror_id": _ror,
    "postcode": _postcode,
    "website": _website,
    "country": _country,
    "year": _year,
    "value": _number,
    "date": _day,
    "phone": _phone,
}


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("en", "nl", "de", "fr"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(_fold(name), code)
                found[code.lower()] = code
    found |= {
        "holland": "NL", "the netherlands": "NL", "ned": "NL", "nld": "NL", "uk": "UK",
        "great britain": "UK", "groot brittannie": "UK", "engeland": "UK", "england": "UK",
        "usa": "US", "united states of america": "US", "deutschland": "DE", "belgium": "BE",
        "tsjechie": "CZ", "czech republic": "CZ", "el": "EL", "bel": "BE", "deu": "DE",
    }  # fmt: skip
    # As the Commission writes them, and with it the evidence.
    return {name: {"GB": "UK", "GR": "EL"}.get(code, code) for name, code in found.items()}


def find_country(text: str) -> str:
    """Give the code of a country named in words or by its code; nothing for none."""
    if any(sign.isdigit() for sign in text):
        return ""  # a postcode ends in two letters, too
    return _countries().get(_fold(text), "")


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", anyascii(text).lower()).split())
