"""Consent sheets to print: one page, plain words, large, black on white, a drawing for each thing.

No name is asked for. Minors have a sheet of their own: her own yes, and an authority that the team sees to.
A language in which nobody has written the words yet gets the French and English beside empty lines: words in
Nigerian Pidgin or Edo are never made up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from avis.consent.ledger import APART, SCOPES
from avis.evaluation import Evaluation
from avis.i18n import LANGUAGES, Language, date, language_name, pick, say
from avis.report.outline import tidy
from avis.report.pdf.paper import compile_pdf, count_pages, own_faces, with_data
from avis.rights.wording import OURS, TEMPLATES, Wording, packaged
from avis.writing.typography import set_french

SMALLER = (12.6, 11.4, 10.2, 9.0)
"""Sizes of letters in points, tried from the largest; DejaVu is wide: 10 of its points read like 12."""
TO_FILL = "\u2026" * 14
"""Where a contact is not written in evaluation.yaml: dots, to be filled in by hand."""


@dataclass(frozen=True)
class Sheet:
    """One sheet as a PDF, with the name of its file."""

    name: str
    pdf: bytes
    spills: bool = False
    """Whether its words are too long for one page, even in the smallest letters."""


def make_sheets(evaluation: Evaluation, lang: str, wording: Wording | None) -> list[Sheet]:
    """Make the sheets of one language: for adults, for minors, or for both, as the evaluation says.

    Without a wording, one sheet to write it on. Errors: DOC-006.
    """
    if wording is None:
        return [Sheet(f"feuille-{lang}-a-ecrire.pdf", _translation(evaluation, lang))]
    among = evaluation.settings.minors
    kinds = {"none": (False,), "some": (False, True), "all": (True,)}[among]
    return [_sheet(evaluation, wording, minors) for minors in kinds]


def _sheet(evaluation: Evaluation, wording: Wording, minors: bool) -> Sheet:
    words, facts = wording.words, facts_of(evaluation, wording.language)
    text = {key: fill(value, facts, wording.language) for key, value in words.text.items()}
    scopes = [
        {"name": name, "words": fill(words.scopes[name], facts, wording.language)}
        for name in (*SCOPES, *APART)
    ]
    view = {
        "language": wording.language,
        "title": f"{text['title']} {facts['organisation']}",
        "organisation": facts["organisation"],
        "evaluation": facts["title"],
        "words": text,
        "scopes": scopes,
        "minors": {key: fill(value, facts, wording.language) for key, value in words.minors.items()}
        if minors
        else {},
        "version": wording.version,
        "foot": _foot(wording),
        "mark": _mark(wording),
        "pictos": pictos(),
        "faces": own_faces(),
    }
    source, spills = _on_one_page(tidied(view), SMALLER[1:] if minors else SMALLER)
    name = f"feuille-{'mineurs-' if minors else ''}{wording.language}.pdf"
    return Sheet(name, compile_pdf(source), spills)


def _on_one_page(view: dict[str, Any], sizes: tuple[float, ...]) -> tuple[str, bool]:
    """Set the sheet as large as one page allows; longer than that, it spills in the smallest letters."""
    template = (TEMPLATES / "feuille.typ").read_text(encoding="utf-8")
    for size in sizes:
        room = {"size": size, "picto": size * 0.85, "tight": max(0.4, (size - 9) * 0.4)}
        source = with_data({**view, **room}, template)
        if count_pages(source) == 1:
            return source, False
    return source, True


def facts_of(evaluation: Evaluation, lang: str) -> dict[str, str]:
    """Give what the words of a sheet leave open: whose evaluation it is, and whom to ask."""
    settings = evaluation.settings
    best: Language = "fr" if lang == "fr" else "en"
    return {
        "organisation": settings.organisation.name,
        "title": pick(settings.title, best)[0],
        "contact": contact_of(evaluation, lang) or TO_FILL,
    }


def contact_of(evaluation: Evaluation, lang: str) -> str:
    """Say whom to ask, in a sheet’s language or the nearest one: `processing`, else `removal_contact`."""
    settings = evaluation.settings
    best: Language = "fr" if lang == "fr" else "en"
    return pick(settings.processing.contact or settings.removal_contact, best)[0].strip().rstrip(". ")


def fill(text: str, facts: dict[str, str], lang: str) -> str:
    """Put facts into words, with French spaces in French; a brace that names no fact stays as it was written.

    >>> fill("Ask {organisation} {or me}", {"organisation": "Association Exemple"}, "en")
    'Ask Association Exemple {or me}'
    """
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return set_french(text) if lang == "fr" else text


def _foot(wording: Wording) -> str:
    """Say who has proofread the words, or that nobody concerned has."""
    words = wording.words
    if not wording.signed:
        return words.text["draft"]
    lang: Language = "fr" if wording.language == "fr" else "en"
    return fill(words.text["signed"], {"by": words.signed_by, "on": date(words.signed_on, lang)}, lang)


def _mark(wording: Wording) -> str:
    """Words that a speaker has not signed bear a mark, in the languages of the team."""
    if wording.language in OURS or wording.signed:
        return ""
    return " / ".join(say("rights.sheets.to_review", lang) for lang in LANGUAGES)


@cache
def pictos() -> dict[str, str]:
    """Give the drawings by name, as SVG."""
    return {path.stem: path.read_text("utf-8") for path in sorted((TEMPLATES / "pictos").glob("*.svg"))}


def tidied(node: Any) -> Any:
    """Take out what no PDF may hold."""
    if isinstance(node, dict):
        return {key: tidied(value) for key, value in node.items()}
    if isinstance(node, list):
        return [tidied(item) for item in node]
    return tidy(node) if isinstance(node, str) and not node.startswith("<svg") else node


def _translation(evaluation: Evaluation, lang: str) -> bytes:
    """Put every text in French and English beside empty lines."""
    sides = [found for code in OURS if (found := packaged(code)) is not None]
    left, right = (_texts(side, facts_of(evaluation, side.language)) for side in sides)
    rows = [  # numbered as the file is: who writes reads no key, who copies finds the place
        {"n": str(n), "left": one, "right": right[key], "lines": 1 + max(len(one), len(right[key])) // 55}
        for n, (key, one) in enumerate(left.items(), 1)
    ]
    names = {code: language_name(lang, code) for code in LANGUAGES}
    view = {
        "title": " / ".join(say("rights.sheets.title", code, language=names[code]) for code in LANGUAGES),
        "organisation": evaluation.settings.organisation.name,
        "mark": " / ".join(say("rights.sheets.to_write", code) for code in LANGUAGES),
        "how": " / ".join(
            say("rights.sheets.how", code, file=f"accord/feuille.{lang}.toml") for code in LANGUAGES
        ),
        "heads": [*(say(f"common.languages.{code}", code) for code in LANGUAGES), " / ".join(names.values())],
        "left": {"language": OURS[0]},
        "right": {"language": OURS[1]},
        "rows": rows,
        "faces": own_faces(),
    }
    return compile_pdf(with_data(tidied(view), (TEMPLATES / "traduction.typ").read_text(encoding="utf-8")))


def _texts(wording: Wording, facts: dict[str, str]) -> dict[str, str]:
    """Every text by its place in the file, in the order of the file."""
    words = wording.words
    parts = {"text": words.text, "scopes": words.scopes, "minors": words.minors, "code": words.code}
    return {
        f"{name}.{key}": fill(text, facts, wording.language)
        for name, part in parts.items()
        for key, text in part.items()
    }
