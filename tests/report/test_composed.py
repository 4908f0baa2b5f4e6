"""What composing makes, rendering takes: every document, language and audience, full and empty."""

from __future__ import annotations

import page
import pytest
from given_compose import EMPTY, RICH

from avis.exhibits import Exhibits
from avis.i18n import LANGUAGES, Language
from avis.report.compose import COMPOSERS, compose
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf


@pytest.mark.parametrize("exhibits", [RICH, EMPTY], ids=["rich", "empty"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_composed_document_becomes_a_page_and_an_accessible_pdf(
    exhibits: Exhibits, lang: Language
) -> None:
    for kind in COMPOSERS:
        document = compose(kind, exhibits, (), lang, "funder")
        assert document.kind == kind and document.banners[0].startswith(("Projet", "Draft"))
        assert len(compose(kind, exhibits, (), lang, "funder", draft=False).banners) < len(document.banners)
        assert f'<html lang="{lang}"' in render_html(document)
        pdf = render_pdf(document)
        assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
