"""Make again the invented sources of this evaluation: `python generer.py [folder]`.

People, activities, answers, consents and session logs are made from one seed, so that the same bytes
come out every time (a test holds it). Notes, passages and small tables are written by hand beside it.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import yaml
from generateur.activities import invent_activities, write_activities
from generateur.consents import addressed, agreed, read_records, read_segments, write_consents
from generateur.form import write_form
from generateur.people import invent_people, write_people
from generateur.review import write_review
from generateur.sessions import play, write_logs
from generateur.survey import invent_waves, write_wave

HERE = Path(__file__).resolve().parent
SEED = 20241214


def generate(target: Path) -> None:
    """Write every made file under `target`, as it stands in this folder."""
    sources = target / "sources"
    people = invent_people(random.Random(SEED))
    write_people(sources / "personnes.csv", people)
    write_activities(sources / "activites.csv", invent_activities(random.Random(SEED + 1), people))
    write_form(sources / "questionnaire" / "form.xlsx")
    words = _written("suggestions")
    codes = [person.code for person in people if person.place != "equipe"]
    for name, records in zip(
        ("avant", "apres"), invent_waves(random.Random(SEED + 2), codes, words), strict=True
    ):
        write_wave(sources / "questionnaire" / f"{name}.csv", records)
    segments = read_segments(HERE / "sources" / "ateliers") | read_records(HERE / "sources" / "recits")
    notes, records = _written("accords"), _written("accords-recits")
    rows = agreed(random.Random(SEED + 3), notes, segments, codes)
    rows += agreed(random.Random(SEED + 5), records, segments, codes)
    rows += agreed(random.Random(SEED + 6), _written("accords-suspendus"), segments, codes)
    rows += addressed(rows, _written("accords-destinataires"))
    write_consents(sources / "consentements.csv", rows)
    write_review(sources / "relecture.csv", _written("relecture"), [*notes, *records], segments)
    write_logs(target / "seances", play(random.Random(SEED + 4), _written("seances"), segments))


def _written(name: str) -> Any:
    return yaml.safe_load((HERE / "generateur" / f"{name}.yaml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
