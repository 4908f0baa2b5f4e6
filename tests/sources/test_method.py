"""The method sheet: sections, dated deviations, and a protocol that stays as it was frozen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.sources.method import Method, check_frozen_first, protocol_hash, read_method

Association = Callable[..., Evaluation]
PROTOCOL = "# Protocole\n\nTrois ateliers.\n"


def sheet(hash: str) -> str:
    return f"""sections:
  limits: {{fr: Des limites., en: Some limits.}}
deviations:
  - {{on: 2024-03-20, fr: Un atelier de plus.}}
  - {{on: 2023-05, fr: Un report., en: A postponement.}}
protocol: {{file: protocole.md, sha256: {hash}, frozen_on: 2023-03-10}}
"""


def method(association: Association, protocol: str | bytes, sha256: str) -> tuple[Method, list[str]]:
    problems = Problems()
    files: dict[str, str | bytes] = {"methode.yaml": sheet(sha256), "protocole.md": protocol}
    found = read_method(association(files, method="methode.yaml"), problems)
    return found, [item.code for item in problems]


@pytest.fixture
def frozen(tmp_path: Path) -> str:
    path = tmp_path / "frozen.md"
    path.write_bytes(PROTOCOL.encode())
    return protocol_hash(path)


def test_sections_and_deviations_are_read_in_the_order_of_their_dates(
    association: Association, frozen: str
) -> None:
    found, codes = method(association, PROTOCOL, frozen)
    assert codes == []
    assert found.sections == {"limits": {"fr": "Des limites.", "en": "Some limits."}}
    assert found.deviations == (
        {"fr": "mai 2023\u00a0: Un report.", "en": "May 2023: A postponement."},
        {"fr": "20 mars 2024\u00a0: Un atelier de plus."},
    )
    assert found.protocol_frozen_on == "2023-03-10"


def test_a_protocol_changed_by_one_letter_is_an_error(association: Association, frozen: str) -> None:
    assert method(association, PROTOCOL.replace("Trois", "trois"), frozen)[1] == ["SRC-126"]


def test_line_ends_do_not_change_a_protocol(association: Association, frozen: str) -> None:
    assert method(association, PROTOCOL.replace("\n", "\r\n").encode(), frozen)[1] == []


def test_a_protocol_that_is_not_there_is_an_error(association: Association, frozen: str) -> None:
    problems = Problems()
    read_method(association({"methode.yaml": sheet(frozen)}, method="methode.yaml"), problems)
    assert [(item.code, item.place.line) for item in problems] == [("SRC-125", 6)]


def test_an_unknown_section_is_an_error_that_proposes_the_right_one(association: Association) -> None:
    problems = Problems()
    text = "sections: {limit: {fr: Des limites.}}\n"
    assert read_method(association({"methode.yaml": text}, method="methode.yaml"), problems) == Method()
    assert [(item.code, dict(item.facts).get("hint")) for item in problems] == [("EVA-010", "limits")]


@pytest.mark.parametrize(
    ("first_meeting", "expected"), [("2023-03-09", ["SRC-128"]), ("2023-03-10", []), ("2023-03-11", [])]
)
def test_a_protocol_is_frozen_before_the_first_meeting(first_meeting: str, expected: list[str]) -> None:
    problems = Problems()
    check_frozen_first(Method(protocol_frozen_on="2023-03-10"), first_meeting, problems, "methode.yaml")
    assert [item.code for item in problems] == expected
