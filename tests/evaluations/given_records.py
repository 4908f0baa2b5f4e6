"""Invented logs that add up to published figures: drawn from a system's name, in a folder that goes away.

Nothing of them is about anybody. They hold what makes counting wrong: one woman in two activities, one code
written in two ways or twice in a row, rows of another time, acts noted by twos and threes.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from given_fourteen import EVALUATIONS

from avis.evaluation import open_evaluation
from avis.settings import Indicator

HEAD = ("date", "type", "titre", "nombre", "participants", "codes", "role", "source")
BOOK = {
    "femmes-en-rendez-vous": ("cahier des rendez-vous", ("rendez-vous",)),
    "femmes-en-groupe": ("cahier des groupes", ("groupes", "ateliers")),
    "membres": ("cahier des ateliers", ("ateliers",)),
}
"""By indicator of people: the book that holds its acts, and the indicators that count these acts."""
Row = dict[str, str]


def write_records(slug: str, home: Path, *, engaged_by_role: bool = True, known: bool = False) -> Path:
    """Write an evaluation that counts its published figures from records; give its folder.

    `known`: the published totals stand beside, each naming its indicator.
    """
    folder, random = home / slug, Random(slug)
    (folder / "sources").mkdir(parents=True)
    settings = open_evaluation(EVALUATIONS / slug).settings
    counted = [one for one in settings.indicators if one.count == "figure"]
    figures = {row["id"]: row for row in _published(slug)}
    if not engaged_by_role:
        figures = {
            id: row | {"mesure": row["mesure"].replace("engaged", "people")} for id, row in figures.items()
        }
    numbers = {one.id: int(figures[one.figure]["valeur"] or 0) for one in counted}
    books = {act: BOOK[one.id][0] for one in counted if one.id in BOOK for act in BOOK[one.id][1]}
    rows = [row for one in counted for row in _rows_of(one, numbers, books.get(one.id, ""), random, slug)]
    rows += _codes_in(rows, counted, numbers, random)
    rows += [*_before(rows, settings.period.start), *_uncounted(settings.records, counted, random, slug)]
    random.shuffle(rows)
    _write(folder / "sources" / "activites.csv", HEAD, rows)
    _write(folder / "sources" / "personnes.csv", ("code", "tranche_age", "mineur"), _persons(rows, random))
    of_records = {one.figure: one.id for one in counted}
    beside = [
        row | {"indicateur": of_records.get(id, "")}
        for id, row in figures.items()
        if known or id not in of_records
    ]
    data = _settings(slug, counted, engaged_by_role)
    data["sources"] = {"activities": ["sources/activites.csv"], "persons": "sources/personnes.csv"}
    if beside:
        _write(folder / "sources" / "chiffres-publies.csv", tuple(beside[0]), beside)
        data["sources"]["published"] = "sources/chiffres-publies.csv"
    (folder / "evaluation.yaml").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def copy_log(folder: Path) -> None:
    """Put the same log into the folder a second time, under another name."""
    shutil.copy(folder / "sources" / "activites.csv", folder / "sources" / "activites-copie.csv")
    path = folder / "evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"sources/activites.csv"', '"sources/activites*.csv"'), encoding="utf-8")


def _settings(slug: str, counted: list[Indicator], engaged_by_role: bool) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(open_evaluation(EVALUATIONS / slug).marked.data))
    by_id = {one.id: one for one in counted}
    for one in data.get("indicators", ()):
        one.pop("figure")
        one |= _way(by_id[one["id"]], engaged_by_role)
    return data


def _way(one: Indicator, engaged_by_role: bool) -> dict[str, Any]:
    """Say how records become the number that a page published."""
    if one.measure == "engaged":
        measure = "engaged" if engaged_by_role else "people"
        return {"count": "person_codes", "where": {"type": f"equipe-{one.id}"}, "measure": measure}
    if one.measure == "people":
        return {"count": "person_codes", "where": {"source": BOOK[one.id][0]}}
    return {"count": "count", "where": {"type": one.id}}


def _rows_of(one: Indicator, numbers: dict[str, int], book: str, random: Random, slug: str) -> Iterator[Row]:
    """Give rows of acts and productions that add up to the number; those of people come with their codes."""
    left = numbers[one.id]
    if one.measure in ("people", "engaged"):
        return
    several = random.random() < 0.5 and not book
    while left:
        n = min(left, random.randint(1, 3)) if several and one.measure == "acts" else 1
        title = f"production {left}" if one.measure == "productions" else ""
        number = str(n) if n > 1 else random.choice(("", "1"))
        yield _row(random, slug, type=one.id, titre=title, nombre=number, source=book)
        left -= n


def _codes_in(
    rows: list[Row], counted: list[Indicator], numbers: dict[str, int], random: Random
) -> list[Row]:
    """Put people into the acts of their book, and give the rows of the team; women may be in two books."""
    made: list[Row] = []
    pool = [f"{a}{b}{c}" for a in "ABCDEFGHJK" for b in range(2, 9) for c in "LMNPQRSTUVWXYZ"]
    random.shuffle(pool)
    everybody: list[str] = []
    for one in counted:
        if one.measure not in ("people", "engaged"):
            continue
        n = numbers[one.id]
        shared = random.sample(everybody, min(len(everybody), n * 2 // 3)) if one.measure == "people" else []
        own = [*shared, *(pool.pop() for _ in range(n - len(shared)))]
        if one.measure == "people":
            acts = [row for row in rows if row["source"] == BOOK[one.id][0]]
            everybody += own
        else:
            acts = [row | {"type": f"equipe-{one.id}", "role": one.id} for row in _team(random, rows)]
            made += acts
        _spread(own, acts, random)
    return made


def _team(random: Random, rows: list[Row]) -> list[Row]:
    dated = [row["date"] for row in rows] or ["2022-03-04"]
    blank = dict.fromkeys(HEAD, "")
    return [blank | {"date": random.choice(dated)} for _ in range(random.randint(3, 9))]


def _spread(codes: list[str], acts: list[Row], random: Random) -> None:
    """Let each person come at least once, most of them again, and each act hold somebody."""
    present: list[list[str]] = [[] for _ in acts]
    for code in codes:
        random.choice(present).append(code)
    for held in present:
        again = random.sample(codes, min(len(codes), random.randint(0 if held else 1, 2)))
        held += [
            code.lower() if random.random() < 0.3 else code for code in again
        ]  # the same, written otherwise
    for row, held in zip(acts, present, strict=True):
        row["codes"] = " ; ".join(held)


def _before(rows: list[Row], start: str) -> list[Row]:
    """Give rows of the years before the project: the same types, and people whom nobody counts here."""
    year = int(start[:4]) - 2
    return [row | {"date": f"{year}-05-{day:02}"} for day, row in enumerate(rows[:6], 1)]


def _uncounted(kinds: Any, counted: list[Indicator], random: Random, slug: str) -> list[Row]:
    """Give records of what the project can count and of which its page gives no number."""
    known = {one.id for one in counted}
    left = [kind.id for kind in kinds if kind.id not in known]
    return [
        _row(random, slug, type=id, participants="41") for id in left for _ in range(random.randint(2, 5))
    ]


def _row(random: Random, slug: str, **given: str) -> Row:
    period = open_evaluation(EVALUATIONS / slug).settings.period
    first, last = (int(end[:4]) for end in (period.start, period.end))
    months = range(1, 13)
    if len(period.start) > 4:
        first, months = last, range(1, int(period.end[5:7]) + 1)
    date = f"{random.randint(first, last)}-{random.choice(months):02}-{random.randint(1, 28):02}"
    return dict.fromkeys(HEAD, "") | {"date": date} | given


def _persons(rows: list[Row], random: Random) -> list[Row]:
    codes = sorted({code.strip().upper() for row in rows for code in row["codes"].split(";") if code.strip()})
    bands = ("moins de 18", "18-25", "26-35", "36-45")
    return [{"code": code, "tranche_age": random.choice(bands), "mineur": ""} for code in codes]


def _published(slug: str) -> list[Row]:
    path = EVALUATIONS / slug / "sources" / "chiffres-publies.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _write(path: Path, head: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, head, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
