"""The notebook contract: thin cells, declared parameters, French words, stored outputs that compare."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
COUNTING = ["evaluation"]
WRITING = ["evaluation", "langue", "audience"]
OTHERS = {
    "70-compte-rendu": ["evaluation", "bailleur", "langue", "audience"],
    "75-contribution": ["evaluation", "appel", "langue", "audience"],
    "90-portefeuille": ["evaluations", "organisation", "langue", "audience"],
}
"""Notebooks that ask for something else: a funder, all projects of an association."""


def cells(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def names(path: Path) -> str:
    return path.stem


@pytest.fixture(params=NOTEBOOKS, ids=names)
def notebook(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_notebooks_of_the_spine_are_there() -> None:
    expected = {"10-activites", "20-questionnaire", "30-ateliers", "40-protection", "50-avis", "80-fiche"}
    assert expected <= {path.stem for path in NOTEBOOKS}


def test_the_first_code_cell_declares_the_parameters_as_bare_literals_with_comments(notebook: Path) -> None:
    first = cells(notebook, "code")[0]
    assert first.metadata.get("tags") == ["parameters"]
    assigned = ast.parse(first.source).body
    assert all(isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) for node in assigned)
    declared = [node.targets[0].id for node in assigned if isinstance(node, ast.Assign)]  # type: ignore[attr-defined]
    usual = WRITING if int(notebook.stem[:2]) >= 50 else COUNTING
    assert declared == OTHERS.get(notebook.stem, usual)
    lines = first.source.splitlines()
    assert all(lines[i].startswith("#") for i in range(0, len(lines), 2))


def test_no_other_cell_is_tagged_and_none_does_more_than_call_and_look(notebook: Path) -> None:
    for cell in cells(notebook, "code")[1:]:
        assert not cell.metadata.get("tags")
        code = [line for line in cell.source.splitlines() if line.strip()]
        assert len(code) <= 5
        for node in ast.walk(ast.parse(cell.source)):
            forbidden = (
                ast.FunctionDef,
                ast.For,
                ast.While,
                ast.If,
                ast.Subscript,
                ast.Lambda,
                ast.Try,
                ast.comprehension,
            )
            assert not isinstance(node, forbidden), ast.dump(node)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "/" not in node.value


def test_only_public_names_are_imported(notebook: Path) -> None:
    import avis

    for cell in cells(notebook, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.Import)
            if isinstance(node, ast.ImportFrom):
                assert node.module == "avis"
                assert {alias.name for alias in node.names} <= set(avis.__all__)


def test_evaluators_read_french_before_every_step(notebook: Path) -> None:
    prose = "\n".join(cell.source for cell in cells(notebook, "markdown"))
    assert len(prose) > 200
    assert re.search(r"\b(le|la|les|des|ce)\b", prose)
    assert len(cells(notebook, "markdown")) >= len(cells(notebook, "code")) - 1


def test_stored_outputs_keep_their_counts_so_that_nbval_compares_them(notebook: Path) -> None:
    for index, cell in enumerate(cells(notebook, "code"), start=1):
        assert cell.execution_count == index
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("execution_count", index) == index


def test_no_path_of_a_machine_stands_in_a_stored_notebook(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    for mark in ("/home/", "/root/", "/Users/", "/tmp/", "C:\\\\"):
        assert mark not in text
    assert "papermill" not in nbformat.read(notebook, as_version=4).metadata
