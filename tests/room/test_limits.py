"""The limits of confidentiality: said in short sentences, by the association itself where it wants to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from avis.errors import AvisError
from avis.evaluation import Evaluation, open_evaluation
from avis.room.spoken import packaged
from avis.room.wording import MOST_BYTES, OURS, read_limits

FOLDER = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    shutil.copytree(FOLDER, tmp_path / "essai", ignore=shutil.ignore_patterns("build", "publications"))
    return open_evaluation(tmp_path / "essai")


def write(evaluation: Evaluation, lang: str, text: str | bytes) -> Path:
    path = evaluation.folders.root / "salle" / f"limites.{lang}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_each_language_of_ours_says_the_same_things_in_the_same_order(evaluation: Evaluation) -> None:
    limits = read_limits(evaluation)
    assert tuple(limits) == OURS
    assert len({len(text.split("\n\n")) for text in limits.values()}) == 1
    for told in (("danger", "peligro"), ("18",), ("Wi-Fi", "wifi"), ("papier", "paper", "papel")):
        assert all(any(word in text for word in told) for text in limits.values()), told


def test_sentences_are_short_enough_to_be_heard_once(evaluation: Evaluation) -> None:
    for lang, text in read_limits(evaluation).items():
        sentences = re.split(r"(?<=[.?])\s+|\n\n|\s:\s", text)
        assert max(len(sentence.split()) for sentence in sentences) <= 21, lang


def test_the_buttons_that_are_named_are_those_of_the_phone(evaluation: Evaluation) -> None:
    for lang, text in read_limits(evaluation).items():
        for key in ("leave", "stop.button", "talk.button"):
            assert packaged(lang)[f"phone.{key}"] in text, (lang, key)


def test_nobody_is_sent_to_a_parent_and_no_word_is_a_mark(evaluation: Evaluation) -> None:
    for text in read_limits(evaluation).values():
        assert not re.search(r"(?i)\b(parents?|mère|père|mother|father|madre|padre|famil\w+)\b", text)
        assert not re.search(r"[#*<>]", text)


def test_the_words_of_the_association_stand_instead_of_ours(evaluation: Evaluation) -> None:
    ours = read_limits(evaluation)
    write(evaluation, "fr", "<!-- relu par trois membres -->\r\n# Ici\r\n\r\n\r\nQui ?\u202e Nous.\r\n")
    limits = read_limits(evaluation)
    assert limits["fr"] == "Ici\n\nQui\u202f? Nous."
    assert limits["en"] == ours["en"]


def test_a_language_is_there_once_a_speaker_wrote_it_and_never_before(evaluation: Evaluation) -> None:
    assert "ro" not in read_limits(evaluation)
    write(evaluation, "ro", "Ce se spune aici rămâne aici.\n")
    assert read_limits(evaluation)["ro"] == "Ce se spune aici rămâne aici."


@pytest.mark.parametrize("text", [b"", b"<!-- rien -->\n", b"\xff\xfe", b"a" * (MOST_BYTES + 1)])
def test_a_file_that_cannot_be_read_aloud_is_told_and_ours_is_not_read_instead(
    evaluation: Evaluation, text: bytes
) -> None:
    write(evaluation, "fr", text)
    with pytest.raises(AvisError, match="SRC-041"):
        read_limits(evaluation)


def test_a_link_that_leaves_the_folder_is_not_followed(evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "ailleurs.md").write_text("Autre chose.", encoding="utf-8")
    (evaluation.folders.root / "salle").mkdir(exist_ok=True)
    (evaluation.folders.root / "salle" / "limites.fr.md").symlink_to(tmp_path / "ailleurs.md")
    with pytest.raises(AvisError, match="EVA-022"):
        read_limits(evaluation)
