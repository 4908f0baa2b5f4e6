"""The activity log: two years of an access-to-rights desk, some months known only as a total."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from generateur.people import Person
from generateur.tables import write_csv

Row = dict[str, object]
COLUMNS = ["date", "debut", "fin", "type", "titre", "lieu", "nombre", "participants", "personnes"]
COLUMNS += ["codes", "role", "heures", "qualificatif", "source", "note"]
DESK = "local de l’association"
WORKS = (dt.date(2023, 4, 1), dt.date(2023, 5, 14))  # the desk was closed: the gap to the target
EVENINGS_FROM = dt.date(2024, 4, 1)


def invent_activities(chance: random.Random, people: Sequence[Person]) -> list[Row]:
    """Invent all rows, ordered by date then type."""
    rows = [
        *_appointments(chance, [person.code for person in people if person.place == "rendez-vous"]),
        *_desk(chance),
        *_groups(chance, [person.code for person in people if person.place != "equipe"]),
        *_rounds(chance),
        *_interpreting(chance, [person.code for person in people if person.role == "interprète"]),
        *_team(chance, people),
        *_workshops(),
        *_leaflets(),
    ]
    return sorted(rows, key=lambda row: (str(row.get("date") or row["debut"]), str(row["type"])))


def write_activities(path: Path, rows: Sequence[Row]) -> None:
    """Write `activites.csv`."""
    write_csv(path, COLUMNS, rows)


def _days(year: int, weekday: int, every: int = 1) -> list[dt.date]:
    first = dt.date(year, 1, 8)
    first += dt.timedelta(days=(weekday - first.weekday()) % 7)
    days = [first + dt.timedelta(weeks=every * week) for week in range(52 // every)]
    summer = [dt.date(year, 8, 1), dt.date(year, 8, 21)]
    return [
        day
        for day in days
        if day.year == year and day < dt.date(year, 12, 22)
        if not (summer[0] <= day <= summer[1] or WORKS[0] <= day <= WORKS[1])
    ]


def _total(first: str, last: str, kind: str, **more: object) -> Row:
    return {"debut": first, "fin": last, "type": kind, "source": "relevé mensuel", **more}


def _appointments(chance: random.Random, codes: list[str]) -> Iterator[Row]:
    """41 + 3 in 2023 for 38 people, 58 + 4 in 2024 for 47 people, 15 of whom came in both years."""
    codes = codes.copy()
    chance.shuffle(codes)
    both, only_2023, only_2024 = codes[:15], codes[15:38], codes[38:]
    for year, people, times in ((2023, both + only_2023, 41), (2024, both + only_2024, 58)):
        again = chance.sample(people, times - len(people))
        days = sorted(chance.choices(_days(year, 2), k=times))
        names = people + again
        chance.shuffle(names)
        for day, code in zip(days, names, strict=True):
            yield {
                "date": day.isoformat(),
                "type": "rendez-vous",
                "titre": chance.choice(("logement", "papiers", "santé", "école", "travail")),
                "lieu": chance.choice((DESK, DESK, DESK, "maison des droits")),
                "participants": 1,
                "codes": code,
                "heures": chance.choice(("0,5", "1", "1", "1,5")),
                "source": "carnet de rendez-vous",
            }
    lost = "Fiches du mois perdues, total repris du calendrier : les codes manquent."
    yield _total("2023-07", "2023-07", "rendez-vous", lieu=DESK, nombre=3, note=lost)
    yield _total("2024-08", "2024-08", "rendez-vous", lieu=DESK, nombre=4, note=lost)


def _desk(chance: random.Random) -> Iterator[Row]:
    for year, usual in ((2023, (2, 8)), (2024, (4, 11))):
        days = [day for day in _days(year, 2) if day >= dt.date(2023, 3, 1)]
        evenings = [day for day in _days(year, 3, every=4) if day >= EVENINGS_FROM]
        for day, title in [(day, "après-midi") for day in days] + [(day, "soir") for day in evenings]:
            yield {
                "date": day.isoformat(),
                "type": "permanence",
                "titre": title,
                "lieu": DESK,
                "participants": chance.randint(*usual),
                "heures": "3" if title == "après-midi" else "2",
                "source": "cahier de l’accueil",
            }
    start = "Avant le cahier de l’accueil : estimation de l’équipe."
    for month, people in (("2023-01", 20), ("2023-02", 25)):
        about = f"environ {people}"  # the openings are exact, the visits are not
        yield _total(month, month, "permanence", lieu=DESK, nombre=4, participants=about, note=start)


def _groups(chance: random.Random, codes: list[str]) -> Iterator[Row]:
    for year in (2023, 2024):
        for day in _days(year, 5, every=4)[:11]:
            here = chance.sample(codes, chance.randint(6, 10))
            uncoded = chance.choice((0, 0, 1, 2))
            yield {
                "date": day.isoformat(),
                "type": "groupe",
                "titre": chance.choice(("courrier", "logement", "école", "santé", "trajets")),
                "lieu": "médiathèque",
                "participants": len(here) + uncoded,
                "codes": " ".join(sorted(here)),
                "heures": "2",
                "source": "feuille de présence",
                "note": f"{uncoded} sans code" if uncoded else "",
            }


def _rounds(chance: random.Random) -> Iterator[Row]:
    places = ("gare", "marché", "quartier des Tanneurs")
    for year in (2023, 2024):
        for day in _days(year, 1, every=2):
            if day < dt.date(2023, 4, 1):
                continue
            fair = chance.random() < 0.15
            yield {
                "date": day.isoformat(),
                "type": "tournee",
                "titre": "tournée d’information",
                "lieu": "marché" if fair else chance.choice(places),
                "participants": f"environ {chance.choice((30, 40, 50))}" if fair else chance.randint(5, 18),
                "source": "carnet de tournée",
            }
    more = {"lieu": "gare", "nombre": 5, "participants": 40, "qualificatif": "environ"}
    yield _total("2023-01", "2023-03", "tournee", **more, note="Total du trimestre, estimé par l’équipe.")


def _interpreting(chance: random.Random, codes: list[str]) -> Iterator[Row]:
    for year, times in ((2023, 14), (2024, 24)):
        for day in sorted(chance.sample(_days(year, 2), times)):
            yield {
                "date": day.isoformat(),
                "type": "interpretariat",
                "titre": chance.choice(("anglais", "anglais", "edo", "pidgin")),
                "lieu": DESK,
                "codes": chance.choice(codes),
                "role": "interprète",
                "heures": chance.choice(("1", "1,5", "2", "2,5")),
                "source": "feuille des interprètes",
            }


def _team(chance: random.Random, people: Sequence[Person]) -> Iterator[Row]:
    roles: dict[str, list[str]] = {}
    for person in people:
        if person.role:
            roles.setdefault(person.role, []).append(person.code)
    for number, month in enumerate((1, 4, 7, 10, 13, 16, 19, 22)):
        day = dt.date(2023 + (month > 12), (month - 1) % 12 + 1, 20)
        for role, codes in roles.items():
            here = codes if number == 7 else chance.sample(codes, max(2, len(codes) - chance.randint(0, 2)))
            yield {
                "date": day.isoformat(),
                "type": "equipe",
                "titre": "réunion d’équipe",
                "lieu": DESK,
                "participants": len(here),
                "codes": " ".join(sorted(here)),
                "role": role,
                "heures": "2",
                "source": "compte rendu de réunion",
            }


def _workshops() -> Iterator[Row]:
    held = {
        "2023-03-18": 9,
        "2023-06-10": 8,
        "2023-09-23": 11,
        "2023-11-18": 7,
        "2024-01-20": 10,
        "2024-03-16": 12,
        "2024-05-25": 9,
        "2024-06-22": 6,
        "2024-09-21": 13,
        "2024-10-19": 5,
        "2024-11-09": 5,
        "2024-11-23": 14,
    }
    for day, many in held.items():
        yield {
            "date": day,
            "type": "atelier",
            "titre": "atelier d’évaluation",
            "lieu": "médiathèque",
            "participants": many,
            "heures": "2,5",
            "source": "notes d’atelier",
        }


def _leaflets() -> Iterator[Row]:
    made = (
        ("2023-12-05", "Préparer un rendez-vous", 1),
        ("2024-06-11", "Lire un courrier", 1),
        ("2024-10-08", "Venir avec ses enfants", 1),
    )
    for day, title, many in made:
        yield {"date": day, "type": "notice", "titre": title, "nombre": many, "source": "archives"}
