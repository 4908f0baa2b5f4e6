"""Which projects stand in an association's portfolio, and what `portefeuille.yaml` may say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.errors import AvisError, Problems
from avis.folders import Folders
from avis.portfolios import find_evaluations, folders_of, projects_of, read_shelf, slug_of

NAMED = "themes:\n  - {id: droits, label: {fr: Droits, en: Rights}}\n"


def evaluation(
    folder: Path, slug: str, organisation: str = "Essai", documents: str = "[fiche]", **more: str
) -> Path:
    made = folder / slug
    made.mkdir(parents=True)
    lines = [
        "title: {fr: Titre, en: Title}",
        f"organisation: {{name: {organisation}}}",
        "period: {start: 2023-01, end: 2024-12}",
        "status: finished",
        f"documents: {documents}",
        *(f"{key}: {value}" for key, value in more.items()),
    ]
    (made / "evaluation.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def test_a_project_stands_in_the_portfolio_of_its_association_where_it_has_a_sheet(tmp_path: Path) -> None:
    evaluation(tmp_path, "un")
    evaluation(tmp_path, "deux", "ESSAI")
    evaluation(tmp_path, "autre", "Autre")
    evaluation(tmp_path, "sans-fiche", documents="[restitution]")
    (tmp_path / "casse").mkdir()
    (tmp_path / "casse" / "evaluation.yaml").write_text("[", encoding="utf-8")
    assert [one.folders.slug for one in projects_of(tmp_path, "Essai")] == ["deux", "un"]
    assert len(projects_of(tmp_path)) == 3


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (NAMED, []),
        ("theme: []\n", ["EVA-010"]),
        ("themes:\n  - {id: droits}\n", ["EVA-011"]),
        (NAMED + "  - {id: droits, label: {fr: Encore}}\n", ["EVA-193"]),
        (NAMED + "organisations:\n  - {name: Essai, intro: {fr: x}}\n", ["EVA-010"]),
    ],
)
def test_what_is_wrong_in_the_file_is_told(tmp_path: Path, text: str, codes: list[str]) -> None:
    (tmp_path / "portefeuille.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    read_shelf(tmp_path, problems)
    assert [item.code for item in problems.errors] == codes


@pytest.mark.parametrize(("themes", "codes"), [("[droits]", []), ("[droits, emploi]", ["EVA-192"])])
def test_a_theme_without_a_name_is_told_where_it_stands(
    tmp_path: Path, themes: str, codes: list[str]
) -> None:
    (tmp_path / "portefeuille.yaml").write_text(NAMED, encoding="utf-8")
    made = evaluation(tmp_path, "un", themes=themes)
    told = check(Folders(made)).errors
    assert [item.code for item in told] == codes
    assert all((item.place.file, item.place.line) == ("evaluation.yaml", 6) for item in told)


def test_without_the_file_nobody_asks_for_names(tmp_path: Path) -> None:
    assert check(Folders(evaluation(tmp_path, "un", themes="[emploi]"))).errors == []


def test_an_introduction_is_found_however_the_name_is_spelled(tmp_path: Path) -> None:
    text = "organisations:\n  - {name: Association Essai, introduction: {fr: Bonjour.}}\n"
    (tmp_path / "portefeuille.yaml").write_text(text, encoding="utf-8")
    shelf = read_shelf(tmp_path, Problems())
    assert shelf is not None
    assert shelf.introduction("association  essai") == {"fr": "Bonjour."}
    assert shelf.introduction("Autre") == {}


def test_a_portfolio_is_made_apart_from_every_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    place = folders_of(tmp_path, "Association Été")
    assert place.drafts == tmp_path / "portefeuilles" / "association-ete" / "build" / "brouillon"
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "b"))
    assert place.drafts == tmp_path / "b" / "portefeuilles" / "association-ete" / "brouillon"
    assert re.fullmatch(r"association-[0-9a-f]{8}", slug_of("../.."))


def test_a_folder_without_evaluations_is_told(tmp_path: Path) -> None:
    with pytest.raises(AvisError, match="RUN-020"):
        find_evaluations(tmp_path)
