"""The first chapter: what the chain is, how large it is here, and what stands out."""

from keten.model import Text
from keten.story.document import Chapter, Paragraph, Quote
from keten.story.plan.asked import Asked, Draft, Size
from keten.story.sentences import write_sentence

_TITLE = Text("Proposition", "Propositie")
_ABOUT = Text("{description}", "{description}")  # people's own words about the chain
_SIZE = Text(
    "In {regions}, {organisations} organisations take part in {projects} European projects about it "
    "or about the fields around it, for which the European Union promised them {contribution}.",
    "In {regions} doen {organisations} organisaties mee aan {projects} Europese projecten hierover "
    "of in de gebieden eromheen, waarvoor de Europese Unie hun {contribution} toezegde.",
)
_EUROPE = Text(
    "In all of Europe the same open data know {everywhere} such projects.",
    "In heel Europa kent dezelfde open data {everywhere} van zulke projecten.",
)


def prepare(asked: Asked) -> Draft:
    """Read what the chain is and how large; give the chapter for a size."""
    chain = asked.chain
    view = asked.view
    sentences = (
        write_sentence(
            "proposition.about",
            _ABOUT,
            asked.language,
            description=Quote(asked.say(chain.description), asked.language),
        ),
        write_sentence(
            "proposition.size",
            _SIZE,
            asked.language,
            regions=asked.own(chain.regions_label),
            organisations=view.organisations,
            projects=view.projects,
            contribution=view.contribution_eur,
        ),
        write_sentence(
            "proposition.europe", _EUROPE, asked.language, everywhere=view.projects_everywhere
        ),
    )
    chapter = Chapter("proposition", asked.say(_TITLE), (Paragraph(sentences),))

    def write(_size: Size) -> Chapter:
        return chapter

    return write
