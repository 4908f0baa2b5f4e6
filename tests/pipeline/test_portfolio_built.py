"""A portfolio is built from sealed exhibits, again where one of them changed, and never from a broken one."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from avis.cli.portfolio import make_portfolios, wants_portfolio
from avis.errors import AvisError
from avis.folders import Folders, find, write_whole
from avis.pipeline.plan import Task
from avis.pipeline.portfolio import build_portfolio, explain_portfolio, portfolios
from avis.pipeline.run import Wanted
from avis.steps.portfolio import load_projects, write_portfolio

TOLD = """\
title: {{fr: Projet {slug}, en: Project {slug}}}
organisation: {{name: Association Essai}}
period: {{start: "{year}", end: "{year}"}}
status: finished
languages: [fr, en]
documents: [fiche]
objectives: [{{fr: Un but., en: A goal.}}]
themes: [culture]
minors: none
indicators:
  - {{id: films, label: {{fr: films, en: films}}, unit: {{fr: films, en: films}}, measure: productions,
     count: figure, figure: films, items: [{{id: film-1, label: {{fr: Un film, en: A film}}}}]}}
sources: {{published: chiffres.csv}}
"""
FIGURES = "id;titre;valeur;mesure;source;reperage\nfilms;Films;1;productions;Page publique;p. 1\n"
SHELF = "themes: [{id: culture, label: {fr: Culture, en: Culture}}]\n"
Patch = pytest.MonkeyPatch
FRENCH = Wanted(documents=("portefeuille",), formats=("html",))


def written(folder: Path) -> Path:
    """Write two small projects that made the same film, beside names of themes; nothing is built yet."""
    for slug, year in (("un", "2022"), ("deux", "2023")):
        (folder / slug).mkdir(parents=True)
        (folder / slug / "evaluation.yaml").write_text(TOLD.format(slug=slug, year=year), encoding="utf-8")
        (folder / slug / "chiffres.csv").write_text(FIGURES, encoding="utf-8")
    (folder / "portefeuille.yaml").write_text(SHELF, encoding="utf-8")
    return folder


@pytest.fixture
def evaluations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    return written(tmp_path / "evaluations")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, counted and protected without a kernel, with a sheet of one of them."""
    from avis.steps.protection import hand_exhibits_over, protect_together

    folder = written(tmp_path_factory.mktemp("once") / "evaluations")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AVIS_BUILD", raising=False)
        patch.setenv("AVIS_AS_OF", "2026-01-01")
        for slug in ("un", "deux"):
            hand_exhibits_over(protect_together(str(folder / slug)))
        drafts = find(folder / "un").drafts
    drafts.mkdir(parents=True)
    (drafts / "fiche.public.fr.html").write_text("<p>fiche</p>", encoding="utf-8")
    return folder


@pytest.fixture
def handed(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to change at will."""
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    return shutil.copytree(once, tmp_path / "evaluations")


def asked(**more: object) -> argparse.Namespace:
    usual = {"evaluations": [], "all": True, "document": "all", "audience": "", "lang": "fr", "to": "html"}
    return argparse.Namespace(**(usual | {"jobs": 1, "force": False, "explain": False} | more))


def test_a_portfolio_is_asked_for_by_name_or_with_everything() -> None:
    assert wants_portfolio(asked())
    assert wants_portfolio(asked(all=False, document="portefeuille"))
    assert not wants_portfolio(asked(all=False))
    assert not wants_portfolio(asked(document="fiche"))
    assert not wants_portfolio(asked(audience="recipient"))


def test_two_evaluations_of_an_association_have_one_portfolio(evaluations: Path) -> None:
    (one,) = portfolios([evaluations / "un", evaluations / "deux"])
    assert [project.folders.slug for project in one.projects] == ["deux", "un"]
    assert one.folders.slug == "association-essai"


def test_what_two_projects_made_is_counted_once_from_their_files(handed: Path) -> None:
    projects = load_projects(str(handed), "association essai", "fr", "public")
    assert repr(projects) == "2 projets de Association Essai, d’après leurs pièces scellées."
    document = write_portfolio(projects)
    assert "1 production est nommée." in str(document)


@pytest.mark.parametrize("harm", ["break", "remove"])
def test_exhibits_that_cannot_be_had_are_refused_by_name(handed: Path, harm: str) -> None:
    path = find(handed / "deux").exhibits
    whole = path.read_text(encoding="utf-8")
    path.unlink()
    if harm == "break":
        path.write_text(whole.replace('"n": 1', '"n": 2'), encoding="utf-8")
    with pytest.raises(AvisError) as caught:
        load_projects(str(handed), "Association Essai", "fr", "public")
    assert [(item.code, item.place.file) for item in caught.value.problems] == [("RUN-022", "deux")]
    assert ("DIS-012" if harm == "break" else "DIS-010") in str(caught.value)


def test_an_association_without_a_project_and_a_theme_without_a_name_are_told(handed: Path) -> None:
    with pytest.raises(AvisError, match="RUN-021"):
        load_projects(str(handed), "Une autre", "fr", "public")
    (handed / "portefeuille.yaml").unlink()
    with pytest.raises(AvisError, match="EVA-192"):
        load_projects(str(handed), "Association Essai", "fr", "public")


def test_a_failed_evaluation_leaves_the_last_good_portfolio_and_is_told(
    handed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(handed.parent)
    (one,) = portfolios([handed / "un"])
    one.folders.drafts.mkdir(parents=True)
    good = one.folders.drafts / "portefeuille.public.fr.html"
    good.write_text("le bon", encoding="utf-8")
    assert make_portfolios(asked(), ("html",), {handed / "deux"}) == 1
    assert good.read_text(encoding="utf-8") == "le bon"
    told = capsys.readouterr().err
    assert "RUN-023" in told
    assert "deux" in told
    assert "restés en place" in told


def test_a_portfolio_is_not_made_without_a_project_whose_file_cannot_be_read(
    handed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(handed.parent)
    (handed / "deux" / "evaluation.yaml").write_text("title: [", encoding="utf-8")
    assert make_portfolios(asked(), ("html",), set()) == 1
    told = capsys.readouterr().err
    assert "RUN-023" in told and "deux" in told


@pytest.mark.slow
def test_it_is_made_again_only_where_something_that_it_shows_changed(handed: Path) -> None:
    (one,) = portfolios([handed / "un"])
    assert "jamais" in explain_portfolio(one, FRENCH, False)
    assert build_portfolio(one, FRENCH).ran == ["90-portefeuille.public.fr"]
    again = build_portfolio(one, FRENCH)
    assert (again.ran, again.fresh) == ([], ["90-portefeuille.public.fr"])
    assert "à jour" in explain_portfolio(one, FRENCH, False)
    page = again.drafts[0].read_text(encoding="utf-8")
    for href in re.findall(r'href="(fiches/[^"]+)"', page):
        assert (again.drafts[0].parent / href).read_text(encoding="utf-8") == "<p>fiche</p>"
    assert len(set(re.findall(r'href="(fiches/[^"]+)"', page))) == 1
    (find(handed / "un").drafts / "fiche.public.fr.html").unlink()
    assert "a changé" in explain_portfolio(one, FRENCH, False)
    assert build_portfolio(one, FRENCH).ran == ["90-portefeuille.public.fr"]
    assert not list(again.drafts[0].parent.glob("fiches/*"))


def test_a_format_that_was_not_made_again_is_not_called_up_to_date(handed: Path, monkeypatch: Patch) -> None:
    (portfolio,) = portfolios([handed / "un"])
    both = Wanted(documents=("portefeuille",), formats=("html", "pdf"))
    monkeypatch.setattr("avis.pipeline.portfolio.run_task", pretend)
    assert build_portfolio(portfolio, both).ran
    shelf = handed / "portefeuille.yaml"
    shelf.write_text(SHELF.replace("en: Culture", "en: Arts"), encoding="utf-8")
    assert build_portfolio(portfolio, FRENCH).ran and not build_portfolio(portfolio, FRENCH).ran
    assert build_portfolio(portfolio, both).ran and not build_portfolio(portfolio, both).ran


def pretend(folders: Folders, task: Task, formats: tuple[str, ...]) -> None:
    """Write what a notebook would make, without running it."""
    for path in task.outputs(folders, formats):
        write_whole(path, "made")


@pytest.mark.slow
def test_one_command_builds_a_project_its_sheet_and_the_portfolio_that_leads_to_it(evaluations: Path) -> None:
    shutil.rmtree(evaluations / "deux")
    command = [sys.executable, "-m", "avis.cli", "build", "--all", "--to", "html"]
    done = subprocess.run(
        command, cwd=evaluations.parent, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    drafts = evaluations / "portefeuilles" / "association-essai" / "build" / "brouillon"
    page = (drafts / "portefeuille.public.fr.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="(fiches/[^"]+)"', page)) == {"fiches/un.public.fr.html"}
    assert (drafts / "fiches" / "un.public.fr.html").read_bytes() == (
        find(evaluations / "un").drafts / "fiche.public.fr.html"
    ).read_bytes()
