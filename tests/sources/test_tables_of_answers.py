"""A table of answers with dates and codes of persons is no log of activities."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.sources.reading.loose import recognise


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Date;Code;Avis;Note;Commentaire;Âge", "survey"),
        ("Date;Type;Avis", "activities"),
        ("Date;Nombre;Lieu", "activities"),
        ("Date;Participants;Lieu", "activities"),
        ("Date;Heures;Lieu", "activities"),
    ],
)
def test_a_log_says_what_or_how_many_beside_the_date(head: str, kind: str, tmp_path: Path) -> None:
    cells = ";".join(["12/03/2024", *["1"] * head.count(";")])
    (tmp_path / "a.csv").write_text(f"{head}\n{cells}\n{cells}\n", encoding="utf-8")
    found = recognise([(tmp_path / "a.csv", "a.csv")], Problems())
    assert [item.kind for item in found] == [kind]
