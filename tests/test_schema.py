"""What a person types in YAML means what a person meant, and every mistake is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation, check_evaluation
from avis.folders import Folders
from avis.i18n import Language, say
from avis.marked import load_yaml, parse_yaml
from avis.spelling import YES

GOOD = """\
title: {fr: Titre, en: Title}
organisation: {name: Association}
period: {start: 2023-01, end: 2024-12}
status: finished
documents: [fiche]
"""

TWICE = """\
indicators:
  - {id: a, label: {fr: x}, measure: acts}
  - {id: a, label: {fr: y}, measure: acts}"""
DECIDED = """\
disclosure: {threshold: 5, decided_by: {fr: le CA}, decided_on: 2024-01-10, reason: {fr: petit groupe}}
"""


def check(folder: Path, text: str | bytes) -> tuple[Problems, object]:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "evaluation.yaml").write_bytes(data)
    problems = Problems()
    return problems, check_evaluation(Folders(folder), problems)


def codes(problems: Problems) -> set[str]:
    return {problem.code for problem in problems.errors}


def test_a_right_evaluation_has_no_problem(tmp_path: Path) -> None:
    problems, opened = check(tmp_path, GOOD)
    assert codes(problems) == set()
    assert opened is not None


def test_what_is_admitted_is_listed_without_the_empty_word(tmp_path: Path) -> None:
    problems, _ = check(tmp_path, GOOD + "\nfunders: [{name: {fr: A}, id: a, report: cerfa}]\n")
    (told,) = [item for item in problems.errors if item.code == "EVA-013"]
    assert dict(told.facts)["admitted"] == "cerfa-15059, fami"


@pytest.mark.parametrize("word", ["no", "on", "14:30", "010", "2024-01-02", "1e3", "~x"])
def test_a_scalar_stays_the_text_that_was_typed(word: str) -> None:
    marked = parse_yaml(f"name: {word}\n", "x.yaml", Problems())
    assert marked is not None
    assert marked.data == {"name": word}


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ("organisaton: {name: x}", "EVA-010", 6),
        ("minors: perhaps", "EVA-013", 6),
        ("disclosure: {threshold: eleven}", "EVA-012", 6),
        ("disclosure: {threshold: 4}", "EVA-016", 6),
        ("disclosure: {threshold: 10}", "EVA-025", 6),
        ("disclosure: {threshold: 14:30}", "EVA-012", 6),
        ("title: {fr: Encore}", "EVA-007", 6),
        ("request: {by: {fr: x}, date: 2024-02-30, questions: [{id: q, text: {fr: x}}]}", "EVA-017", 6),
        ("request: {by: {fr: x}, date: hier, questions: [{id: q, text: {fr: x}}]}", "EVA-014", 6),
        ("sources: {activities: [sources/rien.csv]}", "EVA-021", 6),
        ("sources: {activities: [../autre.csv]}", "EVA-022", 6),
        ("sources: {activities: [/etc/passwd]}", "EVA-022", 6),
        ("indicators: [{id: A B, label: {fr: x}, measure: acts}]", "EVA-014", 6),
        ("indicators: [{id: a, label: {fr: x}, measure: people, count: rows}]", "EVA-026", 6),
        ("indicators: [{id: a, label: {fr: x}, measure: acts, count: figure}]", "EVA-027", 6),
        (TWICE, "EVA-020", 8),
        ("title2:", "EVA-010", 6),
        ("partners: [a, b", "EVA-005", 7),
        ("partners: &a [x]", "EVA-006", 6),
        ("partners: !!python/object:os.system x", "EVA-006", 6),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code_and_its_line(tmp_path: Path, change: str, code: str, line: int) -> None:
    problems, _ = check(tmp_path, GOOD + change + "\n")
    found = {problem.code: problem.place.line for problem in problems.errors}
    assert found.get(code) == line, found


def test_all_problems_are_told_at_once_each_with_its_place(tmp_path: Path) -> None:
    text = GOOD + "minors: perhaps\nstatu: x\ndisclosure: {threshold: 4}\n"
    problems, _ = check(tmp_path, text)
    assert codes(problems) == {"EVA-010", "EVA-013", "EVA-016"}
    told = [problem.told("fr") for problem in problems]
    assert any("Vouliez-vous dire « status »" in line for line in told)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EVA-008"),
        (b"   \n# rien\n", "EVA-008"),
        ("titre: é".encode("latin-1"), "EVA-003"),
        (b"a: " + b"x" * 1_100_000, "EVA-004"),
        (b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n", "EVA-006"),
        (b"[" * 50 + b"]" * 50, "EVA-009"),
        (b"a:\tb\n\tc: d\n", "EVA-005"),
        (b"a: \x00\n", "EVA-005"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    problems = Problems()
    assert load_yaml(path, "x.yaml", problems) is None
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize("word", [*YES, "Oui", "VRAI"])
def test_yes_is_yes_however_it_is_written(tmp_path: Path, word: str) -> None:
    name = "organisation: {name: Association, fictional: " + word + "}"
    problems, opened = check(tmp_path, GOOD.replace("organisation: {name: Association}", name))
    assert codes(problems) == set()
    assert isinstance(opened, Evaluation) and opened.settings.organisation.fictional


@pytest.mark.parametrize("date", ["2024-02-30", "2024-13", "2024-3", "0000-01"])
def test_a_date_that_is_none_is_told_once(tmp_path: Path, date: str) -> None:
    request = f"request: {{by: {{fr: x}}, date: {date}, questions: [{{id: q, text: {{fr: x}}}}]}}\n"
    assert [problem.code for problem in check(tmp_path, GOOD + request)[0].errors] == ["EVA-017"]


@pytest.mark.parametrize(("typed", "number"), [("010", 10), ("1,5", 1.5), ("1.5", 1.5), ("12", 12)])
def test_a_number_is_read_as_it_is_written_in_french_too(tmp_path: Path, typed: str, number: float) -> None:
    indicator = "{id: a, label: {fr: x}, measure: acts, where: {type: 010}, target: '" + typed + "'}"
    _, opened = check(tmp_path, f"{GOOD}indicators: [{indicator}]\n")
    assert isinstance(opened, Evaluation)
    assert opened.settings.indicators[0].target == number
    assert opened.settings.indicators[0].where == {"type": "010"}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", ["object", "array", "string", "integer", "number", "boolean"])
def test_every_type_of_a_schema_has_words(kind: str, lang: Language) -> None:
    assert say(f"evaluation.types.{kind}", lang)


def test_a_missing_file_is_said_not_raised(tmp_path: Path) -> None:
    problems = Problems()
    assert load_yaml(tmp_path / "rien.yaml", "rien.yaml", problems) is None
    assert codes(problems) == {"EVA-002"}


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    problems, opened = check(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert codes(problems) == set()
    assert opened is not None


def test_a_text_missing_in_one_language_is_a_remark(tmp_path: Path) -> None:
    problems, _ = check(tmp_path, GOOD.replace(", en: Title", ""))
    assert [problem.code for problem in problems] == ["EVA-028"]
    assert not problems.errors


def test_a_lower_threshold_needs_who_when_and_why_and_no_minor(tmp_path: Path) -> None:
    problems, _ = check(tmp_path, GOOD + DECIDED + "minors: none\n")
    assert codes(problems) == set()
    problems, _ = check(tmp_path, GOOD + DECIDED)  # unknown age counts as minor
    assert codes(problems) == {"EVA-025"}


@pytest.mark.parametrize("title", ["{fr: Mon avis: la suite}", "{fr: 'L'accueil'}", "'L'accueil'"])
def test_the_two_slips_of_french_yaml_are_told_with_their_cure(tmp_path: Path, title: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"a: b\ntitle: {title}\n", encoding="utf-8")
    problems = Problems()
    load_yaml(path, "x.yaml", problems)
    (found,) = problems
    assert (found.code, found.place.line) == ("EVA-005", 2)
    assert '{fr: "L\'accueil"}' in found.told("fr")
    assert "exemple-fictif" not in found.told("fr") + found.told("en")
