"""Reads numbers and amounts as people write them, in Dutch and in English."""

import re
from typing import Final

_TIMES: Final = (
    (re.compile(r"(?<=\d)(?:mld|miljard|bn|billion)\.?$"), 1_000_000_000),
    (re.compile(r"(?<=\d)(?:mln|mio|miljoen|million|m)\.?$"), 1_000_000),
    (re.compile(r"(?<=\d)(?:k|duizend|thousand)\.?$"), 1_000),
)


def read_number(text: str) -> float | int | None:
    """Read a number in the Dutch or English way of writing; None where it is none.

    One sign followed by three digits could be either: it is taken as thousands.
    """
    plain = re.sub(r"[\s€$£%'\u2019]|eur\b", "", text.strip().lower()).replace("\u2212", "-")
    plain = re.sub(r",-+$", "", plain)
    if not re.fullmatch(r"[-+]?[\d.,]*\d", plain):
        return None
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0:
        sign, other = plain[last], "." if plain[last] == "," else ","
        whole, part = plain[:last], plain[last + 1 :]
        is_thousands = plain.count(sign) > 1 or (len(part) == 3 and other not in whole)
        if sign == "." and len(part) == 3 and re.fullmatch(r"[-+]?0", whole):
            is_thousands = False
        plain = plain.replace(",", "").replace(".", "")
        if not is_thousands:
            plain = f"{whole.replace(other, '').replace(sign, '')}.{part}"
    try:
        number = float(plain)
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def read_amount(text: str) -> float | int | None:
    """Read an amount of money, also where it says thousands or millions: `€ 1,2 mln`, `500k`.

    None where it is none, or below nought.
    """
    plain = re.sub(r"[\s€]|euros?\b|eur\b", "", text.strip().lower())
    for pattern, times in _TIMES:
        if pattern.search(plain):
            plain = pattern.sub("", plain)
            # Beside "million" a lone sign divides whole from part, three digits or not.
            is_lone = len(re.findall(r"[.,]", plain)) == 1
            number = _read_plain(plain.replace(",", ".")) if is_lone else read_number(plain)
            if number is None or number < 0:
                return None
            made = round(number * times, 2)
            return int(made) if float(made).is_integer() else made
    found = read_number(plain)
    return None if found is None or found < 0 else found


def _read_plain(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[-+]?\d*\.?\d+", text) else None
