"""The two waves of the questionnaire: written quotas, dealt so that most people move a little."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generateur.form import CHOICES, SURVEY, VERSION
from generateur.tables import deal, write_csv

Answers = dict[str, str]
META = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"]
META += ["_submitted_by", "__version__", "_tags", "_index"]
OTHERS = ("langue", "obstacles")
MATCHED, BEFORE_ONLY, AFTER_ONLY = 58, 23, 11


@dataclass(frozen=True)
class Wave:
    """One wave: how many records, when it was collected, how often each answer was given ("" is none).

    `paired` says how many of these answers come from the people who answer both times.
    """

    name: str
    records: int
    first_day: dt.date
    first_id: int
    quotas: Mapping[str, Mapping[str, int]]
    paired: Mapping[str, Mapping[str, int]]
    barriers: Mapping[str, int]
    other_barriers: tuple[str, ...]


LEVELS = ("pas_du_tout", "plutot_pas", "entre_deux", "plutot_oui", "tout_a_fait")
WAITS = ("moins_1_semaine", "une_2_semaines", "trois_4_semaines", "plus_1_mois")

BEFORE = Wave(
    name="avant",
    records=84,
    first_day=dt.date(2023, 2, 1),
    first_id=418207,
    quotas={
        "langue": {"anglais": 41, "francais": 22, "pidgin": 8, "edo": 7, "other": 3, "": 3},
        "ou_aller": {"oui": 26, "nsp": 14, "non": 41, "": 3},
        "comprendre": dict(zip((*LEVELS, ""), (17, 24, 20, 12, 11, 0), strict=True)),
        "accueil": dict(zip((*LEVELS, ""), (4, 9, 21, 29, 16, 5), strict=True)),
        "attente": dict(zip((*WAITS, ""), (11, 18, 26, 17, 12), strict=True)),
        "interprete": {"oui": 20, "pas_besoin": 18, "non": 34, "": 12},
        "garde": {"oui": 33, "non": 46, "": 5},
    },
    paired={"ou_aller": {"oui": 18, "nsp": 11, "non": 29}},
    barriers={"horaires": 44, "trajet": 29, "enfants": 31, "langue": 36, "documents": 24, "other": 3},
    other_barriers=("je travaille le mercredi", "je ne trouvais pas l’entrée", "the bus strike"),
)

AFTER = Wave(
    name="apres",
    records=71,
    first_day=dt.date(2024, 10, 2),
    first_id=502913,
    quotas={
        "langue": {"anglais": 34, "francais": 22, "pidgin": 6, "edo": 5, "other": 2, "": 2},
        "ou_aller": {"oui": 44, "nsp": 12, "non": 13, "": 2},
        "comprendre": dict(zip((*LEVELS, ""), (4, 11, 16, 24, 16, 0), strict=True)),
        "accueil": dict(zip((*LEVELS, ""), (2, 5, 14, 28, 20, 2), strict=True)),
        "attente": dict(zip((*WAITS, ""), (13, 23, 12, 11, 12), strict=True)),
        "interprete": {"oui": 30, "pas_besoin": 17, "non": 13, "": 11},
        "garde": {"oui": 27, "non": 41, "": 3},
    },
    paired={"ou_aller": {"oui": 36, "nsp": 11, "non": 11}},
    barriers={"horaires": 26, "trajet": 24, "enfants": 27, "langue": 17, "documents": 15, "other": 2},
    other_barriers=("le froid dans la salle d’attente", "two buses on Saturday"),
)


def invent_waves(
    chance: random.Random, codes: Sequence[str], words: Mapping[str, list[str]]
) -> list[list[Answers]]:
    """Invent the records of both waves; 58 people answered twice, five records carry no code."""
    names = list(codes)
    chance.shuffle(names)
    both, once = names[:MATCHED], names[MATCHED:]
    first = both + once[:BEFORE_ONLY] + [""] * (BEFORE.records - MATCHED - BEFORE_ONLY)
    last = both + once[BEFORE_ONLY : BEFORE_ONLY + AFTER_ONLY] + [""] * (AFTER.records - MATCHED - AFTER_ONLY)
    before = _answer(chance, BEFORE, first, {}, words["avant"])
    known = {record["code"]: record for record in before if record["code"]}
    after = _answer(chance, AFTER, last, known, words["apres"])
    return [_submit(chance, BEFORE, before), _submit(chance, AFTER, after)]


def _answer(
    chance: random.Random, wave: Wave, codes: list[str], known: Mapping[str, Answers], words: list[str]
) -> list[Answers]:
    records: list[Answers] = [{"code": code} for code in codes]
    for question, quotas in wave.quotas.items():
        for some, share in _groups(wave, question, quotas, records):
            order = [_rank(chance, question, quotas, known.get(record["code"], {})) for record in some]
            values = [value for value, times in share.items() for _ in range(times)]
            for value, place in zip(values, sorted(range(len(some)), key=order.__getitem__), strict=True):
                some[place][question] = value
    _add_barriers(chance, wave, records)
    texts = deal(chance, dict.fromkeys(words, 1)) + [""] * (len(records) - len(words))
    chance.shuffle(texts)
    languages = iter(("italien", "portuguese", "espagnol"))
    for record, text in zip(records, texts, strict=True):
        record["suggestion"] = text
        record["langue_other"] = next(languages) if record["langue"] == "other" else ""
        record["enfants"] = str(chance.choice((1, 1, 1, 2, 2, 3))) if record["garde"] == "oui" else ""
        record["trajet"] = (
            str(chance.choice((10, 15, 20, 30, 40, 45, 60, 75))) if chance.random() < 0.93 else ""
        )
    return records


def _groups(
    wave: Wave, question: str, quotas: Mapping[str, int], records: list[Answers]
) -> list[tuple[list[Answers], Mapping[str, int]]]:
    """Give the records that share a quota: all, or those who answer both times and the others."""
    paired = wave.paired.get(question)
    if paired is None:
        return [(records, quotas)]
    others = {value: times - paired.get(value, 0) for value, times in quotas.items()}
    return [(records[:MATCHED], paired), (records[MATCHED:], others)]


def _rank(chance: random.Random, question: str, quotas: Mapping[str, int], known: Answers) -> float:
    """Place somebody near where she stood before, with enough chance for some to move the other way."""
    values = [value for value in quotas if value]
    was = known.get(question, "")
    if was not in values:
        return chance.random()
    return 0.55 * (values.index(was) + 0.5) / len(values) + 0.45 * chance.random()


def _add_barriers(chance: random.Random, wave: Wave, records: list[Answers]) -> None:
    silent = set(chance.sample(range(len(records)), 4))
    free = [place for place in range(len(records)) if place not in silent]
    none = set(chance.sample(free, len(free) // 9))
    named = [place for place in free if place not in none]
    ticked: list[set[str]] = [set() for _ in records]
    for barrier, times in wave.barriers.items():
        for place in chance.sample(named, times):
            ticked[place].add(barrier)
    others = iter(wave.other_barriers)
    for place, record in enumerate(records):
        chosen = {"aucun"} if place in none else ticked[place]
        record["obstacles"] = " ".join(name for name in (*_codes("obstacles"), "other") if name in chosen)
        for name in (*_codes("obstacles"), "other"):
            record[f"obstacles/{name}"] = str(int(name in chosen)) if chosen else ""
        record["obstacles_other"] = next(others) if "other" in chosen else ""


def _codes(list_name: str) -> list[str]:
    return [name for listed, name, *_ in CHOICES if listed == list_name]


def _submit(chance: random.Random, wave: Wave, records: list[Answers]) -> list[Answers]:
    """Put the records in the order in which they arrived, with the columns that the server adds."""
    records = records.copy()
    chance.shuffle(records)
    for index, record in enumerate(records):
        day = wave.first_day + dt.timedelta(weeks=index * 12 // len(records))
        start = dt.datetime.combine(day, dt.time(14, 0)) + dt.timedelta(minutes=7 * (index % 20))
        end = start + dt.timedelta(minutes=chance.randint(5, 14))
        record |= {
            "start": f"{start.isoformat()}.000+01:00",
            "end": f"{end.isoformat()}.000+01:00",
            "_id": str(wave.first_id + index),
            "_uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "_submission_time": end.isoformat(),
            "_status": "submitted_via_web",
            "__version__": VERSION,
            "_index": str(index + 1),
        }
    return records


def write_wave(path: Path, records: list[Answers]) -> None:
    """Write a wave as KoboToolbox exports it: XML values, joined and split columns, all cells quoted."""
    columns: list[str] = []
    for kind, name, *_ in SURVEY[1:]:
        if kind == "note":
            continue
        columns.append(name)
        if kind.startswith("select_multiple"):
            columns += [f"{name}/{code}" for code in (*_codes(kind.split()[1]), "other")]
        if name in OTHERS:
            columns.append(f"{name}_other")
    write_csv(path, [*columns, *META], records, quoted=True)
