"""The settings of the peer: chosen on the even half of both trials, and nothing else.

What was tried there (F1 on FP7 / the dump): postcode, city, street and country as comparisons of their
own .809 / -; one comparison of the whole address .897 / .927; half the adjustment for how often a name
occurs .902 / .928, a third .909 / .932; without legal forms .907 / .931; finer levels of names by rare
words .904 / .929; adjusting for how often a street occurs .911. Parts of an address agree together,
so they stand in one comparison; else they would count three times.
"""

from __future__ import annotations

from typing import Any, Final

_SHARED: Final = "cast(len(list_intersect(tokens_l, tokens_r)) as double)"
_ALL: Final = "len(list_distinct(list_concat(tokens_l, tokens_r)))"
_FEWEST: Final = "least(len(tokens_l), len(tokens_r))"
_COUNTRY: Final = "country_l = country_r"
_PLACE: Final = "(postcode_l = postcode_r or city_l = city_r)"
_NUMBER: Final = "street_number_l = street_number_r"
_STREETS: Final = "jaro_winkler_similarity(street_l, street_r)"
_CITIES: Final = (
    "(contains(city_l, city_r) or contains(city_r, city_l)"
    " or jaro_winkler_similarity(city_l, city_r) > 0.88)"
)
_NAME_FREQUENCY: Final = 0.3
_ADDRESS_FREQUENCY: Final = 0.5


def make_settings(*, has_acronyms: bool) -> Any:
    """Give the settings; their probabilities are learned from the records."""
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=[_name(), _address(), *([_acronym()] if has_acronyms else [])],
        blocking_rules_to_generate_predictions=[
            block_on("joined"),
            block_on("sorted_name"),
            block_on("rare_tokens", "country", arrays_to_explode=["rare_tokens"]),
            block_on("substr(joined, 1, 6)", "country", "city"),
            block_on("street", "street_number", "country"),
            block_on("postcode", "street_number", "country"),
            block_on("acronym", "country"),
            block_on("tokens", "postcode", "country", arrays_to_explode=["tokens"]),
            block_on("tokens", "street", "country", arrays_to_explode=["tokens"]),
        ],
        retain_matching_columns=False,
    )


def _name() -> Any:
    import splink.comparison_level_library as levels

    return _comparison(
        "name",
        levels.NullLevel("name"),
        _level("joined_l = joined_r", "same", "joined", _NAME_FREQUENCY),
        _level("sorted_name_l = sorted_name_r", "same words"),
        levels.JaroWinklerLevel("joined", 0.97),
        _level(f"{_SHARED} / {_ALL} >= 0.74", "words, Jaccard .74"),
        _level(f"{_SHARED} = {_FEWEST} and {_FEWEST} >= 2", "all words of one in the other"),
        levels.JaroWinklerLevel("joined", 0.93),
        _level(f"{_SHARED} / {_ALL} >= 0.5", "words, Jaccard .5"),
        _level(
            "acronym_r = joined_l or acronym_l = joined_r"
            " or initials_l = joined_r or initials_r = joined_l",
            "one is the letters of the other",
        ),
        _level(f"{_SHARED} = {_FEWEST}", "the one word of one in the other"),
        levels.JaroWinklerLevel("joined", 0.88),
        _level(f"{_SHARED} / {_ALL} >= 0.25", "words, Jaccard .25"),
        levels.ElseLevel(),
    )


def _address() -> Any:
    import splink.comparison_level_library as levels

    frequency = _ADDRESS_FREQUENCY
    return _comparison(
        "address",
        levels.NullLevel("country"),
        _within(f"street_l = street_r and {_NUMBER} and {_PLACE}", "whole", "street", frequency),
        _within(f"{_NUMBER} and {_STREETS} > 0.85 and {_PLACE}", "street nearly, number, place"),
        _within(f"street_l = street_r and {_PLACE}", "street and place", "street", frequency),
        _within(f"{_STREETS} > 0.9 and {_PLACE}", "street nearly and place"),
        _within(f"{_NUMBER} and {_STREETS} > 0.85", "street nearly and number"),
        _within("postcode_l = postcode_r and city_l = city_r", "postcode and city", "postcode", frequency),
        _within("postcode_l = postcode_r", "postcode", "postcode", frequency),
        _within("city_l = city_r", "city", "city", frequency),
        _within(_CITIES, "city nearly"),
        _within("postcode_area_l = postcode_area_r", "area of the postcode"),
        _within("(city_l is null or city_r is null)", "country, without city"),
        _level(_COUNTRY, "country"),
        levels.ElseLevel(),
    )  # fmt: skip


def _acronym() -> Any:
    import splink.comparison_level_library as levels

    return _comparison(
        "acronym",
        levels.NullLevel("acronym"),
        levels.ExactMatchLevel("acronym", term_frequency_adjustments=True),
        levels.JaroWinklerLevel("acronym", 0.9),
        levels.ElseLevel(),
    )


def _comparison(name: str, *parts: Any) -> Any:
    import splink.comparison_library as comparisons

    return comparisons.CustomComparison(output_column_name=name, comparison_levels=list(parts))


def _within(condition: str, label: str, column: str = "", weight: float = 0.0) -> Any:
    return _level(f"{_COUNTRY} and {condition}", label, column, weight)


def _level(condition: str, label: str, column: str = "", weight: float = 0.0) -> Any:
    """Give a level, adjusted by that weight for how often the value of a column occurs."""
    import splink.comparison_level_library as levels

    level = levels.CustomLevel(condition, label)
    if not column:
        return level
    return level.configure(
        tf_adjustment_column=column,
        tf_adjustment_weight=weight,
        disable_tf_exact_match_detection=True,
    )
