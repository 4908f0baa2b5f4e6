"""The codebook: one tree of themes, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.sources.coding.codebook import read_codebook

Association = Callable[..., Evaluation]


def codebook(association: Association, text: str) -> tuple[list[str], list[tuple[str, int]]]:
    problems = Problems()
    frame = read_codebook(association({"codebook.yaml": text}, codebook="codebook.yaml"), problems)
    return frame["code"].tolist(), [(item.code, item.place.line) for item in problems]


def test_a_code_keeps_its_labels_parent_definition_day_and_reason(association: Association) -> None:
    text = (
        "codes:\n  - {id: venir, label: {fr: Venir}}\n"
        "  - {id: trajet, label: {fr: Trajet, en: Journey}, parent: venir, definition: {fr: La route.},"
        " since: 2024-03, reason: {en: First workshop.}}\n"
    )
    frame = read_codebook(association({"codebook.yaml": text}, codebook="codebook.yaml"), Problems())
    assert frame.iloc[1].to_dict() == {
        "code": "trajet",
        "label_fr": "Trajet",
        "label_en": "Journey",
        "parent": "venir",
        "definition_fr": "La route.",
        "definition_en": "",
        "since": "2024-03",
        "reason_fr": "",
        "reason_en": "First workshop.",
        "status": "",
        "into": "",
    }


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("{id: a, label: {fr: A}}\n  - {id: a, label: {fr: B}}", [("SRC-120", 3)]),
        ("{id: a, label: {fr: A}, parent: b}", [("SRC-121", 2)]),
        ("{id: a, label: {fr: A}, parent: a}", [("SRC-122", 2)]),
        (
            "{id: a, label: {fr: A}, parent: b}\n  - {id: b, label: {fr: B}, parent: a}",
            [("SRC-122", 2), ("SRC-122", 3)],
        ),
        ("{id: a}", [("EVA-011", 2)]),
        ("{id: É, label: {fr: A}}", [("EVA-014", 2)]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    association: Association, codes: str, expected: list[tuple[str, int]]
) -> None:
    assert codebook(association, f"codes:\n  - {codes}\n")[1] == expected


def test_a_code_written_twice_counts_once(association: Association) -> None:
    text = "codes:\n  - {id: a, label: {fr: A}}\n  - {id: a, label: {fr: B}}\n"
    assert codebook(association, text)[0] == ["a"]


def test_no_codebook_is_an_empty_one(association: Association) -> None:
    problems = Problems()
    assert read_codebook(association({}), problems).empty
    assert not problems.items
