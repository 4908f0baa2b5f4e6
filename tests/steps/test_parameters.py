"""Unknown parameters are refused at the first call of a kernel; what is tried out later is not looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell

from avis.errors import AvisError
from avis.steps import parameters


def run(shell: InteractiveShell, cell: str) -> None:
    shell.run_cell(cell, store_history=True)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setattr(parameters, "_looked", False)
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("name", ["seuil", "threshold", "_seuil", "exit", "In", "get_ipython", "langue"])
def test_an_undeclared_parameter_is_refused_by_name_without_its_value(
    shell: InteractiveShell, name: str
) -> None:
    run(shell, "evaluation = 'x'")
    run(shell, f"# Parameters\n{name} = 'b4d'")
    with pytest.raises(AvisError) as error:
        parameters.refuse_unknown(parameters.COUNTING)
    assert [(item.code, dict(item.facts)["name"]) for item in error.value.problems] == [("RUN-005", name)]
    assert "b4d" not in str(error.value)


def test_declared_parameters_and_objects_pass(shell: InteractiveShell) -> None:
    shell.run_cell(
        "evaluation = 'x'\nlangue = 'fr'\naudience = 'public'\nimport json\nmade = object()",
        store_history=True,
    )
    parameters.refuse_unknown(parameters.WRITING)


def test_what_an_evaluator_tries_after_the_first_call_is_her_own(shell: InteractiveShell) -> None:
    run(shell, "evaluation = 'x'")
    parameters.refuse_unknown(parameters.COUNTING)
    run(shell, "lignes = 3")
    parameters.refuse_unknown(parameters.COUNTING)


@pytest.mark.parametrize(("langue", "good"), [("fr", True), ("en", True), ("de", False), ("", False)])
def test_only_known_languages_pass(langue: str, good: bool) -> None:
    if good:
        assert parameters.check_language(langue) == langue
    else:
        with pytest.raises(AvisError, match="RUN-006"):
            parameters.check_language(langue)
