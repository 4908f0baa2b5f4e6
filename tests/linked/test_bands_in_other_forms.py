"""One band of ages in the forms of several files is one group of people."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import protect, table

from avis.linked.spans import span_of

FORMS = (
    *(
        "18/24",
        "18_24",
        "[18,25[",
        "18 bis 24",
        "18~24",
        "(18-24)",
        "18-24 années",
        "Âge 18-24",
        "18 à 24 ans",
    ),
    *(
        "[18;25[",
        "]17,24]",
        "(17, 24]",
        "(17.0, 24.0]",
        "[18,25)",
        "[18-24]",
        "18 – 24",
        "18..24",
        "18-24 (ans)",
    ),
    *(
        "von 18 bis 24 Jahren",
        "Tranche d’âge : 18-24",
        "18 bis 24 Jahre",
        "18/24 ans",
        "[18,25[ ans",
        "de 18 a 24 años",
    ),
)


@pytest.mark.parametrize("form", FORMS)
def test_a_band_is_read_in_every_form(form: str) -> None:
    assert span_of(form) == (18, 24)


@pytest.mark.parametrize(
    "text", ["1/2", "01/12", "(18,24)", "24/18", "18/24/30", "Lyon (18)", "page 18-24", "3a 4b"]
)
def test_what_may_be_something_else_is_no_band(text: str) -> None:
    assert span_of(text) is None


@pytest.mark.parametrize("form", [form for form in FORMS if "," not in form])
def test_a_band_of_another_form_is_the_same_cell_in_two_files(tmp_path: Path, form: str) -> None:
    """Two counts for one cell are refused: somebody must have seen that it is one."""
    one = table(tmp_path, "a.csv", "age,n", f"{form},25", "25-34,40")
    two = table(tmp_path, "b.csv", "age,n", "18-24,26", "25-34,40")
    assert protect(one, two, "--json").codes >= {"LIN-020"}


def test_a_band_of_another_form_parts_a_larger_one(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "age,n", "18-34,44")
    two = table(tmp_path, "b.csv", "age,n", "18/24,40", "25/34,4")
    assert protect(one, two, "--json").data["hidden"] > 1
