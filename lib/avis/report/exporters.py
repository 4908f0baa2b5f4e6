"""`jupyter nbconvert --to avis_html`, `avis_pdf`, `avis_docx`: the document that a notebook shows alone.

Cells, tracebacks, other outputs and metadata of the notebook never reach the page.
"""

from __future__ import annotations

from typing import Any

import msgspec
from nbconvert.exporters import Exporter

from avis.errors import Place, fail
from avis.report.document import MIME, Document, decode
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf


def find_document(notebook: Any, name: str = "") -> Document:
    """Give the last document that a notebook shows.

    Errors: DOC-001 where it shows none, DOC-002 where what it shows is not a valid document.
    """
    place = Place(f"{name}.ipynb" if name else "")
    for cell in reversed(notebook.cells):
        for output in reversed(cell.get("outputs", [])):
            data = output.get("data", {})
            if MIME in data:
                return _read(data[MIME], place)
    raise fail("DOC-001", place)


def _read(data: Any, place: Place) -> Document:
    try:
        return decode(data)
    except msgspec.ValidationError as error:
        # The path inside the document is kept; what stood there may be somebody's words, and is not.
        where = str(error).rpartition(" - at ")[2] if " - at " in str(error) else "$"
        raise fail("DOC-002", place, detail=where) from None


class _DocumentExporter(Exporter):
    def _render(self, document: Document) -> str | bytes:
        raise NotImplementedError

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Render the document of a notebook; preprocessors are not run, since no cell is exported."""
        given = resources or {}
        name = given.get("metadata", {}).get("name", "")
        return self._render(find_document(nb, name)), {**given, "output_extension": self.file_extension}


class AvisHTMLExporter(_DocumentExporter):
    """The document of a notebook as one HTML page."""

    export_from_notebook = "Avis (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def _render(self, document: Document) -> str:
        return render_html(document)


class AvisInteractiveExporter(_DocumentExporter):
    """The document of a notebook as one HTML page whose charts answer a finger or a mouse."""

    export_from_notebook = "Avis (HTML interactif)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".interactif.html"

    def _render(self, document: Document) -> str:
        from avis.report.html.interactive import render_interactive  # no other page needs Plotly

        return render_interactive(document)


class AvisPDFExporter(_DocumentExporter):
    """The document of a notebook as an accessible PDF."""

    export_from_notebook = "Avis (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def _render(self, document: Document) -> bytes:
        return render_pdf(document)


class AvisDOCXExporter(_DocumentExporter):
    """The document of a notebook as a DOCX, to proofread and to quote from."""

    export_from_notebook = "Avis (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _file_extension_default(self) -> str:
        return ".docx"

    def _render(self, document: Document) -> bytes:
        from avis.report.docx.document import render_docx  # pages and PDF need none of what it loads

        return render_docx(document)
