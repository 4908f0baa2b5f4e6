"""The lists of words that rules ask: names that many people bear, towns, ordinary words, what names nobody.

They stand in `words/*.toml`, folded: no accents, lower case. Words written with hyphens are looked for with
spaces as well.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from avis.spelling import fold

LONGEST_PLACE = 4
"""Words of a place at most: « La Chapelle-Saint-Denis »."""
_SHORTEST_LOWER = 4
"""Letters of a first name or a town that is looked for without a capital."""


@cache
def _file(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


@cache
def first_names() -> frozenset[str]:
    """Give first names of all regions that are no ordinary words."""
    return frozenset().union(*map(_set, _file("firstnames")["regions"].values())) - asked_names()


@cache
def asked_names() -> frozenset[str]:
    """Give names that are ordinary words too: Blessing, Joy, Claire."""
    return _set(_file("firstnames")["words"]["asked"])


@cache
def names_of_one_language(language: str) -> frozenset[str]:
    """Give names that are words of one language alone, French ("fr") or English: Précieuse, Destiny."""
    return _set(_file("firstnames")["words"]["french" if language == "fr" else "english"])


@cache
def describing_names() -> frozenset[str]:
    """Give names that, as words, say how somebody is: « my friend happy », « mon amie sincère »."""
    return _set(_file("firstnames")["words"]["describing"])


@cache
def lower_names() -> frozenset[str]:
    """Give first names that are looked for in lower case as well."""
    kept = first_names() - _set(_file("firstnames")["words"]["lower"]) - common()
    return frozenset(name for name in kept if len(name) >= _SHORTEST_LOWER)


@cache
def common() -> frozenset[str]:
    """Give ordinary words of French, English and Pidgin."""
    return frozenset().union(*map(_set, _file("common").values()))


@cache
def plain_words() -> frozenset[str]:
    """Give ordinary words that, without a capital, are never anybody's name."""
    return common() - asked_names() - lower_names()


@cache
def innocents() -> frozenset[str]:
    """Give what is written with a capital and names nobody: countries, languages, months, bodies, brands."""
    words = frozenset().union(*(_set(text) for name, text in _file("innocents").items() if name != "heads"))
    return frozenset(part for word in words for part in (word, *word.split("-")) if len(part) > 1)


@cache
def heads() -> frozenset[str]:
    """Give words that make the name of a body, a law or a work of the capitals after them."""
    return _set(_file("innocents")["heads"])


@cache
def general_places() -> frozenset[str]:
    """Give countries, regions and départements, as words apart by spaces."""
    return frozenset(place.replace("-", " ") for place in _set(_file("innocents")["general_places"]))


@cache
def towns() -> frozenset[str]:
    """Give towns and quarters, as words apart by spaces."""
    file = _file("places")
    found = _set(file["towns"]) | _set(file["quarters"])
    return frozenset(town.split(".")[0].replace("-", " ").replace("'", " ") for town in found)


@cache
def place_starts() -> frozenset[str]:
    """Give the first words of towns and of places that are general."""
    return frozenset(place.split()[0] for place in towns() | general_places() if place.split())


@cache
def lower_towns() -> frozenset[str]:
    """Give towns that are looked for in lower case as well."""
    words = _set(_file("places")["lower"]) | common() | first_names() | asked_names()
    return frozenset(town for town in towns() if len(town) > _SHORTEST_LOWER and town not in words)


@cache
def cue_words(name: str) -> frozenset[str]:
    """Give a list of words that stand around names."""
    return _set(_file("cues")[name])


def is_common(word: str) -> bool:
    """Tell whether a folded word is an ordinary one.

    >>> is_common("reunion"), is_common("osamudiamen")
    (True, False)
    """
    return word in common() or (word.endswith("s") and word[:-1] in common())


def is_function_word(word: str) -> bool:
    """Tell whether a folded word is one of those that every sentence holds: « la », « the »."""
    return word in cue_words("french_marks") or word in cue_words("english_marks")


def is_also_a_word(name: str) -> bool:
    """Tell whether a folded name is an ordinary word too.

    >>> is_also_a_word("blessing"), is_also_a_word("aminata")
    (True, False)
    """
    return name in asked_names() or name in common()
