"""The words for codes that answers carry: measures, kinds, roles, methods; and the terms explained."""

from collections.abc import Mapping

from keten.web.language import N_

PROGRAMMES = {"he": "Horizon Europe", "h2020": "Horizon 2020"}

KINDS = {
    "company": N_("company"),
    "knowledge": N_("knowledge institution"),
    "government": N_("government"),
    "other": N_("other organisation"),
    "unknown": N_("kind not known"),
}
KINDS_MANY = {
    "company": N_("Companies"),
    "knowledge": N_("Knowledge institutions"),
    "government": N_("Governments"),
    "other": N_("Other organisations"),
    "unknown": N_("Kind not known"),
}
ROLES = {
    "coordinator": N_("coordinator"),
    "participant": N_("participant"),
    "partner": N_("partner"),
    "associated_partner": N_("associated partner"),
    "third_party": N_("third party"),
    "listed": N_("named in it"),
    "recipient": N_("recipient"),
    "beneficiary": N_("first beneficiary"),
}
PERSON_ROLES = {
    "visitor": N_("visitor"),
    "editor": N_("editor"),
    "administrator": N_("administrator"),
}
STATUSES = {
    "SIGNED": N_("signed"),
    "CLOSED": N_("closed"),
    "SUSPENDED": N_("suspended"),
    "TERMINATED": N_("ended early"),
}
METHODS = {
    "geolocation": N_("from the coordinates that the source gives"),
    "nuts": N_("from the region code that the source gives"),
    "postcode": N_("from the postcode"),
    "postcode-seen": N_("from other addresses with this postcode"),
    "postcode-area-seen": N_("from other addresses with a postcode like this"),
    "place": N_("from the name of the place"),
    "place-seen": N_("from other addresses in this place"),
    "region": N_("the middle of its region, for want of better"),
    "country": N_("the middle of its country, for want of better"),
}
RULES = {
    "alone": N_("stands alone: no other record has its number"),
    "same-pic": N_("same participant number (PIC)"),
    "same-identifier": N_("a register gives the number of both"),
    "match": N_("compared, and alike enough"),
    "ruling": N_("a person ruled so"),
}
SEVERITIES = {
    "row-lost": N_("row lost"),
    "value-lost": N_("value lost"),
    "note": N_("note"),
}
HITS = {
    "organisation": N_("organisation"),
    "project": N_("project"),
    "place": N_("place"),
}
# What a place in search results is: a region by its level, or a municipality.
PLACES = {
    "0": N_("country"),
    "1": N_("group of provinces"),
    "2": N_("province or region"),
    "3": N_("small region"),
    "municipality": N_("municipality"),
}
STAGES = {
    "load": N_("reading the files"),
    "gather": N_("organisations of all sources side by side"),
    "compare": N_("comparing organisations"),
    "resolve": N_("who is who"),
    "subsidies": N_("who received subsidy"),
    "locate": N_("where it is"),
    "link": N_("who works with whom"),
    "receive": N_("what other sources say"),
    "classify": N_("what is about which value chain"),
    "technologies": N_("what is about which technology"),
    "texts": N_("what texts of subsidies are about"),
    "portray": N_("what organisations are about"),
    "survey": N_("technologies by region and year"),
    "measure": N_("counting"),
    "backtest": N_("testing what is foretold"),
    "indicate": N_("bringing indicators to the regions of today"),
    "diagnose": N_("holding regions against Europe"),
    "index": N_("making it searchable"),
}
LEVELS = {
    "0": N_("country"),
    "1": N_("group of provinces (NUTS level one)"),
    "2": N_("province or comparable region (NUTS level two)"),
    "3": N_("group of municipalities (NUTS level three)"),
}
CHANGES = {
    "recoded": N_("the same region under another code"),
    "renamed": N_("renamed"),
    "merged": N_("merged into another region"),
    "split": N_("split into several regions"),
    "discontinued": N_("ended"),
}
JUDGEMENTS = {
    "element-judgement": N_("What the team says of an element"),
    "same": N_("These records are the same organisation"),
    "different": N_("These records are different organisations"),
    "note": N_("A note"),
    "about": N_("What a project is about"),
    "taxonomy": N_("A version of a taxonomy"),
    "taxonomy-entry": N_("A change of an entry of a taxonomy"),
    "member": N_("Somebody belongs to an entry"),
    "party-stage": N_("Somebody belongs in a stage of a value chain"),
    "own-organisation": N_("An organisation of people's own"),
    "listed": N_("On a list"),
    "correction": N_("A correction by editors"),
    "verified": N_("Looked at again, and still right"),
    "suggestion": N_("A suggestion of a visitor"),
    "suggestion-answer": N_("An answer to a suggestion"),
    "note-done": N_("What was to be done is done"),
    "setting": N_("A setting of this workspace"),
    "withdrawn": N_("An earlier judgement was withdrawn"),
}
FILTERS = {
    "taxonomy": N_("taxonomy"),
    "judgement": N_("line of the workspace"),
    "entry": N_("entry"),
    "mapping": N_("mapping"),
    "word": N_("word"),
    "left": N_("one record"),
    "right": N_("the other record"),
    "compared": N_("what was compared"),
    "level": N_("what was found"),
    "first": N_("one subject"),
    "second": N_("the other subject"),
    "carries": N_("only projects that carry"),
    "element": N_("element of the canvas"),
    "elements": N_("set of elements"),
    "indicator": N_("indicator"),
    "repaired": N_("counted as if repaired"),
    "without": N_("left out"),
    "organisation": N_("organisation"),
    "partner": N_("together with"),
    "project": N_("project"),
    "region": N_("region"),
    "region_only": N_("exactly this region"),
    "partner_region": N_("together with region"),
    "programme": N_("programme"),
    "year": N_("year in which the project began"),
    "kind": N_("kind of organisation"),
    "role": N_("role"),
    "field": N_("field of science"),
    "country": N_("country"),
    "sme": N_("small or medium-sized enterprise"),
    "name": N_("name as written"),
    "source_key": N_("source record of the organisation"),
    "file": N_("file"),
    "source": N_("source"),
    "list": N_("list of another source"),
    "release": N_("release"),
    "stage": N_("stage of the build"),
    "issue_code": N_("kind of issue"),
    "severity": N_("what was lost"),
    "record": N_("source row"),
    "measure": N_("rows of the figure"),
    "portfolio": N_("portfolio of developments"),
    "development": N_("development"),
    "against": N_("compared with"),
    "criterion": N_("criterion"),
    "rank": N_("rank"),
    "end": N_("which end"),
    "weights": N_("bounds of weights"),
    "order": N_("order of importance"),
    "about": N_("uncertain weight or score"),
    "until": N_("up to and including"),
    "part": N_("part of the money"),
    "funder": N_("funder"),
    "line": N_("programme part or scheme"),
    "chain": N_("value chain"),
    "chain_stage": N_("stage of the chain"),
    "family": N_("kind of trait"),
    "trait": N_("trait"),
    "among": N_("chosen from"),
    "ranking": N_("ranked by"),
    "technology": N_("technology"),
    "mission": N_("mission"),
    "tier": N_("how sure"),
    "relation": N_("what it does with it"),
    "counted": N_("what is counted"),
    "who": N_("who tells"),
    "mean": N_("kind of mean"),
    "step": N_("step of chances"),
    "texts": N_("texts"),
    "weighed": N_("weighed to all projects"),
    "term": N_("word, topic or field that was met"),
    "way": N_("by what it was found"),
    "call": N_("call"),
    "programme_part": N_("part of a programme"),
    "on": N_("on this day"),
}

ISSUES = {
    "listed-twice": N_("a project that another list has too"),
    "older-edition": N_("a project that a newer list has too"),
    "receipt-unresolved": N_("rows that lead to no organisation"),
    "ambiguous-date": N_("a date that can mean two days"),
    "ambiguous-number": N_("a number that can mean two amounts"),
    "amount-absent": N_("a row without an amount"),
    "bad-code": N_("a region code that is none"),
    "bad-date": N_("a date that is none"),
    "bad-flag": N_("a yes or no that is neither"),
    "bad-geolocation": N_("coordinates that are none"),
    "bad-geometry": N_("a border that could not be read"),
    "bad-name": N_("an area without a name of its own"),
    "bad-number": N_("a number that is none"),
    "bad-postcode": N_("a postcode that is none"),
    "bad-text": N_("a text that is none"),
    "broken-object": N_("a damaged object"),
    "broken-quotes": N_("a row with a quotation mark too many or too few"),
    "code-overruled": N_("a region code at odds with the rest of the address"),
    "code-without-successor": N_("a former region code that nothing followed"),
    "column-count": N_("a row with more or fewer columns than the heading"),
    "continues-above": N_("a row that only goes on with the one above"),
    "country-overruled": N_("a country at odds with the rest of the address"),
    "damaged-signs": N_("letters that look damaged, left as found"),
    "deadline-differs": N_("two files that name different deadlines"),
    "duplicate-file": N_("the same file twice"),
    "empty-lines": N_("empty lines in a file"),
    "encoding": N_("letters in another encoding than announced"),
    "file-absent": N_("a file that a delivery should have"),
    "geolocation-overruled": N_("coordinates at odds with the rest of the address"),
    "joining-relic": N_("a word left behind by joining texts, taken out"),
    "link-refused": N_("a link that a ruling forbids"),
    "loose-quote": N_("a quotation mark out of place"),
    "mended-geometry": N_("a border that crossed itself, mended"),
    "mended-signs": N_("damaged letters, mended"),
    "names-withheld": N_("names withheld, since they may be of a person"),
    "negative-amount": N_("a negative amount"),
    "new-column": N_("a column that was not there before"),
    "new-file": N_("a file that was not there before"),
    "new-indicator": N_("an indicator that is new to keten"),
    "new-role": N_("a role that was not there before"),
    "new-sheet": N_("a sheet that is new to keten"),
    "new-status": N_("a status that was not there before"),
    "no-description": N_("an indicator without a description"),
    "no-figure": N_("a region without any figure"),
    "no-heading": N_("a column without a heading"),
    "no-id": N_("a row without the number by which it could be known"),
    "no-key": N_("a row that does not say what it is about"),
    "no-such-indicator": N_("a description of an indicator that is not there"),
    "no-such-project": N_("a row of a project that is not there"),
    "not-in-dated-file": N_("a call that only the file without a date has"),
    "not-located": N_("an address that no region could be found for"),
    "not-yearly": N_("figures that are not of whole years"),
    "nul-bytes": N_("bytes without meaning in a row"),
    "number-out-of-range": N_("an amount larger than any can be"),
    "odd-level": N_("a region code of another level than the row says"),
    "one-vat-two-pics": N_("two registrations with one VAT number"),
    "organisation-split": N_("a number divided over several organisations by a ruling"),
    "other-programme": N_("a project of another programme than its file"),
    "outside-country": N_("coordinates outside the country"),
    "place-overruled": N_("a place at odds with the rest of the address"),
    "postcode-overruled": N_("a postcode at odds with the rest of the address"),
    "recipient-hidden": N_("a recipient that the publisher does not name"),
    "repeated-call": N_("a call that stands twice"),
    "repeated-code": N_("a region code that stands twice"),
    "repeated-column": N_("a heading that stands twice"),
    "repeated-project": N_("a project that stands twice"),
    "repeated-row": N_("a row that stands twice"),
    "rounded": N_("an amount with more decimals than cents"),
    "row-too-long": N_("a row longer than any can be"),
    "ruling-without-record": N_("a ruling on a record that no source holds now"),
    "shared-budget": N_("a budget that several topics state together"),
    "status-differs": N_("two files that name different states"),
    "text-cut": N_("a text of which only the beginning was delivered"),
    "unknown-column": N_("a column that nobody expected"),
    "unreadable-row": N_("a row that could not be read"),
    "wrong-width": N_("a row with too many or too few cells"),
    "vat-changed": N_("a registration whose VAT number was once of another legal entity"),
}

# Lists of other sources than Horizon, and the figure that stands for what is in them.
LISTS = {
    "fp7": N_("list of organisations in FP7"),
    "fp7-network": N_("projects of FP7"),
    "innovation-fund": N_("EU Innovation Fund"),
    "rijk": N_("subsidies of Dutch ministries"),
    "structural": N_("European structural funds"),
}
COUNTED = {
    "fp7_projects": N_("FP7 projects"),
    "innovation_fund_eur": N_("EU Innovation Fund"),
    "structural_funds_eur": N_("European structural funds"),
    "subsidies_eur": N_("Subsidy of Dutch ministries"),
}
# How sure a label is, what a project does with a technology, and what that was told from.
TIERS = {
    "sure": N_("sure"),
    "likely": N_("likely"),
    "perhaps": N_("possible"),
    "any": N_("sure, likely or possible"),
}
SUBJECTS = {
    "technology": N_("technology"),
    "chain": N_("value chain"),
    "mission": N_("mission"),
}
# Whether a project is about a value chain or a mission, which nobody develops.
TOLD = {
    "about": N_("is about it"),
    "perhaps": N_("too uncertain to say"),
    "none": N_("is not about it"),
}
RELATIONS = {
    "about": N_("develops or applies it"),
    "develops": N_("develops it"),
    "applies": N_("applies it"),
    "perhaps": N_("too uncertain to say"),
    "none": N_("has nothing to do with it"),
}
TELLERS = {
    "keten": N_("keten"),
    "keywords": N_("keywords in title or summary"),
    "euroscivoc": N_("EuroSciVoc alone"),
    "readers": N_("one reader against the other"),
    "definition": N_("the definition alone"),
    "words": N_("words alone"),
}
MEANS = {
    "micro": N_("micro"),
    "macro": N_("macro"),
    "micro_clear": N_("micro, arguable labels set aside"),
    "macro_clear": N_("macro, arguable labels set aside"),
}
LABELS_COUNTED = {
    "true": N_("labels that are true"),
    "found": N_("labels that were given"),
    "right": N_("labels given that are true"),
}
BASES = {
    "text": N_("title and summary"),
    "topic": N_("topic and programme only: there is no text"),
    "editor": N_("an editor"),
}
REGISTERS = {
    "ror": N_("ROR (registry of research organisations)"),
    "pic": N_("PIC (participant number of the European Commission)"),
    "kvk": N_("KvK (Dutch chamber of commerce)"),
    "vat": N_("VAT number"),
}

CODES: Mapping[str, Mapping[str, str]] = {
    "programme": PROGRAMMES,
    "kind": KINDS,
    "kinds": KINDS_MANY,
    "role": ROLES,
    "status": STATUSES,
    "method": METHODS,
    "rule": RULES,
    "severity": SEVERITIES,
    "hit": HITS,
    "place": PLACES,
    "stage": STAGES,
    "level": LEVELS,
    "change": CHANGES,
    "judgement": JUDGEMENTS,
    "role_of": PERSON_ROLES,
    "filter": FILTERS,
    "issue": ISSUES,
    "list": LISTS,
    "counted": COUNTED,
    "register": REGISTERS,
    "tier": TIERS,
    "relation": RELATIONS,
    "one": SUBJECTS,
    "told": TOLD,
    "basis": BASES,
    "who": TELLERS,
    "mean": MEANS,
    "labels": LABELS_COUNTED,
}

# name: what it is in a few words, and in a sentence or two.
TERMS: Mapping[str, tuple[str, str]] = {
    "precision": (
        N_("of the labels given, the share that is true"),
        N_(
            "Precision: of the labels that were given, the share that is true. One is perfect; low says "
            "that too much is called so."
        ),
    ),
    "recall": (
        N_("of the labels that are true, the share that was given"),
        N_(
            "Recall: of the labels that are true, the share that was given. One is perfect; low says "
            "that much is missed."
        ),
    ),
    "f1": (
        N_("precision and recall in one number"),
        N_(
            "F1: precision and recall in one number, which is low when either is: twice what is right, "
            "divided by what was given plus what is true."
        ),
    ),
    "nuts": (
        N_("the European Union's classification of regions"),
        N_(
            "NUTS (Nomenclature of territorial units for statistics) divides every country into "
            "regions at three levels. In the Netherlands the second level are the provinces."
        ),
    ),
    "pic": (
        N_("the number under which an organisation takes part in European programmes"),
        N_(
            "PIC (participant identification code) is the number under which an organisation is "
            "registered with the European Commission. It stays the same when the name changes."
        ),
    ),
    "euroscivoc": (
        N_("the European vocabulary of fields of science"),
        N_(
            "EuroSciVoc (European Science Vocabulary) is a tree of fields of science. The European "
            "Commission gives projects their fields with it, by machine, from their texts."
        ),
    ),
    "helix": (
        N_("companies, knowledge institutions and government, working together"),
        N_(
            "Triple helix: the idea that innovation comes from companies, knowledge institutions and "
            "government together. Here an organisation has the kind that it registered with the "
            "European Commission."
        ),
    ),
    "associated": (
        N_("takes part in the work without money from the programme"),
        N_(
            "An associated partner takes part in a project without receiving money from the "
            "programme, for instance because its country pays for itself."
        ),
    ),
    "third": (
        N_("linked to a partner in the project and doing part of its work"),
        N_(
            "A third party is an organisation linked to one of the partners, which does part of the "
            "work and may be paid for it."
        ),
    ),
    "sme": (
        N_("small or medium-sized enterprise"),
        N_(
            "SME (small or medium-sized enterprise): declared by the organisation itself, on the date "
            "that stands with it."
        ),
    ),
    "contribution": (
        N_("what the European Union promised to pay, in the grant agreement"),
        N_(
            "EU contribution: what the European Union promised an organisation for its part in a "
            "project, in euros of the day, for the whole of the project. What is really paid may "
            "differ."
        ),
    ),
    "coordinator": (
        N_("leads the project and speaks for it"),
        N_("The coordinator leads the project and speaks for it with the European Commission."),
    ),
    "net": (
        N_("without what it passes on, with what others pass on to it"),
        N_(
            "Own part (net EU contribution): the part of the EU contribution that an organisation may "
            "spend itself: without what it passes on to others, and with what others pass on to it. A "
            "third party without a contribution of its own can have an own part."
        ),
    ),
    "participation": (
        N_("one organisation in one project"),
        N_(
            "A participation is one organisation in one project. Who takes part in ten projects has "
            "ten participations."
        ),
    ),
}
