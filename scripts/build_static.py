"""Copies what the pages need out of node_modules into the package; fetching it is npm's work."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "keten" / "web" / "static" / "vendor"

# In this order: what comes later may refine what came before. The candidate components are the
# design system's own successors of the Utrecht ones, hence last.
STYLES = (
    ("@utrecht/component-library-css", "dist/index.css"),
    ("@nl-design-system-candidate/button-css", "dist/button.css"),
    ("@nl-design-system-candidate/data-badge-css", "dist/data-badge.css"),
    ("@nl-design-system-candidate/heading-css", "dist/heading.css"),
    ("@nl-design-system-candidate/link-css", "dist/link.css"),
    ("@nl-design-system-candidate/paragraph-css", "dist/paragraph.css"),
    ("@nl-design-system-candidate/skip-link-css", "dist/skip-link.css"),
)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")
SCRIPTS = (("htmx.org", "dist/htmx.min.js"),)


def main() -> int:
    """Builds the vendor folder anew; gives 1 when a package or file is not there."""
    missing = [
        f"{package}/{path}"
        for package, path in (*STYLES, *SCRIPTS)
        if not (MODULES / package / path).is_file()
    ]
    if missing:
        print("build_static: not found in node_modules:", *missing, sep="\n  ", file=sys.stderr)
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    (VENDOR / "nlds.css").write_text(join_styles(), encoding="utf-8")
    for package, path in SCRIPTS:
        shutil.copyfile(MODULES / package / path, VENDOR / Path(path).name)
    (VENDOR / "LICENCES.txt").write_text(join_licences(), encoding="utf-8")
    print(f"build_static: {', '.join(sorted(p.name for p in VENDOR.iterdir()))}")
    return 0


def join_styles() -> str:
    """One style sheet of all components, each under a line that names where it came from."""
    parts = []
    for package, path in STYLES:
        text = (MODULES / package / path).read_text(encoding="utf-8")
        # A byte order mark or @charset is only allowed at the very start of a style sheet.
        text = text.removeprefix("\ufeff").removeprefix('@charset "UTF-8";')
        # The maps themselves are not copied, and a browser's tools would ask for them.
        text = SOURCE_MAP.sub("", text)
        parts.append(f"/* {describe(package)} */\n{text.strip()}\n")
    return "\n".join(parts)


def join_licences() -> str:
    """Every licence text once, under the names of the packages that it covers."""
    covered: dict[str, list[str]] = {}
    for package in sorted({package for package, _ in (*STYLES, *SCRIPTS)}):
        texts = sorted((MODULES / package).glob("LICEN[CS]E*"))
        terms = "\n".join(text.read_text(encoding="utf-8").strip() for text in texts)
        covered.setdefault(terms, []).append(describe(package))
    parts = ["\n".join(names) + f"\n\n{terms}\n" for terms, names in covered.items()]
    return ("\n" + "=" * 78 + "\n\n").join(parts)


def describe(package: str) -> str:
    """Name, version and licence as the package states them."""
    card = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    return f"{card['name']} {card['version']}, {card['license']}"


if __name__ == "__main__":
    sys.exit(main())
