"""The same document gives the same bytes, whatever clock, country and language a computer has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MADE = """
import hashlib, json, sys
sys.path.insert(0, sys.argv[1])
from given_compose import RICH
from given_document import sample_document
from avis.report.compose import COMPOSERS, READERS, compose
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf

made = {}
for lang in ("fr", "en"):
    documents = {kind: compose(kind, RICH, (), lang, READERS.get(kind, ("public",))[0]) for kind in COMPOSERS}
    for kind, document in (documents | {"sample": sample_document(lang)}).items():
        forms = {"html": render_html(document).encode(), "pdf": render_pdf(document)}
        forms["docx"] = render_docx(document)
        made |= {f"{kind}.{lang}.{form}": hashlib.sha256(data).hexdigest() for form, data in forms.items()}
print(json.dumps(made))
"""
FRENCH = {"LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8", "AVIS_LANG": "fr"}
ENGLISH = {"LC_ALL": "C", "LANG": "en_US.UTF-8", "AVIS_LANG": "en"}
PLACES = (
    FRENCH | {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
    ENGLISH | {"TZ": "America/Anchorage", "PYTHONHASHSEED": "2"},
)


def made_in(place: dict[str, str]) -> dict[str, str]:
    found = subprocess.run(
        [sys.executable, "-c", MADE, str(HERE)],
        env=os.environ | place,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(found.stdout))


@pytest.mark.slow
def test_two_time_zones_and_two_locales_give_the_same_bytes() -> None:
    first, second = (made_in(place) for place in PLACES)
    assert len(first) > 20 and first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
