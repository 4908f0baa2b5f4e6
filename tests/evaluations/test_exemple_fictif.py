"""The fictional evaluation: made again byte for byte, of the sizes asked for, and respectful."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from avis.errors import Problems
from avis.evaluation import Evaluation, check_evaluation, open_evaluation
from avis.writing.deliberation import Deliberation, deliberate, outcome, words_hash_of
from avis.writing.naked import naked_numbers

FOLDER = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
MADE = ("sources/*.csv", "sources/questionnaire/*", "seances/*")
BY_HAND = {"budget.csv", "chiffres-publies.csv", "suites.csv"}
AVOIDED = (
    "bénéficiaire|public cible|usagère|prostituée|clandestin|réseau nigérian|mineur délinquant|"
    "prétendu mineur|accrocher|témoignage|donner la parole|sans-voix|survivante|victime|trauma|dette|serment|"
    "FALC|anonymi|beneficiar|target public|prostitut|testimon|voiceless|survivor|oath|debt"
)
SEGMENT = re.compile(r"^\{#([\w-]+)\} ([^:(]+?)(?: \((\w+)\))? ?: (.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return open_evaluation(FOLDER)


@pytest.fixture(scope="module")
def written(evaluation: Evaluation) -> Deliberation:
    problems = Problems()
    found = deliberate(evaluation, problems)
    assert [item.code for item in problems] == []
    return found


def rows(name: str) -> list[dict[str, str]]:
    text = (FOLDER / "sources" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def segments() -> dict[str, tuple[str, str, str]]:
    """Speaker, language and words of each segment, by id."""
    notes = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("sources/ateliers/*.md")))
    return {
        id: (who, language, words) for note in notes for id, who, language, words in SEGMENT.findall(note)
    }


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "generer.py"), str(tmp_path)], check=True)
    kept = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for pattern in MADE
        for path in FOLDER.glob(pattern)
        if path.name not in BY_HAND and not path.name.startswith(".")
    }
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_its_sizes_are_those_that_the_texts_and_the_other_tests_rest_on() -> None:
    accompanied = [row for row in rows("personnes.csv") if row["groupe"] == "accompagnée"]
    before, after = rows("questionnaire/avant.csv"), rows("questionnaire/apres.csv")
    both = {row["code"] for row in before if row["code"]} & {row["code"] for row in after if row["code"]}
    notes = list(FOLDER.glob("sources/ateliers/*.md"))
    assert 280 <= len(rows("activites.csv")) <= 340
    assert (len(accompanied), len(before), len(after), len(both), len(notes)) == (95, 84, 71, 58, 12)


def test_everyone_who_answered_or_came_stands_in_the_register_of_persons() -> None:
    known = {row["code"] for row in rows("personnes.csv")}
    named = {row["code"] for wave in ("avant", "apres") for row in rows(f"questionnaire/{wave}.csv")} - {""}
    named |= {code for row in rows("activites.csv") for code in row["codes"].split()}
    assert named - known == set()


def test_appointments_miss_their_target_and_people_are_fewer_than_appointments(
    evaluation: Evaluation,
) -> None:
    held = [row for row in rows("activites.csv") if row["type"] == "rendez-vous"]
    acts = sum(int(row["nombre"] or 1) for row in held)
    people = {row["codes"] for row in held} - {""}
    target = next(item for item in evaluation.settings.indicators if item.id == "rendez-vous")
    assert (acts, len(people), target.target) == (106, 70, 120)
    assert set(target.gap) == {"fr", "en"}


def test_some_age_bands_are_small_enough_for_protection_to_show() -> None:
    held = {row["codes"] for row in rows("activites.csv") if row["type"] == "rendez-vous"}
    bands = [row["tranche_age"] for row in rows("personnes.csv") if row["code"] in held]
    sizes = {band: bands.count(band) for band in set(bands)}
    assert [band for band, n in sorted(sizes.items()) if n < 11] == ["46-59", "60+"]


def test_one_indicator_was_never_recorded_rather_than_being_zero(evaluation: Evaluation) -> None:
    types = {row["type"] for row in rows("activites.csv")}
    lost = [item.id for item in evaluation.settings.indicators if item.where.get("type") not in types]
    assert lost == ["garde-enfants"]


def test_every_text_stands_in_both_languages(evaluation: Evaluation) -> None:
    problems = [item.code for item in _checked(evaluation)]
    french = {path.name.removesuffix(".fr.md") for path in FOLDER.glob("textes/*.fr.md")}
    english = {path.name.removesuffix(".en.md") for path in FOLDER.glob("textes/*.en.md")}
    assert problems == []
    assert french == english != set()


def _checked(evaluation: Evaluation) -> Problems:
    problems = Problems()
    check_evaluation(evaluation.folders, problems)
    return problems


def test_french_and_english_passages_place_the_same_exhibits() -> None:
    for path in sorted(FOLDER.glob("textes/*.fr.md")):
        other = path.with_name(path.name.replace(".fr.", ".en."))
        french, english = (
            sorted(re.findall(r"\}`([^`]+)`", p.read_text(encoding="utf-8"))) for p in (path, other)
        )
        assert french == english, path.name


def test_no_figure_stands_without_its_source(written: Deliberation) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("textes/*.md")}
    said = {f"{item.id}.{w.language}": w.text for item in written.items.values() for w in item.wordings}
    assert [
        item.told("en") for name, text in (texts | said).items() for item in naked_numbers(text, name)
    ] == []


def test_the_protocol_was_frozen_before_the_first_meeting() -> None:
    method = yaml.safe_load((FOLDER / "methode.yaml").read_text(encoding="utf-8"))
    protocol = FOLDER / method["protocol"]["file"]
    first = min(path.name[:10] for path in FOLDER.glob("sources/ateliers/*.md"))
    assert hashlib.sha256(protocol.read_bytes()).hexdigest() == method["protocol"]["sha256"]
    assert method["protocol"]["frozen_on"] < first


def test_no_word_of_pidgin_or_edo_was_made_up() -> None:
    spaces = [words for _, language, words in segments().values() if language in ("pcm", "bin")]
    assert len(spaces) >= 4
    assert {words.startswith("[à écrire par une locutrice — ") for words in spaces} == {True}


def test_no_word_that_the_people_concerned_refuse_stands_anywhere() -> None:
    kinds = ("*.md", "*.yaml", "*.csv", "*.json")
    read = {path: path.read_text(encoding="utf-8") for kind in kinds for path in FOLDER.rglob(kind)}
    found = {
        path.name: word
        for path, text in read.items()
        if "build" not in path.parts
        for word in re.findall(AVOIDED, text, re.IGNORECASE)
    }
    assert found == {}


def test_every_state_of_consent_occurs(written: Deliberation) -> None:
    every = rows("consentements.csv")
    sent = {row["contribution"]: row["destinataire"] for row in every if row["destinataire"]}
    assert sent == {"at06-03": "rapporteuse-fictive"}
    ledger = {row["contribution"]: row for row in every if not row["destinataire"]}
    spoken = {id: words for id, (_, _, words) in segments().items()}
    noted = {id: row for id, row in ledger.items() if id in spoken}  # others stand in records of methods
    changed = [id for id, row in noted.items() if row["sha256"] != _words_hash(spoken[id])]
    assert {row["portee"] for row in ledger.values()} == {"public", "quote", "report", "internal"}
    assert changed == ["at04-01"]
    assert [id for id, row in ledger.items() if row["expire_le"] and row["expire_le"] < "2026"] == ["at03-01"]
    assert [id for id, row in ledger.items() if row["retire_le"]] == ["at09-06"]
    assert [id for id, row in ledger.items() if row["suspendu_le"]] == ["at05-06"]
    assert set(written.quotes) <= set(ledger)


def _words_hash(words: str) -> str:
    spoken = re.sub(r"\[([^\[\]]*)\]\{#[^{}]*\}", r"\1", re.sub(r"( #\S+)+$", "", words))
    return hashlib.sha256(" ".join(spoken.split()).encode("utf-8")).hexdigest()


def test_two_statements_answer_each_question_and_one_dissent_stands_beside_one(
    evaluation: Evaluation, written: Deliberation
) -> None:
    statements = [item for item in written.items.values() if item.kind == "statement"]
    asked = [item.question for item in statements]
    disputed = [item.id for item in written.items.values() if item.dissents]
    scale = evaluation.settings.scales["accord"]
    outcomes = {item.id: outcome(item, scale) for item in written.items.values()}
    assert sorted(asked) == ["q1", "q1", "q2", "q2", "q3", "q3"]
    assert disputed == ["s3"]
    assert {id for id, said in outcomes.items() if said != "consensus"} == {"s3"}
    assert outcomes["s3"] == "large_majority"


def test_five_recommendations_have_an_addressee_and_one_translation_is_not_approved(
    written: Deliberation,
) -> None:
    asked = [item for item in written.items.values() if item.kind == "recommendation"]
    open_ones = [
        item.id for item in written.items.values() for wording in item.wordings if not wording.approved
    ]
    assert len(asked) == 5
    assert {frozenset(item.addressee) for item in asked} == {frozenset(("fr", "en"))}
    assert open_ones == ["s6"]


def test_the_edition_that_the_group_adopted_is_what_stands(written: Deliberation) -> None:
    assert written.edition_adopted == words_hash_of(written)
