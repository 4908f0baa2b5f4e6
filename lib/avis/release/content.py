"""All files of an edition but its manifest: documents, data annex, descriptors; the same bytes each time.

They come from the sealed exhibits and the composed papers alone, so that they can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable

from avis.exhibits import Exhibits
from avis.i18n import Language
from avis.release import annex, crate
from avis.release.papers import Paper, stamp
from avis.report.document import Document
from avis.report.outline import tidy


def compose_content(exhibits: Exhibits, papers: Iterable[Paper], edition: str, on: str) -> dict[str, bytes]:
    """Give the files of an edition by name.

    Errors: DOC-003 to DOC-006 of the documents.
    """
    stamped = [(paper.stem, stamp(paper.document, edition, on)) for paper in papers]
    languages = languages_of(document for _, document in stamped)
    made = _rendered(stamped)
    audience = stamped[0][1].audience if stamped else "public"
    if audience == "recipient":  # tables and descriptors are for who reuses data, and they name their maker
        return made
    found = annex.sheets(exhibits, languages)
    made |= {sheet.name: sheet.data for sheet in found}
    if found:
        made[annex.NAME] = annex.data_package(exhibits, found, languages, edition, on)
    made[crate.CITATION] = crate.cite(exhibits, languages, edition, on)
    titles = {
        f"{stem}.{ending}": tidy(one.title) for stem, one in stamped for ending in ("html", "pdf", "docx")
    }
    titles |= {sheet.name: str(sheet.resource["title"]) for sheet in found}
    made[crate.NAME] = crate.describe(exhibits, made, titles, languages, audience, edition, on)
    return made


def languages_of(documents: Iterable[Document]) -> tuple[Language, ...]:
    """Name the languages of an edition, the first one first; French where it has no document."""
    return tuple(dict.fromkeys(document.language for document in documents)) or ("fr",)


def _rendered(stamped: Iterable[tuple[str, Document]]) -> dict[str, bytes]:
    from avis.report.docx.document import render_docx
    from avis.report.html.page import render_html
    from avis.report.pdf.paper import render_pdf

    made: dict[str, bytes] = {}
    for stem, document in stamped:
        made[f"{stem}.html"] = render_html(document).encode()
        made[f"{stem}.pdf"] = render_pdf(document)
        made[f"{stem}.docx"] = render_docx(document)
    return made
