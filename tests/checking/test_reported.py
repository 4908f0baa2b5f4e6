"""What a report to a funder would leave untold is said by `avis check`, with what to do."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from avis.checking.reported import tell_fields, tell_reports
from avis.errors import Problems
from avis.evaluation import check_evaluation
from avis.folders import Folders
from avis.report.document import Passage
from avis.sources.registers import read_budget

START = """\
title: {fr: Titre, en: Title}
organisation: {name: Association}
period: {start: 2023-01, end: 2024-12}
status: finished
documents: [fiche]
"""
FUNDER = "funders: [{name: {fr: Ville, en: Town}, id: ville, report: cerfa-15059}]\n"
WHOLE = """\
organisation: {name: Association, rna: W123456789, siret: 123 456 789 00012}
funders:
  - name: {fr: Ville, en: Town}
    id: ville
    report: cerfa-15059
    agreement: {number: 23-1, amount: 100}
    fields:
      - {id: resume, label: {fr: Résumé, en: Summary}, limit: 60, measure: words}
      - {id: ou, label: {fr: Où, en: Where}, holds: places}
      - {id: publics, label: {fr: Publics, en: Publics}}
"""


def errors(folder: Path, more: str) -> list[str]:
    (folder / "evaluation.yaml").write_text(more, encoding="utf-8")
    problems = Problems()
    check_evaluation(Folders(folder), problems)
    return [item.code for item in problems.errors]


def remarks(folder: Path, more: str, budget: str = "") -> list[str]:
    (folder / "b.csv").write_text(budget, encoding="utf-8")
    source = "sources: {budget: b.csv}\n" if budget else ""
    (folder / "evaluation.yaml").write_text(more + source, encoding="utf-8")
    problems, told = Problems(), Problems()
    opened = check_evaluation(Folders(folder), problems)
    assert opened is not None and not problems.errors, list(problems)
    rows = read_budget(opened, problems) if budget else pd.DataFrame()
    assert not problems.errors
    tell_reports(opened, rows, told)
    tell_fields(opened, [], told)
    return [item.code for item in told]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("funders: [{name: {fr: Ville}, report: cerfa-15059}]\n", "EVA-080"),
        ("funders: [{name: {fr: A}, id: a}, {name: {fr: B}, id: a}]\n", "EVA-020"),
        ("funders: [{name: {fr: A}, id: a, report: cerfa}]\n", "EVA-013"),
        ("funders: [{name: {fr: A}, fields: [{id: x, label: {fr: X}, holds: budget}]}]\n", "EVA-013"),
        ("funders: [{name: {fr: A}, fields: [{id: x}]}]\n", "EVA-011"),
        (
            "funders: [{name: {fr: A}, fields: [{id: x, label: {fr: X}}, {id: x, label: {fr: X}}]}]\n",
            "EVA-020",
        ),
    ],
)
def test_a_report_without_a_name_for_its_files_or_with_two_alike_is_refused(
    tmp_path: Path, more: str, code: str
) -> None:
    assert errors(tmp_path, START + more) == [code]


def test_a_report_that_nobody_expects_is_refused(tmp_path: Path) -> None:
    asked = START.replace("[fiche]", "[fiche, compte-rendu]")
    assert errors(tmp_path, asked) == ["EVA-081"]
    assert errors(tmp_path, asked + FUNDER) == []


def test_funders_without_a_report_need_no_id(tmp_path: Path) -> None:
    assert errors(tmp_path, START + "funders: [{name: {fr: A}}, {name: {fr: B}}]\n") == []


def test_what_the_report_will_call_not_documented_is_told(tmp_path: Path) -> None:
    assert remarks(tmp_path, START + FUNDER) == ["EVA-084", "EVA-085"]
    whole = START.replace("organisation: {name: Association}\n", "") + WHOLE
    assert remarks(tmp_path, whole) == ["EVA-085", "EVA-082"]  # nothing fills the summary


def test_a_report_without_a_budget_is_told(tmp_path: Path) -> None:
    assert "EVA-085" in remarks(tmp_path, START + FUNDER)
    assert "EVA-085" not in remarks(tmp_path, START + FUNDER, "id;ligne;prevu\na;Salaires;100\n")


def test_a_passage_for_a_field_fills_it(tmp_path: Path) -> None:
    whole = START.replace("organisation: {name: Association}\n", "") + WHOLE
    (tmp_path / "evaluation.yaml").write_text(whole, encoding="utf-8")
    problems = Problems()
    opened = check_evaluation(Folders(tmp_path), problems)
    assert opened is not None
    written = Passage(id="x", place="report:resume", title="", blocks=(), language="fr")
    tell_fields(opened, [written], problems)
    assert not list(problems)


def test_sex_by_age_is_asked_for_where_the_fund_asks(tmp_path: Path) -> None:
    fami = START + FUNDER.replace("cerfa-15059", "fami")
    assert "EVA-083" in remarks(tmp_path, fami)
    people = "id: p, label: {fr: p, en: p}, measure: people, count: person_codes"
    crossed = f"indicators: [{{{people}, by: [[sex, age_band]]}}]\n"
    assert "EVA-083" not in remarks(tmp_path, fami + crossed)


def test_a_planned_budget_that_does_not_balance_is_told(tmp_path: Path) -> None:
    even = "id;ligne;compte;prevu\na;Salaires;64;100\nb;Ville;74;100\n"
    assert "SRC-482" not in remarks(tmp_path, START + FUNDER, even)
    assert "SRC-482" in remarks(tmp_path, START + FUNDER, even.replace("74;100", "74;90"))
    assert "SRC-482" not in remarks(tmp_path, START + FUNDER, "id;ligne;prevu\na;Salaires;100\n")  # one side
    assert "SRC-482" not in remarks(tmp_path, START + FUNDER, even.replace("74;100", "74;"))  # not known
