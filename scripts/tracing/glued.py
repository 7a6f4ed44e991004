"""Counts the objects of the two files of calls, apart from how the product reads them."""

import gzip
import json
from pathlib import Path


def count_objects(path: Path) -> int:
    """Count the objects of a list of grants, or those glued together in a packed file.

    A piece that is no JSON counts as one and reaches to where the next object begins.
    """
    if path.suffix != ".gz":
        return len(json.loads(path.read_text("utf-8-sig"))["grants"])
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig").strip()
    decoder = json.JSONDecoder()
    count = at = 0
    while at < len(text):
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            following = text.find('}{"', at)
            at = following + 1 if following >= 0 else len(text)
        count += 1
    return count
