"""What became of a text that a passage calls: told as exactly that, with its place, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from avis.checking.check import check
from avis.errors import Problem, tell
from avis.folders import Folders
from avis.writing.events import Entry, Word, append, make_word, name_word, words_path

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
LOG = "seances/2024-12-20-apres.jsonl"
AT = "2024-12-20T14:00:00+01:00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    target = tmp_path / "essai"
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("build", "generateur"))
    return target


def happen(folder: Path, *steps: tuple[str, dict[str, Any]], close: bool = True) -> None:
    """Let a session be held after the others; words are given as (language, text)."""
    scale = {"id": "accord", "version": 1}
    opened = {"session": "apres", "date": "2024-12-20", "languages": ["fr"], "scale": scale, "present": 9}
    told: list[tuple[str, dict[str, Any]]] = [("session_opened", opened), *steps]
    told += [("session_closed", {})] if close else []
    words: dict[str, Word] = {}
    entries = []
    for number, (kind, body) in enumerate(told):
        held = dict(body)
        for name, value in body.items():
            if isinstance(value, tuple):
                words[f"apres-{number}-{name}"] = made = make_word(value[1], value[0])
                held[name] = name_word(f"apres-{number}-{name}", made)
        entries.append(Entry(f"apres-e{number:04d}", kind, held, AT))
    append(folder / LOG, entries, words)


def told(folder: Path, *codes: str) -> list[Problem]:
    return [item for item in check(Folders(folder)) if item.code in codes]


AMENDED = [
    ("amendment_proposed", {"item": "s1", "amendment": "s1-a9", "language": "fr", "text": ("fr", "Autre.")}),
    ("amendment_accepted", {"item": "s1", "amendment": "s1-a9"}),
]
NEW = {"item": "s9", "kind": "statement", "question": "q1", "language": "fr", "text": ("fr", "Neuf.")}
CASES = {
    "TXT-041": (AMENDED, "s1"),
    "TXT-042": ([("suspended", {"item": "s1"})], "s1"),
    "TXT-043": ([("withdrawn", {"item": "s1"})], "s1"),
    "TXT-044": ([("merged", {"items": ["s1"], "into": "s2"})], "s1"),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_passage_that_calls_a_text_is_told_what_became_of_it_and_where(folder: Path, code: str) -> None:
    steps, id = CASES[code]
    happen(folder, *steps)
    found = [item for item in told(folder, code) if dict(item.facts)["id"] == id]
    assert {item.place.file for item in found} == {"textes/10-q1.fr.md", "textes/10-q1.en.md"}
    assert all(item.place.line > 1 and item.severity == "error" for item in found)
    assert "TXT-013" not in {item.code for item in check(Folders(folder))}


def test_a_text_that_was_merged_says_into_which_one(folder: Path) -> None:
    happen(folder, ("merged", {"items": ["s1"], "into": "s2"}))
    assert {dict(item.facts)["into"] for item in told(folder, "TXT-044")} == {"s2"}
    assert {dict(item.facts)["id"] for item in told(folder, "TXT-041")} == {"s2"}  # its words are others now


def test_a_text_that_was_never_adopted_is_told_as_that(folder: Path) -> None:
    happen(folder, ("proposed", NEW))
    path = folder / "textes" / "10-q1.fr.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n{constat}`s9`\n", encoding="utf-8")
    (found,) = told(folder, "TXT-045")
    assert "n’a pas" in tell([found]) or "adopt" in tell([found])


def test_everything_is_told_at_once(folder: Path) -> None:
    happen(folder, *AMENDED, ("suspended", {"item": "s2"}), ("withdrawn", {"item": "r1"}), close=False)
    codes = {item.code for item in check(Folders(folder))}
    assert {"TXT-041", "TXT-042", "TXT-043", "SES-041"} <= codes


def test_no_message_says_who_or_repeats_a_word(folder: Path) -> None:
    happen(folder, *AMENDED, ("suspended", {"item": "s2"}))
    words = tell(told(folder, "TXT-041", "TXT-042"))
    assert "Autre" not in words and "page in simple words" not in words


def test_an_adopted_text_that_no_passage_places_is_told_with_the_languages(folder: Path) -> None:
    assert told(folder, "TXT-046") == []
    path = folder / "textes" / "10-q1.fr.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{constat}`s2`", ""), encoding="utf-8")
    (found,) = told(folder, "TXT-046")
    assert dict(found.facts) == {"id": "s2", "languages": "fr"} and found.severity == "warning"


@pytest.mark.parametrize(
    ("words", "from_figure", "is_told"),
    [
        ("Nous étions 7 à attendre.", False, True),
        ("Nous étions 7 à attendre.", True, False),
        ("Depuis 2023, nous attendons moins.", False, False),
    ],
)
def test_an_adopted_number_that_no_figure_stands_behind_is_told(
    folder: Path, words: str, from_figure: bool, is_told: bool
) -> None:
    said = {"item": "s99", "kind": "statement", "question": "q1", "language": "fr", "text": ("fr", words)}
    origin = {"from": "figure:rendez-vous"} if from_figure else {}
    happen(folder, ("proposed", said | origin), ("adopted", {"item": "s99", "version": 1}))
    found = told(folder, "TXT-047")
    assert [dict(one.facts)["id"] for one in found] == (["s99"] if is_told else [])
    assert words not in tell(found) if is_told else found == []


@pytest.mark.parametrize(
    "written", ["::: {constat} s2\n:::", "```{statement}\ns2\n```", "Voir {constat}`s2`."]
)
def test_a_text_is_placed_by_a_role_or_a_directive_in_either_language(folder: Path, written: str) -> None:
    path = folder / "textes" / "10-q1.fr.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{constat}`s2`", written), encoding="utf-8")
    assert told(folder, "TXT-046") == []


def test_a_session_and_a_round_that_nobody_closed_are_told(folder: Path) -> None:
    happen(folder, ("round_opened", {"round": "t9", "items": ["s1"]}), close=False)
    assert [(item.code, item.place.file, item.severity) for item in told(folder, "SES-041", "SES-042")] == [
        ("SES-041", LOG, "warning"),
        ("SES-042", LOG, "warning"),
    ]


def test_a_ballot_box_that_was_left_is_told_though_its_round_is_closed(folder: Path) -> None:
    happen(folder, ("round_opened", {"round": "t9", "items": ["s1"]}), ("round_closed", {"round": "t9"}))
    assert told(folder, "SES-041", "SES-042") == []
    (folder / "seances" / ".2024-12-20-apres.urne").write_bytes(b"")
    assert [item.code for item in told(folder, "SES-041", "SES-042")] == ["SES-042"]


def approve(folder: Path, text: str) -> None:
    body = {"quote": "at09-01", "audience": "public", "language": "fr", "text": ("fr", text)}
    happen(folder, ("quote_approved", body))


def test_an_approval_of_other_words_does_not_hold_and_the_passage_is_told_why(folder: Path) -> None:
    assert told(folder, "SES-040", "TXT-040") == []
    approve(folder, "D’autres mots que ceux des notes.")
    (changed,) = told(folder, "SES-040")
    assert changed.place.file.startswith("sources/ateliers/") and changed.severity == "warning"
    assert {item.place.file for item in told(folder, "TXT-040")} == {
        "textes/10-q1.fr.md",
        "textes/10-q1.en.md",
    }
    assert "D’autres mots" not in tell(told(folder, "SES-040", "TXT-040"))


def test_the_words_of_a_log_lie_beside_it(folder: Path) -> None:
    happen(folder, *AMENDED)
    assert words_path(folder / LOG).is_file()


@pytest.mark.parametrize(("month", "told_"), [("2024-11", True), ("2024-12", False)])
def test_plain_words_proofread_before_the_last_adoption_are_told(
    folder: Path, month: str, told_: bool
) -> None:
    path = folder / "evaluation.yaml"
    read = f'proofread: {{fr: {{by: {{fr: quatre membres}}, on: "{month}"}}}}\n'
    path.write_text(read + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert bool(told(folder, "EVA-040")) == told_
    assert not [item for item in check(Folders(folder)) if item.severity == "error"]
