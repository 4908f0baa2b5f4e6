"""The words of findings in every language at once: titles, units, counting rules, labels."""

from __future__ import annotations

from collections.abc import Mapping

from avis.exhibits import Words
from avis.i18n import LANGUAGES, pick, say


def both(key: str, /, **facts: str | float | Mapping[str, str]) -> Words:
    """Say a key of the findings' words in each language; a fact may itself be in several languages.

    >>> both("rule.rows")["en"]
    'One line of the activity log is one act.'
    """
    return {lang: say(f"findings.{key}", lang, **_in(facts, lang)) for lang in LANGUAGES}


def _in(facts: Mapping[str, str | float | Mapping[str, str]], lang: str) -> dict[str, object]:
    return {
        name: pick(fact, "en" if lang == "en" else "fr")[0] if isinstance(fact, Mapping) else fact
        for name, fact in facts.items()
    }


def same(text: str) -> Words:
    """Give a text that is written alike in every language: a year, a code of the evaluator's list."""
    return dict.fromkeys(LANGUAGES, text)


def after(*parts: Words) -> Words:
    """Put sentences one after the other, language by language.

    >>> after({"fr": "Un.", "en": "One."}, {}, {"fr": "Deux.", "en": "Two."})["fr"]
    'Un. Deux.'
    """
    return {lang: " ".join(part[lang] for part in parts if part.get(lang)) for lang in LANGUAGES}
