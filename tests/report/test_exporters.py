"""`jupyter nbconvert --to avis_html` and `--to avis_pdf`, by the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from avis.errors import AvisError
from avis.report.document import MIME, Document, encode
from avis.report.docx.document import render_docx
from avis.report.exporters import AvisDOCXExporter, AvisHTMLExporter, AvisPDFExporter, find_document
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf

CANARY = "canari-Blessing"


def notebook(*bundles: Any) -> Any:
    """A notebook that shows bundles, and holds words that must not leave."""
    cells = [nbformat.v4.new_markdown_cell(CANARY)]
    for bundle in bundles:
        outputs = [
            nbformat.v4.new_output("stream", text=CANARY),
            nbformat.v4.new_output("display_data", data={MIME: bundle, "text/plain": CANARY}),
            nbformat.v4.new_output("error", ename="X", evalue=CANARY, traceback=[CANARY]),
        ]
        cells.append(nbformat.v4.new_code_cell(f"'{CANARY}'", outputs=outputs))
    cells.append(nbformat.v4.new_code_cell(f"'{CANARY}'"))
    return nbformat.v4.new_notebook(cells=cells, metadata={"papermill": {"parameters": {"x": CANARY}}})


def convert(folder: Path, kind: str) -> subprocess.CompletedProcess[str]:
    jupyter = Path(sys.executable).with_name("jupyter")
    command = [str(jupyter), "nbconvert", "--to", kind, "x.ipynb"]
    env = {**os.environ, "AVIS_LANG": "fr"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_plain_command_writes_the_page_and_the_pdf(french: Document, tmp_path: Path) -> None:
    nbformat.write(notebook(encode(french)), tmp_path / "x.ipynb")
    for kind in ("avis_html", "avis_pdf"):
        done = convert(tmp_path, kind)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == render_html(french)
    assert (tmp_path / "x.pdf").read_bytes() == render_pdf(french)


@pytest.mark.slow
def test_the_plain_command_says_what_is_missing_and_fails(tmp_path: Path) -> None:
    nbformat.write(notebook(), tmp_path / "x.ipynb")
    done = convert(tmp_path, "avis_html")
    assert done.returncode != 0 and not (tmp_path / "x.html").exists()
    assert "DOC-001 x.ipynb" in done.stderr and "Exécutez le carnet" in done.stderr


def test_nothing_of_the_notebook_but_the_document_leaves(french: Document) -> None:
    made, resources = AvisHTMLExporter().from_notebook_node(notebook(encode(french)))
    assert CANARY not in made and resources["output_extension"] == ".html"


def test_the_last_document_is_the_one(french: Document) -> None:
    first = {**encode(french), "title": "Ancien titre"}
    assert find_document(notebook(first, encode(french))) == french


def test_the_pdf_is_bytes_with_its_extension(french: Document) -> None:
    made, resources = AvisPDFExporter().from_notebook_node(notebook(encode(french)))
    assert made.startswith(b"%PDF") and resources["output_extension"] == ".pdf"


def test_the_docx_is_bytes_with_its_extension(french: Document) -> None:
    made, resources = AvisDOCXExporter().from_notebook_node(notebook(encode(french)))
    assert made == render_docx(french) and resources["output_extension"] == ".docx"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_notebook_without_a_document_is_told_what_to_do(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_LANG", lang)
    with pytest.raises(AvisError, match={"fr": "Exécutez le carnet", "en": "Run the notebook"}[lang]):
        find_document(notebook())


@pytest.mark.parametrize(
    "change", [{"title": 3}, {"format": "avis.document/9"}, {"blocks": [{"t": "script"}]}, {"more": CANARY}]
)
def test_a_bundle_that_is_no_document_is_refused_without_its_words(
    french: Document, change: dict[str, Any]
) -> None:
    with pytest.raises(AvisError, match="DOC-002") as caught:
        find_document(notebook({**encode(french), **change}))
    assert CANARY not in str(caught.value)
