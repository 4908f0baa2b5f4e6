"""French and English words, numbers, dates and plurals.

Words live in `locales/{fr,en}/{room}.toml`, or in a folder of that name, loaded when the room first speaks.
Nothing here knows of evaluations: this is the lowest floor of the house.
"""

from __future__ import annotations

import datetime as dt
import locale
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

if TYPE_CHECKING:
    from babel import Locale

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Text = Mapping[str, str]
"""The same words in several languages: `{"fr": "...", "en": "..."}`."""

Qualifier = Literal["exact", "about", "at_least", "at_most", "range"]


def language() -> Language:
    """Give the language of messages: `AVIS_LANG`, else the locale, else French.

    >>> import os; os.environ["AVIS_LANG"] = "en"
    >>> language()
    'en'
    >>> del os.environ["AVIS_LANG"]
    """
    wanted = os.environ.get("AVIS_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if not wanted:
        wanted = locale.getlocale()[0] or ""
    return "en" if wanted.lower().startswith("en") else "fr"


@cache
def words(room: str, lang: Language) -> dict[str, Any]:
    """Give all the words of one room in one language, as nested tables.

    They stand in `{room}.toml`; those of a large room in the files of a folder `{room}/`.
    """
    home = Path(__file__).parent / "locales" / lang
    files = sorted((home / room).glob("*.toml")) or [home / f"{room}.toml"]
    found: dict[str, Any] = {}
    for file in files:
        for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            # Only `errors` stands in several files; a test holds that no code does.
            found[key] = found.get(key, {}) | value if isinstance(value, dict) else value
    return found


def say(key: str, lang: Language | None = None, /, **facts: object) -> str:
    """Give the words of `room.key`, filled with facts; `n` chooses the plural form.

    Where the entry is a table of plural forms (`one`, `other`), the fact `n` decides and is
    written as a number of that language.

    >>> say("common.people", "fr", n=1), say("common.people", "fr", n=1200)
    ('1 personne', '1\u202f200 personnes')
    """
    lang = lang or language()
    room, *path = key.split(".")
    entry: Any = words(room, lang)
    for step in path:
        entry = entry[step]
    if isinstance(entry, dict):
        n = facts["n"]
        if not isinstance(n, int | float):
            raise TypeError(f"{key}: a plural needs a number")
        entry = entry[plural(n, lang)]
        facts["n"] = number(n, lang)
    return cast(str, entry).format_map(facts) if facts else cast(str, entry)


def both(key: str, /, **facts: object) -> dict[str, str]:
    """Say a key in each language; a fact may itself be in several languages.

    >>> both("common.languages.pcm")
    {'fr': 'pidgin nigérian', 'en': 'Nigerian Pidgin'}
    """
    return {
        lang: say(
            key,
            lang,
            **{n: pick(fact, lang)[0] if isinstance(fact, Mapping) else fact for n, fact in facts.items()},
        )
        for lang in LANGUAGES
    }


def plural(n: float, lang: Language) -> str:
    """Tell the plural category of a number (`one` or `other`), as CLDR defines it.

    French also has `many` (un million de…), which our nouns write as `other`.

    >>> plural(0, "fr"), plural(0, "en")
    ('one', 'other')
    """
    return "one" if _locale(lang).plural_form(n) == "one" else "other"


@cache
def _locale(lang: Language) -> Locale:
    from babel import Locale  # loaded late: `avis --help` writes no number

    return Locale(lang)


def number(n: float, lang: Language, decimals: int = 0) -> str:
    """Write a number as the language does: a narrow space or a comma between thousands.

    >>> number(12000, "fr"), number(12000, "en"), number(2.5, "fr", 1)
    ('12\u202f000', '12,000', '2,5')
    """
    from babel.numbers import format_decimal

    return format_decimal(
        n, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale=_locale(lang)
    )


def percent(share: float, lang: Language, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage.

    >>> percent(0.62, "fr"), percent(0.62, "en")
    ('62\u202f%', '62%')
    """
    text = number(share * 100, lang, decimals)
    return f"{text}\u202f%" if lang == "fr" else f"{text}%"


def amount(
    n: float | None,
    qualifier: Qualifier,
    lang: Language,
    high: float | None = None,
    decimals: int | None = None,
) -> str:
    """Write a figure with its qualifier; what is missing is never a zero.

    Without `decimals`, a whole number has none, and any other has one.

    >>> amount(12000, "about", "fr"), amount(None, "exact", "fr")
    ('environ 12\u202f000', 'non documenté')
    """
    if n is None:
        return say("common.not_documented", lang)
    if decimals is None:
        decimals = 0 if float(n).is_integer() else 1
    low = number(n, lang, decimals)
    if qualifier == "exact":
        return low
    top = number(high, lang, decimals) if high is not None else ""
    return say(f"common.qualifier.{qualifier}", lang, low=low, high=top)


def date(iso: str, lang: Language) -> str:
    """Write `2024`, `2024-03`, `2024-T1` or `2024-03-15` in words.

    >>> date("2024-03", "fr"), date("2024-03-01", "fr"), date("2024-03-15", "en"), date("2024-T1", "fr")
    ('mars 2024', '1er mars 2024', '15 March 2024', '1er trimestre 2024')
    """
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    if parts[1].startswith("T"):
        return say("common.quarter", lang, quarter=_ordinal(int(parts[1][1:]), lang), year=parts[0])
    month = _locale(lang).months["format"]["wide"][int(parts[1])]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    day = dt.date.fromisoformat(iso).day
    first = day == 1 and lang == "fr"
    return f"{_ordinal(1, lang) if first else day} {month} {parts[0]}"


def _ordinal(n: int, lang: Language) -> str:
    if lang == "fr":
        return "1er" if n == 1 else f"{n}e"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n, 'th') }"


def period(start: str, end: str, lang: Language) -> str:
    """Write a period as a reader says it.

    >>> period("2023-01", "2024-12", "fr"), period("2020-10", "2022", "fr"), period("2022", "2022", "en")
    ('de janvier 2023 à décembre 2024', 'd’octobre 2020 à 2022', '2022')
    """
    first = date(start, lang)
    if start == end:
        return first
    elided = lang == "fr" and first[:1] in "ao"  # avril, août, octobre
    return say(f"common.period{'_vowel' if elided else ''}", lang, start=first, end=date(end, lang))


def join(items: list[str], lang: Language) -> str:
    """Join words as a sentence does.

    >>> join(["a", "b", "c"], "fr")
    'a, b et c'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {say('common.and', lang)} {items[-1]}"


def language_name(code: str, told_in: Language) -> str:
    """Name a language; its code where we have no word for it.

    >>> language_name("pcm", "fr"), language_name("ro", "fr")
    ('pidgin nigérian', 'ro')
    """
    try:
        return say(f"common.languages.{code}", told_in)
    except KeyError:
        return code


def pick(text: Text, lang: Language) -> tuple[str, str]:
    """Choose the words in a language, else those that exist; give them with their true language.

    >>> pick({"fr": "porte"}, "en")
    ('porte', 'fr')
    """
    if text.get(lang):
        return text[lang], lang
    for other in (*LANGUAGES, *text):
        if text.get(other):
            return text[other], other
    return "", lang
