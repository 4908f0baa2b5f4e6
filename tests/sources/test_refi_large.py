"""What one project of REFI-QDA may cost to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from coded_files import code, codes, packed, qde, qdpx, read

from avis.sources.coding import documents, refi

TEXT = "P1 : Les bus ne passent plus.\nP2 : L’école est loin.\nOn marche une heure."
PASSAGES = [(5, 12, "bus"), (TEXT.index("On"), len(TEXT), "trajet")]


def test_a_project_larger_than_any_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_ROWS", 5)
    coded, _ = read(tmp_path, qdpx(TEXT, PASSAGES))  # three paragraphs, two codings
    assert coded is not None
    assert len(coded.notes.segments) == 3
    monkeypatch.setattr(documents, "MAX_ROWS", 4)
    _, problems = read(tmp_path, qdpx(TEXT, PASSAGES))
    assert [item.code for item in problems.errors] == ["SRC-374"]


@pytest.mark.parametrize(("n", "expected"), [(2, []), (3, []), (4, ["SRC-374"])])
def test_a_project_of_too_many_codes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int, expected: list[str]
) -> None:
    monkeypatch.setattr(refi, "MAX_ITEMS", 3)
    _, problems = read(tmp_path, packed(qde("", "".join(code(f"c{number}") for number in range(n)))))
    assert codes(problems) == expected
