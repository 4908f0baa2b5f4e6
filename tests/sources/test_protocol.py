"""A protocol that is not frozen yet, deviations that are none, and answers to reporting standards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.method import Method, read_method

Association = Callable[..., Evaluation]
PROTOCOL = "# Protocole\n\nTrois ateliers.\n"


def read(association: Association, sheet: str, protocol: str | None = PROTOCOL) -> tuple[Method, Problems]:
    problems = Problems()
    files: dict[str, str | bytes] = {"methode.yaml": sheet}
    if protocol is not None:
        files["protocole.md"] = protocol
    return read_method(association(files, method="methode.yaml"), problems), problems


def test_the_hash_to_write_is_told_where_none_is_written(association: Association) -> None:
    sheet = "protocol: {file: protocole.md, frozen_on: 2024-01-10}\n"
    _, problems = read(association, sheet)
    (told,) = problems
    assert (told.code, told.severity) == ("SRC-450", "warning")
    written = (
        f"protocol: {{file: protocole.md, sha256: {dict(told.facts)['sha256']}, frozen_on: 2024-01-10}}\n"
    )
    assert list(read(association, written)[1]) == []


def test_a_protocol_that_no_sheet_names_is_told_with_its_hash(association: Association) -> None:
    sheet = "sections: {limits: {fr: Des limites.}}\n"
    assert list(read(association, sheet, None)[1]) == []
    _, problems = read(association, sheet)
    (told,) = problems
    assert told.code == "SRC-451"
    assert str(dict(told.facts)["sha256"]) in tell(problems)


def test_a_changed_protocol_is_refused_and_the_way_is_a_dated_deviation(association: Association) -> None:
    sheet = f"protocol: {{file: protocole.md, sha256: {'0' * 64}, frozen_on: 2024-01-10}}\n"
    _, problems = read(association, sheet)
    assert [item.code for item in problems.errors] == ["SRC-126"]
    assert "deviations" in tell(problems)


@pytest.mark.parametrize(
    ("on", "codes"), [("2024-01-09", ["SRC-452"]), ("2024-01-10", []), ("2024-01", []), ("2023", ["SRC-452"])]
)
def test_a_deviation_is_not_older_than_the_protocol(
    association: Association, on: str, codes: list[str]
) -> None:
    sheet = "protocol: {file: protocole.md, frozen_on: 2024-01-10}\n"
    _, problems = read(association, f"{sheet}deviations:\n  - {{on: {on}, fr: Autre chose.}}\n")
    assert [item.code for item in problems if item.code != "SRC-450"] == codes


def test_answers_to_a_standard_are_read_by_item(association: Association) -> None:
    sheet = """standards: [coreq]
reporting:
  coreq:
    "7": {not_done: {fr: personne ne l’a demandé}}
    "21": {where: {fr: dans les notes}}
"""
    method, problems = read(association, sheet, None)
    assert list(problems) == []
    (standard,) = method.standards
    assert [(one.item, bool(one.where), bool(one.not_done)) for one in standard.answers] == [
        (7, False, True),
        (21, True, False),
    ]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("standards: [coreq]\nreporting: {coreq: {7: {where: {fr: a}, not_done: {fr: b}}}}\n", "SRC-456"),
        ("reporting: {srqr: {7: {where: {fr: a}}}}\n", "SRC-458"),
        ("standards: [coreq]\nreporting: {coreq: {33: {where: {fr: a}}}}\n", "EVA-010"),
        ("standards: [coreqs]\n", "EVA-013"),
        ("standards: [coreq]\nreporting: {coreq: {7: {score: 1}}}\n", "EVA-010"),
    ],
)
def test_what_is_wrong_in_the_answers_is_told(association: Association, sheet: str, code: str) -> None:
    _, problems = read(association, sheet, None)
    assert [item.code for item in problems] == [code]
