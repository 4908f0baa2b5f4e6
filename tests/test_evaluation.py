"""What `evaluation.yaml` may name: files of its own folder, and people under the name of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.checking.check import check
from avis.errors import Problems
from avis.evaluation import Evaluation, check_evaluation
from avis.folders import Folders

START = """\
title: {fr: Titre, en: Title}
organisation: {name: Association}
period: {start: 2023-01, end: 2024-12}
status: finished
documents: [fiche]
"""


def opened(folder: Path, more: str) -> tuple[Evaluation | None, list[str]]:
    (folder / "evaluation.yaml").write_text(START + more, encoding="utf-8")
    problems = Problems()
    return check_evaluation(Folders(folder), problems), [item.code for item in problems.errors]


def checked(folder: Path, more: str) -> list[str]:
    (folder / "evaluation.yaml").write_text(START + more, encoding="utf-8")
    return [item.code for item in check(Folders(folder)).errors]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file beside the evaluation's folder, which nothing in it may reach."""
    (tmp_path / "secret.csv").write_text("date;type\n2024-01-01;atelier\n", encoding="utf-8")
    folder = tmp_path / "evaluation"
    (folder / "sources").mkdir(parents=True)
    return folder


def test_before_the_first_session_its_folder_may_be_empty_and_no_other_may(tmp_path: Path) -> None:
    levels = "{id: oui, label: {fr: Oui}, kind: support}, {id: non, label: {fr: Non}, kind: oppose}"
    scales = f"scales: {{accord: {{version: 1, levels: [{levels}]}}}}\n"
    assert opened(tmp_path, scales + "sources: {sessions: [seances/*.jsonl]}\n")[1] == []
    assert opened(tmp_path, scales + "sources: {sessions: [seance/*.jsonl]}\n")[1] == ["EVA-021"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/etc/hosts", "EVA-022"),
        ("/etc/*", "EVA-022"),
        ("../secret.csv", "EVA-022"),
        ("sources/../../secret.csv", "EVA-022"),
        ("~/secret.csv", "EVA-022"),
        (r"C:\secret.csv", "EVA-022"),
        (r"\\server\secret.csv", "EVA-022"),
        (r"..\secret.csv", "EVA-022"),
        ("sources/link.csv", "EVA-022"),
        ("sources/*.csv", "EVA-022"),
        ("sources/folder/secret.csv", "EVA-022"),
        ("sources/loop.csv", "EVA-021"),
        ("sources/named.csv", "EVA-021"),
        ("sources/nothing.csv", "EVA-021"),
        (".", "EVA-021"),
        ("x" * 300, "EVA-021"),
        ("**/*.csv", "EVA-034"),
        ("**/**/**/**/x", "EVA-034"),
        ("sources/**.csv", "EVA-034"),
    ],
)
@pytest.mark.parametrize(
    "key",
    ["activities: [PATH]", "persons: PATH", "codebook: PATH", "surveys: [{id: a, file: PATH, form: PATH}]"],
)
def test_a_source_that_is_no_file_of_the_folder_is_refused_and_never_read(
    outside: Path, path: str, code: str, key: str
) -> None:
    (outside / "sources" / "link.csv").symlink_to(outside.parent / "secret.csv")
    (outside / "sources" / "folder").symlink_to(outside.parent)
    (outside / "sources" / "loop.csv").symlink_to("loop.csv")
    (outside / "sources" / "named.csv").mkdir()
    quoted = f"'{path}'"
    told = checked(outside, f"sources:\n  {key.replace('PATH', quoted)}\n")
    assert set(told) == {code}
    evaluation, _ = opened(outside, "")
    assert evaluation is not None
    assert evaluation.files(path) == []


def test_a_link_inside_the_folder_is_a_file_like_another(outside: Path) -> None:
    (outside / "sources" / "a.csv").write_text("date;type\n2024-01-01;atelier\n", encoding="utf-8")
    (outside / "sources" / "b.csv").symlink_to("a.csv")
    evaluation, codes = opened(outside, "sources: {activities: [sources/b.csv]}\n")
    assert codes == []
    assert evaluation is not None
    assert [path.name for path in evaluation.files("sources/*.csv")] == ["a.csv", "b.csv"]


MEASURES = ["acts", "attendances", "people", "engaged", "productions", "hours", "money"]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("count", ["rows", "count", "participants", "person_codes", "people", "hours"])
def test_people_are_counted_as_people_and_nothing_else_is(tmp_path: Path, measure: str, count: str) -> None:
    indicator = f"indicators: [{{id: a, label: {{fr: x}}, measure: {measure}, count: {count}}}]\n"
    people, counts_people = measure in ("people", "engaged"), count in ("person_codes", "people")
    expected = [] if people == counts_people else ["EVA-026" if people else "EVA-032"]
    assert opened(tmp_path, indicator)[1] == expected


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("by", ["age_band", "sex", "year"])
def test_only_people_are_broken_down_by_age_or_sex(tmp_path: Path, measure: str, by: str) -> None:
    count = "person_codes" if measure in ("people", "engaged") else "rows"
    indicator = f"indicators: [{{id: a, label: {{fr: x}}, measure: {measure}, count: {count}, by: [{by}]}}]\n"
    expected = [] if measure == "people" or by == "year" else ["EVA-033"]
    assert opened(tmp_path, indicator)[1] == expected


@pytest.mark.parametrize("decided_on", ["2024-02-30", "2024", ""])
def test_a_lower_threshold_is_asked_for_its_decision_once(tmp_path: Path, decided_on: str) -> None:
    when = f"decided_on: '{decided_on}', " if decided_on else ""
    decided = f"disclosure: {{threshold: 5, decided_by: {{fr: le CA}}, {when}reason: {{fr: petit}}}}\n"
    told = checked(tmp_path, f"{decided}minors: none\n")
    assert told == (["EVA-017"] if decided_on == "2024-02-30" else ["DIS-002"])


@pytest.mark.parametrize(
    ("measure", "ids", "codes"),
    [
        ("productions", "film-1 film-2", []),
        ("acts", "film-1 film-2", ["EVA-190"]),
        ("productions", "film-1 film-1", ["EVA-191"]),
    ],
)
def test_only_productions_are_named_and_each_once(
    tmp_path: Path, measure: str, ids: str, codes: list[str]
) -> None:
    items = ", ".join(f"{{id: {id}}}" for id in ids.split())
    asked = (
        f"indicators: [{{id: films, label: {{fr: Films, en: Films}}, measure: {measure}, items: [{items}]}}]"
    )
    assert opened(tmp_path, asked + "\n")[1] == codes


def test_kinds_of_records_have_an_identifier_each(tmp_path: Path) -> None:
    kind = "{id: atelier, label: {fr: ateliers, en: workshops}, measure: acts}"
    assert opened(tmp_path, f"records: [{kind}]\n")[1] == []
    assert opened(tmp_path, f"records: [{kind}, {kind}]\n")[1] == ["EVA-020"]
    assert opened(tmp_path, "records: [{id: a, label: {fr: A}, measure: actes}]\n")[1] == ["EVA-013"]
