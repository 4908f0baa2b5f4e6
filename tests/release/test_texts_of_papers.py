"""What goes out holds the texts that its draft holds: each document reads its own places."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.exhibits import Audience, Exhibits, Verdict
from avis.handover.assembling import make_setting
from avis.release.papers import compose_papers
from avis.sources.method import Method

YAML = """\
title: {fr: Un projet}
organisation: {name: Association A, fictional: true}
period: {start: 2024-01, end: 2024-12}
status: finished
languages: [fr]
documents: [avis, compte-rendu, contribution]
funders: [{name: {fr: Ville}, id: ville, report: cerfa-15059, fields: [{id: resume, label: {fr: Court}}]}]
request: {by: {fr: Ville}, questions: [{id: a, text: {fr: Et alors ?}}]}
calls: [{id: onu, to: {fr: R}, confidentiality: public, questions: [{id: q1, text: {fr: Quoi}}]}]
"""
WRITTEN = {"plain": "Pour chacune.", "bilan:resume": "Pour la ville.", "appel:onu:q1": "Pour la rapporteuse."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "evaluation.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "textes").mkdir()
    for at, (place, words) in enumerate(WRITTEN.items()):
        text = f"---\nplace: {place}\n---\n{words}\n"
        (tmp_path / "textes" / f"{at}.fr.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("funder", {"avis": "Pour chacune.", "compte-rendu": "Pour la ville."}),
        ("public", {"avis": "Pour chacune.", "contribution": "Pour la rapporteuse."}),
    ],
)
def test_each_paper_holds_the_texts_of_its_own_places_and_no_others(
    folder: Path, audience: Audience, expected: dict[str, str]
) -> None:
    opened, problems = open_evaluation(folder), Problems()
    setting = make_setting(opened.slug, opened.settings, Method())
    verdict = Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={})
    exhibits = Exhibits(setting=setting, sources=(), exhibits=(), verdict=verdict)
    papers = compose_papers(opened, exhibits, ["fr"], audience, problems)
    assert not problems.errors
    told = {paper.document.kind: msgspec.json.encode(paper.document).decode() for paper in papers}
    found = {kind: [words for words in WRITTEN.values() if words in text] for kind, text in told.items()}
    assert found == {kind: [words] for kind, words in expected.items()}


def test_an_answer_to_a_call_that_the_exhibits_do_not_know_is_not_made_of_all_of_them(folder: Path) -> None:
    opened, problems = open_evaluation(folder), Problems()
    setting = make_setting(opened.slug, opened.settings, Method())
    verdict = Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={})
    before = Exhibits(
        setting=msgspec.structs.replace(setting, calls=()), sources=(), exhibits=(), verdict=verdict
    )
    papers = compose_papers(opened, before, ["fr"], "public", problems)
    assert "DOC-042" in [item.code for item in problems.errors]
    assert "contribution" not in [paper.document.kind for paper in papers]
