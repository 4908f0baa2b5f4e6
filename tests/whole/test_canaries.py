"""Twenty words planted in raw inputs must be in no published byte."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from built import Draft, drafts, run_avis


def plant_row(path: Path, index: int, words: dict[str, str]) -> None:
    """Put words into a row of a CSV, adding the columns that it lacks, and keep its layout."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source, delimiter=";")
        heads, rows = list(reader.fieldnames or ()), list(reader)
    rows[index] |= words
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(
            target, list(dict.fromkeys([*heads, *words])), delimiter=";", quoting=csv.QUOTE_ALL, restval=""
        )
        writer.writeheader()
        writer.writerows(rows)


def plant(folder: Path) -> list[str]:
    """Plant names, a phone number, an address, free texts, codes; give what must never be seen again."""
    sources = folder / "sources"
    planted = [str(folder.parent), "evaluations/exemple-fictif/sources"]

    def put(word: str) -> str:
        planted.append(word)
        return word

    row = {
        "note": "Zorglane Quimbey",
        "titre": "rencontre chez Ysoline Trabuc",
        "source": "cahier-de-Firmance.odt",
    }
    plant_row(sources / "activites.csv", 3, {name: put(word) for name, word in row.items()})
    row = {"nom": "Oudwenna Baliste", "telephone": "07 11 22 33 99"}
    plant_row(sources / "personnes.csv", 2, {name: put(word) for name, word in row.items()})
    row = {"temoin": "Cunegarde Obrillant", "code_retour": "RETOURQX77"}
    plant_row(sources / "consentements.csv", 0, {name: put(word) for name, word in row.items()})
    answers = sources / "questionnaire" / "apres.csv"
    heads = answers.read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(";")
    free = [head for head in heads if head.endswith("_other") or head.rpartition("/")[2] in FREE_TEXTS]
    assert len(free) >= 2, "the survey has an “other” and a free text"
    plant_row(answers, 1, {head: put(f"chez ma cousine Virlande {index}") for index, head in enumerate(free)})
    note = sorted((sources / "ateliers").glob("*.md"))[0]
    lines = [
        f"{{#canari-1}} P1 : {put('Bastourine m’a dit de venir le mardi')}",
        f"{{#canari-2}} Mémo : {put('appeler Éliphane au 06 99 88 77 66')}",
        f"{{#canari-3}} Observation : {put('le mari de Solvanne attendait dehors')}",
        f"{{#canari-4}} Groupe : {put('nous logeons au 14 impasse des Gobevents')}",
        f"{{#canari-5}} Résumé : {put('dossier numéro 7583920164')}",
    ]
    note.write_text(note.read_text(encoding="utf-8") + "\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    return planted


FREE_TEXTS = ("remarque", "commentaire", "suggestion", "suggestions", "idee", "texte", "libre")


@pytest.fixture
def built(copy_of_exemple: Path, tmp_path: Path) -> tuple[list[str], dict[str, Draft], Path]:
    planted = plant(copy_of_exemple)
    build = tmp_path / "build-canaries"
    done = run_avis("build", str(copy_of_exemple), "--lang", "all", build=build)
    assert done.returncode == 0, done.stderr
    return planted, drafts(build), build


@pytest.mark.slow
def test_no_planted_word_is_in_a_published_byte(built: tuple[list[str], dict[str, Draft], Path]) -> None:
    planted, published, build = built
    assert len(set(planted)) >= 15
    assert {"avis.public.fr.html", "avis.public.fr.pdf", "avis.public.en.html", "avis.public.en.pdf"} <= set(
        published
    )
    sealed = (build / "exemple-fictif" / "private" / "exhibits.json").read_text(encoding="utf-8")
    for word in planted:
        for draft in published.values():
            assert word not in draft.everything, draft.path.name
        assert word not in sealed or word.startswith("evaluations/")


@pytest.mark.slow
def test_no_person_code_and_no_word_left_aside_is_published(
    built: tuple[list[str], dict[str, Draft], Path], copy_of_exemple: Path
) -> None:
    _, published, _ = built
    with (copy_of_exemple / "sources" / "personnes.csv").open(encoding="utf-8") as source:
        codes = [row["code"] for row in csv.DictReader(source, delimiter=";")]
    assert len(codes) > 50
    texts = [draft.text for draft in published.values()]
    for code in codes:
        assert all(code not in text for text in texts)
    left_aside = rejected_words(copy_of_exemple)
    assert left_aside
    for words in left_aside:
        assert all(words not in text for text in texts)


def rejected_words(folder: Path) -> list[str]:
    """The texts of amendments that the group rejected: they stay in the room."""
    found = []
    for log in sorted((folder / "seances").glob("*.jsonl")):
        words = json.loads(log.with_suffix(".mots.json").read_text(encoding="utf-8"))
        events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        proposed = {
            e["body"]["amendment"]: e["body"]["text"]["word"]
            for e in events
            if e["type"] == "amendment_proposed"
        }
        rejected = [e["body"]["amendment"] for e in events if e["type"] == "amendment_rejected"]
        found += [words[proposed[name]]["text"] for name in rejected]
    return found
