"""What is held about somebody: all of it to her, nothing of anybody else, no more than a slip leads to."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from avis.cli import main
from avis.consent.ledger import read_consents
from avis.editions.keyed import make_key, trace
from avis.editions.register import Held, Issued, Placed, SentFile, append
from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.rights.access import tell_held
from avis.rights.asked import find_asked, people_known
from avis.sources.meetings import read_notes

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
PERSON, SLIP, OWN = "S8G9", "NZ26DMCX", "at01-05"


def told(opened: Evaluation, who: str) -> str:
    problems = Problems()
    text = tell_held(opened, who, "fr", problems)
    assert not problems.errors
    return text


def words_of(opened: Evaluation) -> pd.DataFrame:
    segments = read_notes(opened, Problems()).segments
    return segments[segments["text"].str.len() > 25]


def test_a_person_is_told_her_words_her_consents_her_answers_and_her_activities(folder: Path) -> None:
    text = told(open_evaluation(folder), "s8-g9")
    for part in ("The desk closes before I finish work.", "mot pour mot, sur le web", "formulation n° 2"):
        assert part in text
    assert "Combien d’enfants" in text or "Pour combien d’enfants ?" in text
    assert "groupe d’échange, médiathèque" in text and "avec d'autres personnes" in text
    assert "avis withdraw" in text and "cnil.fr/plaintes" in text


@pytest.mark.parametrize("who", [PERSON, SLIP, OWN])
def test_no_other_person_appears_whatever_was_given(folder: Path, who: str) -> None:
    opened = open_evaluation(folder)
    consents = read_consents(opened, Problems())
    text = told(opened, who)
    codes = {*people_known(opened, consents), *consents["return_code"]} - {PERSON, SLIP, ""}
    assert len(codes) > 40
    assert [code for code in codes if re.search(rf"\b{re.escape(code)}\b", text)] == []
    ours = set(consents.loc[consents["person"] == PERSON, "contribution"]) | {OWN}
    segments = words_of(opened)
    others = segments[~segments["id"].isin(ours) & (segments["speaker"] != PERSON)]
    assert [id for id, words in zip(others["id"], others["text"], strict=True) if words in text] == []


@pytest.mark.slow
def test_everybody_of_the_ledger_is_told_every_word_that_is_hers(folder: Path) -> None:
    opened = open_evaluation(folder)
    consents, segments = read_consents(opened, Problems()), words_of(opened)
    people = sorted(set(consents["person"]) - {""})[:8]
    for person in people:
        text = told(opened, f"personne:{person}")
        hers = segments[segments["speaker"] == person]
        assert [id for id in hers["id"] if str(id) not in text] == []


def test_a_slip_leads_to_its_own_words_and_no_further(folder: Path) -> None:
    text = told(open_evaluation(folder), SLIP)
    assert "The desk closes before I finish work." in text
    assert PERSON not in text
    for title in ("RÉPONSES AUX QUESTIONNAIRES", "TABLEAU DES PERSONNES", "ACTIVITÉS"):
        assert title not in text
    assert "que ce qui dépend de ce papier" in text


def test_the_title_of_an_activity_that_others_shared_is_left_out(folder: Path) -> None:
    log = folder / "sources" / "activites.csv"
    header = log.read_text("utf-8").splitlines()[0].split(";")
    row = dict.fromkeys(header, "") | {"date": "2024-05-02", "type": "groupe", "note": "visite de Nadège"}
    alone = row | {"date": "2024-05-03", "type": "rendez-vous", "codes": PERSON, "note": "dossier rendu"}
    lines = [";".join((row | {"codes": f"{PERSON}, V4S4"}).values()), ";".join(alone.values())]
    log.write_text(log.read_text("utf-8").rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    text = told(open_evaluation(folder), PERSON)
    assert "2 mai 2024" in text and "Nadège" not in text and "V4S4" not in text
    assert "dossier rendu" in text


def test_editions_that_hold_her_words_are_told_with_where_they_went(folder: Path) -> None:
    key = make_key(folder)
    held = Held(id=OWN, kind="quote", trace=trace(key, "The desk closes before I finish work."))
    other = Held(
        id="at02-05", kind="quote", trace=trace(key, "quite other words that nobody of us said here")
    )
    file = SentFile(name="avis.public.fr.pdf", sha256="0" * 64, language="fr")
    issued = [
        Issued(edition="2025-01", on="2025-01-15", audience="public", files=(file,), held=(held,)),
        Issued(edition="2025-02", on="2025-02-15", audience="public", files=(file,), held=(other,)),
    ]
    append(folder, [*issued, Placed(edition="2025-01", on="2025-01-20", recipient="Ville de Valmarin")])
    text = told(open_evaluation(folder), PERSON)
    assert "édition 2025-01 du 15 janvier 2025" in text and "20 janvier 2025 : Ville de Valmarin" in text
    assert "2025-02" not in text


def test_without_the_key_of_the_register_it_says_what_was_not_compared(folder: Path) -> None:
    file = SentFile(name="a.pdf", sha256="0" * 64)
    append(folder, [Issued(edition="e1", on="2025-01-15", audience="public", files=(file,))])
    assert "Sans la clé du registre" in told(open_evaluation(folder), PERSON)


def test_what_nobody_is_called_is_said_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "a.txt"
    assert main(["access", str(folder), "ZZ99", "--out", str(out)]) == 1
    assert "RIG-001" in capsys.readouterr().err
    assert not out.exists()


def test_the_text_is_written_whole_and_for_its_owner_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "a.txt"
    assert main(["access", str(folder), SLIP, "--out", str(out)]) == 0
    assert out.read_text("utf-8") in capsys.readouterr().out
    assert out.stat().st_mode & 0o077 == 0
    assert main(["access", str(folder), SLIP, "--out", str(out)]) == 2
    assert "CLI-036" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_it_is_not_written_where_git_would_follow_it(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    followed = tmp_path / "depot"
    followed.mkdir()
    subprocess.run(["git", "init", "-q", str(followed)], check=True)
    (followed / ".gitignore").write_text("/prive/\n")
    (followed / "prive").mkdir()
    assert main(["access", str(folder), SLIP, "--out", str(followed / "a.txt")]) == 2
    assert "CLI-035" in capsys.readouterr().err and not (followed / "a.txt").exists()
    assert main(["access", str(folder), SLIP, "--out", str(followed / "prive" / "a.txt")]) == 0


def test_it_is_told_in_english_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = Problems()
    text = tell_held(open_evaluation(folder), PERSON, "en", problems)
    assert "WHAT WAS SAID" in text and "word for word, on the web" in text and "garde" not in text.lower()


def test_a_story_and_what_was_decided_of_it_are_told_to_its_teller_without_who_reread(folder: Path) -> None:
    text = told(open_evaluation(folder), "re01")
    assert "Avant, je gardais les lettres fermées dans un tiroir." in text
    assert "re01 : relue en entier" in text and "Lise" not in text


@pytest.mark.parametrize("who", ["re01", "ZUCC84WN"])
def test_an_edition_that_shows_a_story_is_told_to_its_teller(folder: Path, who: str) -> None:
    opened = open_evaluation(folder)
    key, story = (
        make_key(folder),
        "Avant, je gardais les lettres fermées dans un tiroir. À l’accueil, nous les",
    )
    held = Held(
        id="changement-courrier", kind="story", trace=trace(key, story)
    )  # the record, not her words' id
    file = SentFile(name="avis.public.fr.html", sha256="0" * 64)
    id = "2025-06-01-aaaaaaaa"
    append(folder, [Issued(edition=id, on="2025-06-01", audience="public", files=(file,), held=(held,))])
    append(folder, [Placed(edition=id, on="2025-06-02", recipient="Ville de Valmarin")])
    text = told(opened, who)
    assert id in text and "Ville de Valmarin" in text and "aucune édition déjà partie" not in text


def test_the_number_of_a_paragraph_leads_to_no_slip_and_to_no_person(folder: Path) -> None:
    text = told(open_evaluation(folder), OWN)
    assert "The desk closes before I finish work." in text
    assert SLIP not in text and PERSON not in text


def test_a_fresh_evaluation_without_a_ledger_says_that_nobody_is_called_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "essai"]) == 0
    assert main(["access", "essai", "S8G9"]) == 1
    assert "RIG-001" in capsys.readouterr().err
    assert main(["access", "essai", "at01-01"]) == 0
    assert "On ne sait pas" in capsys.readouterr().out


def test_it_says_what_the_data_are_for_and_whether_they_leave_the_union(folder: Path) -> None:
    text = told(open_evaluation(folder), PERSON)
    assert "POURQUOI" in text and "savoir, avec les membres, si l’accueil aide" in text
    assert "Hors de l'Union européenne : non" in text
    assert "POURQUOI" in told(open_evaluation(folder), SLIP)


def test_what_cannot_be_read_is_named_since_something_of_hers_may_be_missing(folder: Path) -> None:
    (folder / "registre.jsonl").write_text("no line of a register\n{}\n", encoding="utf-8")
    note = next((folder / "sources" / "ateliers").glob("2023-09*.md"))
    note.write_bytes(b"\0\1\2" * 50)
    text = told(open_evaluation(folder), PERSON)
    assert (
        "Le registre des éditions ne se lit pas en entier" in text and "rien n'est encore parti" not in text
    )
    assert f"sources/ateliers/{note.name}" in text


def test_an_evaluation_that_cannot_be_read_is_not_taken_for_one_that_holds_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("minors: none", "minors: nobody"), encoding="utf-8")
    assert main(["access", str(folder), PERSON]) == 0
    assert "peut manquer dans ce texte : evaluation.yaml" in capsys.readouterr().out
    path.write_text("{{{", encoding="utf-8")
    assert main(["access", str(folder), PERSON]) == 1
    assert "evaluation.yaml" in capsys.readouterr().err


def test_what_the_register_was_given_moves_no_cursor(folder: Path) -> None:
    file = SentFile(name="a.pdf", sha256="0" * 64)
    held = Held(id=OWN, kind="quote", trace=trace(make_key(folder), "The desk closes before I finish work."))
    append(folder, [Issued(edition="e1", on="soon", audience="public", files=(file,), held=(held,))])
    append(
        folder,
        [Placed(edition="e1", on="2025-01-20", recipient="Ville\x1b[31m\nX", place="https://x.example")],
    )
    text = told(open_evaluation(folder), PERSON)
    assert "\x1b" not in text and "Ville[31m X, https://x.example" in text


@pytest.mark.slow
def test_by_no_code_of_the_example_do_anybody_elses_words_or_codes_appear(folder: Path) -> None:
    opened = open_evaluation(folder)
    consents, segments = read_consents(opened, Problems()), words_of(opened)
    people = sorted(set(people_known(opened, consents)))
    slips = sorted(set(consents["return_code"]) - {""})
    owner = dict(zip(segments["id"], segments["speaker"], strict=True))
    given = [*people[:: len(people) // 8], *slips[:: len(slips) // 8], *list(owner)[:: len(owner) // 8]]
    for who in given:
        asked, text = find_asked(opened, who, Problems()), " ".join(told(opened, who).split())
        for id, words, speaker in segments[["id", "text", "speaker"]].itertuples(index=False):
            hers = id in asked.contributions or (asked.by == "person" and speaker == asked.person)
            assert hers or " ".join(words.split()) not in text, (who, id)
        others = {*people, *slips} - {asked.person, who}
        own = consents.loc[consents["person"] == asked.person, "return_code"] if asked.by == "person" else ()
        assert not [code for code in others - {*own} if re.search(rf"\b{re.escape(code)}\b", text)], who
