"""The words of findings in every language at once: titles, units, counting rules, labels."""

from __future__ import annotations

from collections.abc import Mapping

from avis import i18n
from avis.exhibits import Words
from avis.i18n import LANGUAGES


def both(key: str, /, **facts: str | float | Mapping[str, str]) -> Words:
    """Say a key of the findings' words in each language (see `i18n.both`).

    >>> both("rule.rows")["en"]
    'One line of the activity log is one act.'
    """
    return i18n.both(f"findings.{key}", **facts)


def same(text: str) -> Words:
    """Give a text that is written alike in every language: a year, a code of the evaluator's list."""
    return dict.fromkeys(LANGUAGES, text)


def after(*parts: Words) -> Words:
    """Put sentences one after the other, language by language.

    >>> after({"fr": "Un.", "en": "One."}, {}, {"fr": "Deux.", "en": "Two."})["fr"]
    'Un. Deux.'
    """
    return {lang: " ".join(part[lang] for part in parts if part.get(lang)) for lang in LANGUAGES}


def titled(words: Words) -> Words:
    """Begin with a capital letter, as the title of a table or figure does.

    >>> titled({"fr": "écoute, par année"})["fr"]
    'Écoute, par année'
    """
    return {lang: text[:1].upper() + text[1:] for lang, text in words.items()}
