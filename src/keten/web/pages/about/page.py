"""What this site is, its terms explained, and how accessible it is."""

from starlette.responses import Response

from keten.web.reply import Page, Pages
from keten.web.visit import Visiting
from keten.web.wording import TERMS

pages = Pages()

NAMES = {
    "nuts": "NUTS",
    "pic": "PIC",
    "euroscivoc": "EuroSciVoc",
    "f1": "F1",
}


@pages.page("/about")
def about(visit: Visiting) -> Page | Response:
    """Say what this is, and what its terms mean."""
    words = visit.words
    names = {
        **NAMES,
        "helix": words("Triple helix"),
        "associated": words("Associated partner"),
        "third": words("Third party"),
        "sme": words("SME"),
        "contribution": words("EU contribution"),
        "coordinator": words("Coordinator"),
        "participation": words("Participation"),
        "net": words("Own part"),
        "precision": words("Precision"),
        "recall": words("Recall"),
    }
    terms = [
        {"name": name, "term": names[name], "meaning": words(text)}
        for name, (_, text) in TERMS.items()
    ]
    return Page(
        "about/about.html",
        words("About keten"),
        {"glossary": sorted(terms, key=lambda term: term["term"].lower())},
        needs_evidence=False,
    )


@pages.page("/accessibility")
def accessibility(visit: Visiting) -> Page | Response:
    """Say how accessible this site is, and what is known to fall short."""
    return Page("about/accessibility.html", visit.words("Accessibility"), {}, needs_evidence=False)
