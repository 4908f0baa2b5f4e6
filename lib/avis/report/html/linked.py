"""What a page tells machines: schema.org as JSON-LD, the same facts that people read on it."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from avis.report.document import Document
from avis.report.outline import tidy

CONTEXT = "https://schema.org"
WORKS = {"fiche": "CreativeWork", "portefeuille": "CollectionPage"}
"""What a kind of document is; a report, where nothing is said."""
ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
"""In JSON they stand inside strings alone: no page holds an end of a script that we did not write."""


def linked_data(document: Document) -> Markup:
    """Give the description of a document as JSON-LD, safe inside `<script>`.

    Nothing where it names no association: a notice that an edition was taken back, a name withheld.
    """
    if not document.origin.organisation:
        return Markup("")
    told = json.dumps(describe(document), ensure_ascii=False, separators=(",", ":"))
    return Markup(told.translate(ESCAPES))


def describe(document: Document) -> dict[str, Any]:
    """Describe a document: no person, no day for a draft, nobody where the name is withheld."""
    origin = document.origin
    told = {
        "@context": CONTEXT,
        "@type": WORKS.get(document.kind, "Report"),
        "name": tidy(document.title),
        "alternativeHeadline": tidy(document.subtitle),
        "inLanguage": document.language,
        **_hand(document),
        "creativeWorkStatus": "Published" if document.edition else "Draft",
        "version": document.edition,
        "datePublished": document.published_on if document.edition else "",
        "isBasedOn": _page(origin.based_on),
        "citation": list(origin.references),
        "conditionsOfAccess": tidy(origin.conditions),
    }
    return {key: value for key, value in told.items() if value}


def _page(told: str) -> str | dict[str, str]:
    """Give a page by its address; by its name where it has none."""
    return told if not told or told.startswith("https://") else {"@type": "WebPage", "name": tidy(told)}


def _hand(document: Document) -> dict[str, Any]:
    """Name the association: as author where it signed, as the subject where others made the page."""
    if not document.origin.organisation:
        return {}
    named = {"@type": "Organization", "name": tidy(document.origin.organisation)}
    return {"author": named, "publisher": named} if document.origin.signed else {"about": named}


def summary(document: Document) -> str:
    """Say in a line what the page is, for lists of results: what its head says, and nothing more."""
    return ". ".join(part for part in (document.subtitle, document.author, document.period) if part) + "."
