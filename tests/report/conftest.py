"""What tests of rendering share: the rich document and its charts."""

from __future__ import annotations

import pytest
from given_document import all_charts, sample_document

from avis.exhibits import Chart, Table
from avis.report.document import Document


@pytest.fixture(scope="session", params=["fr", "en"])
def document(request: pytest.FixtureRequest) -> Document:
    """The rich document, in each language."""
    return sample_document(request.param)


@pytest.fixture(scope="session")
def french() -> Document:
    """The rich document in French."""
    return sample_document("fr")


@pytest.fixture(scope="session")
def charts() -> list[tuple[Chart, tuple[Table, ...]]]:
    """A chart of every form, with its tables."""
    return all_charts()
