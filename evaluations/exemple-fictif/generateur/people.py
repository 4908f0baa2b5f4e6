"""The people of the fictional association, by code: those accompanied, and the volunteer team."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from generateur.tables import deal, write_csv

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O: they read like 1 and 0
DIGITS = "23456789"

# People met at appointments, then people met elsewhere only (groups, desk): 70 + 25.
AGES_AT_APPOINTMENTS = {"18-25": 14, "26-35": 27, "36-45": 17, "46-59": 8, "60+": 4}
AGES_ELSEWHERE = {"18-25": 6, "26-35": 9, "36-45": 6, "46-59": 3, "60+": 1}
ROLES = {"accueil": 5, "interprète": 6, "juriste": 3}
LANGUAGES = {"fr": 26, "en": 31, "fr en": 12, "en pcm": 15, "en bin": 11}


@dataclass(frozen=True)
class Person:
    """Somebody invented: `place` is `rendez-vous`, `ailleurs` or `equipe`."""

    code: str
    age_band: str
    sex: str
    languages: str
    place: str
    role: str = ""


def invent_people(chance: random.Random) -> list[Person]:
    """Invent 95 people accompanied and 14 volunteers, adults all."""
    codes = _codes(chance, 109)
    languages = deal(chance, LANGUAGES)
    sexes = deal(chance, {"femme": 91, "homme": 4})
    ages = [(age, "rendez-vous") for age in deal(chance, AGES_AT_APPOINTMENTS)]
    ages += [(age, "ailleurs") for age in deal(chance, AGES_ELSEWHERE)]
    people = [
        Person(codes.pop(), age, sex, language, place)
        for (age, place), sex, language in zip(ages, sexes, languages, strict=True)
    ]
    team = deal(chance, {"26-35": 5, "36-45": 4, "46-59": 3, "60+": 2})
    roles = [role for role, times in ROLES.items() for _ in range(times)]
    people += [
        Person(codes.pop(), age, "", "", "equipe", role) for age, role in zip(team, roles, strict=True)
    ]
    return people


def _codes(chance: random.Random, many: int) -> list[str]:
    codes: dict[str, None] = {}
    while len(codes) < many:
        parts = (LETTERS, DIGITS, LETTERS, DIGITS)
        codes["".join(chance.choice(part) for part in parts)] = None
    return list(codes)


def write_people(path: Path, people: list[Person]) -> None:
    """Write `personnes.csv`, ordered by code so that the order tells nothing."""
    columns = ["code", "tranche_age", "sexe", "mineur", "langues", "groupe"]
    rows = [
        {
            "code": person.code,
            "tranche_age": person.age_band,
            "sexe": person.sex,
            "mineur": "non",
            "langues": person.languages,
            "groupe": "équipe" if person.place == "equipe" else "accompagnée",
        }
        for person in sorted(people, key=lambda person: person.code)
    ]
    write_csv(path, columns, rows)
