"""A text that one language lacks is listed, wherever it stands, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from avis.checking.untranslated import tell_untranslated
from avis.errors import Problems
from avis.evaluation import Evaluation, check_evaluation
from avis.folders import Folders
from avis.told import Wording
from avis.writing.items import Dissent, Item

EVALUATION = """
title: {fr: Un titre}
organisation: {name: Association Exemple}
period: {start: "2023", end: "2024"}
status: running
languages: [fr, en]
documents: [fiche]
objectives:
  - {fr: Ici, en: Here}
  - {en: There}
proofread:
  fr: {by: {fr: un groupe, en: a group}, on: "2024-05"}
sources: {method: methode.yaml}
"""


def opened(folder: Path, languages: str = "[fr, en]") -> tuple[Evaluation, Problems]:
    folder.mkdir()
    (folder / "evaluation.yaml").write_text(EVALUATION.replace("[fr, en]", languages), encoding="utf-8")
    (folder / "methode.yaml").write_text(
        "steps:\n  - {fr: Une étape}\nlimits: {fr: Des limites, en: Limits}\n"
    )
    problems = Problems()
    found = check_evaluation(Folders(folder), problems)
    assert found is not None, [item.told() for item in problems]
    return found, problems


def missing(problems: Problems) -> list[tuple[str, str]]:
    return [
        (f"{item.place.file}:{item.place.field}", str(dict(item.facts)["language"]))
        for item in problems
        if item.code == "EVA-028"
    ]


def test_each_text_of_the_settings_is_listed_with_its_place_and_the_language(tmp_path: Path) -> None:
    _, problems = opened(tmp_path / "essai")
    assert missing(problems) == [
        ("evaluation.yaml:objectives.2", "français"),
        ("evaluation.yaml:title", "anglais"),
    ] and all(item.severity == "warning" for item in problems if item.code == "EVA-028")


def test_tables_files_and_adopted_texts_are_listed_too(tmp_path: Path) -> None:
    evaluation, _ = opened(tmp_path / "essai")
    budget = pd.DataFrame(
        {
            "line_fr": ["Loyer", ""],
            "line_en": ["Rent", "Phone"],
            "explanation_fr": ["", ""],
            "explanation_en": ["", ""],
        }
    ).assign(file="sources/budget.csv", sheet="", row=[2, 3])
    said = (Wording(language="fr", text="Ouvrir le soir.", original=True),)
    both = (*said, Wording(language="en", text="Open in the evening."))
    dissent = Dissent(id="d1", wordings=said)
    items = (
        Item("preco-1", "recommendation", "q1", wordings=said, adopted_version=1),
        Item("preco-2", "recommendation", "q1", wordings=both, adopted_version=1, dissents=(dissent,)),
        Item("projet", "recommendation", "q1", wordings=said),
    )  # fmt: skip
    problems = Problems()
    tell_untranslated(evaluation, {"budget": budget}, items, problems)
    assert missing(problems) == [
        ("sources/budget.csv:ligne_fr", "français"),
        ("methode.yaml:steps.1", "anglais"),
        ("seances:preco-1", "anglais"),
        ("seances:d1", "anglais"),
    ]
    assert problems.items[0].place.line == 3


def test_an_evaluation_of_one_language_lacks_nothing(tmp_path: Path) -> None:
    evaluation, problems = opened(tmp_path / "essai", "[fr]")
    tell_untranslated(evaluation, {}, (), problems)
    assert missing(problems) == [("evaluation.yaml:objectives.2", "français")]
