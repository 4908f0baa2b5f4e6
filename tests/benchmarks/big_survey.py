"""A large survey as Kobo exports it: `;`, every cell quoted, French text over several lines.

Made from a fixed seed, so that every machine measures the same file.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 20261121
KINDS = ("select_one", "integer", "text", "select_one", "date", "decimal", "select_one", "text")
"""The types of the questions, over and over; the first question is a select_multiple."""
CODES = {
    "accord": ("pas_du_tout", "plutot_pas", "plutot", "tout_a_fait", "nsp"),
    "freins": ("horaires", "garde", "distance", "langue", "prix", "aucun"),
}
SENTENCES = (
    "L’accueil était chaleureux, mais l’attente trop longue.",
    "J’y suis revenue parce que l’équipe écoute vraiment ;\non nous a expliqué chaque papier.",
    "Les horaires du soir manquent, et la garde des enfants n’est pas prévue.",
    "Nous avons préparé le repas « ensemble », et cela change tout.",
    "Le trajet coûte cher.\nQuand il pleut, personne ne vient.",
    "Je n’ai pas compris la lettre de la préfecture : une traduction aiderait.",
)


def write_big_survey(folder: Path, records: int = 200_000, questions: int = 32) -> tuple[Path, Path]:
    """Write an export and its form; give both paths."""
    names = [f"q{number:02}" for number in range(1, questions + 1)]
    kinds = ["select_multiple", *(KINDS[number % len(KINDS)] for number in range(questions - 1))]
    form, answers = folder / "formulaire.csv", folder / "reponses.csv"
    _write_form(form, list(zip(names, kinds, strict=True)))
    with answers.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        split = [f"q01/{code}" for code in CODES["freins"]]
        out.writerow(
            [names[0], *split, *names[1:], "_id", "_uuid", "_submission_time", "__version__", "_index"]
        )
        out.writerows(_rows(kinds, records))
    return answers, form


def _write_form(path: Path, questions: list[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["survey", "", "", "", ""])
        out.writerow(["", "type", "name", "label::fr", "relevant"])
        for number, (name, kind) in enumerate(questions):
            of = {"select_one": " accord", "select_multiple": " freins"}.get(kind, "")
            asked = "selected(${q01}, 'garde')" if number % 11 == 5 else ""
            out.writerow(["", kind + of, name, f"Question {number + 1}", asked])
        out.writerow(["choices", "", "", "", ""])
        out.writerow(["", "list_name", "name", "label::fr", ""])
        for of, codes in CODES.items():
            out.writerows(["", of, code, code.replace("_", " "), ""] for code in codes)


def _rows(kinds: list[str], records: int) -> Iterator[list[str]]:
    chance = random.Random(SEED)
    draw = {
        "select_one": lambda: chance.choice(CODES["accord"]),
        "integer": lambda: str(chance.randrange(100)),
        "decimal": lambda: f"{chance.random() * 100:.2f}",
        "date": lambda: f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "text": lambda: _text(chance),
    }
    for number in range(1, records + 1):
        ticked = [chance.random() < 0.3 for _ in CODES["freins"]]
        joined = " ".join(code for code, yes in zip(CODES["freins"], ticked, strict=True) if yes)
        split = [str(int(yes)) if joined else "" for yes in ticked]
        cells = [draw[kind]() if chance.random() < 0.9 else "" for kind in kinds[1:]]
        for at in range(5, len(kinds), 11):  # asked of those who ticked « garde » alone
            cells[at - 1] = cells[at - 1] if ticked[1] else ""
        uuid = f"{chance.getrandbits(128):032x}"
        sent = f"2024-06-{number % 28 + 1:02}T10:{number % 60:02}:00"
        yield [joined, *split, *cells, str(number), uuid, sent, "v1", str(number)]


def _text(chance: random.Random) -> str:
    """Write one text; hardly any two are the same."""
    return f"{chance.choice(SENTENCES)} ({chance.randrange(10**6)} fois)"
