"""Taking words back undoes nothing else: what the room adopted stands, less these words, and it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_withdraw import withdraw, words

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.handover.assembling import make_setting
from avis.release.ready import _check_adopted
from avis.rights import sessions_erased
from avis.sources.method import Method
from avis.writing.chain import Entry, make_word
from avis.writing.deliberation import Deliberation, deliberate, words_hash_of
from avis.writing.events import Recorder, append, name_word

LOG = "seances/2024-12-14-adopter.jsonl"
QUOTE = "at05-01"
"""Words of a note that the room approved as a quote."""


def held(folder: Path) -> Deliberation:
    return deliberate(open_evaluation(folder), Problems())


def refused(folder: Path) -> bool:
    problems = Problems()
    _check_adopted(open_evaluation(folder), problems)
    return "REL-018" in {item.code for item in problems}


def told(folder: Path) -> dict[str, str]:
    opened = open_evaluation(folder)
    return make_setting(opened.slug, opened.settings, Method(), held(folder)).taken_back


def record(folder: Path, type: str, id: str = "x1", **body: object) -> None:
    append(folder / LOG, [Entry(id, type, body, "2025-01-01T10:00:00Z")])


@pytest.mark.parametrize(
    ("who", "taken", "what"),
    [
        (QUOTE, {"quotes": 1}, "1 parole"),
        ("s3-d1", {"dissents": 1}, "1 position minoritaire"),
        ("s5", {"statements": 1}, "1 constat"),
        ("r1", {"recommendations": 1}, "1 préconisation"),
        ("s1-a1", {"statements": 1}, "1 constat"),
    ],
    ids=["a quote", "a dissent", "a statement", "a recommendation", "an amendment that was taken in"],
)
def test_what_the_room_adopted_stands_without_the_words_that_were_taken_back(
    folder: Path, who: str, taken: dict[str, int], what: str
) -> None:
    before = held(folder)
    assert not refused(folder) and told(folder) == {}
    assert withdraw(folder, who, "--yes") == 0
    after = held(folder)
    assert words_hash_of(after) != words_hash_of(before) and not refused(folder)
    assert after.taken_back == taken and after.edition_adopted_on == before.edition_adopted_on
    said = told(folder)
    assert f" {what}." in said["fr"] and "14 décembre 2024" in said["fr"] and said["en"]


def test_the_note_names_nobody_and_none_of_the_words(folder: Path) -> None:
    said = words(folder, QUOTE).casefold().split()
    assert withdraw(folder, QUOTE, "--yes") == 0
    note = " ".join(told(folder).values()).casefold()
    assert QUOTE not in note and not any(" ".join(said[at : at + 3]) in note for at in range(len(said) - 2))


@pytest.mark.slow
def test_several_withdrawals_are_told_together(folder: Path) -> None:
    assert withdraw(folder, QUOTE, "--yes") == withdraw(folder, "at06-01", "--yes") == 0
    assert withdraw(folder, "s3-d1", "--yes") == 0
    assert not refused(folder)
    assert "2 paroles et 1 position minoritaire" in told(folder)["fr"]


def test_what_else_changed_must_still_be_adopted(folder: Path) -> None:
    """A word that nobody adopted does not go out because somebody took back another."""
    record(folder, "addressee_set", item="r1", addressee={"fr": "La préfecture"})
    assert refused(folder)
    assert withdraw(folder, QUOTE, "--yes") == 0
    assert refused(folder) and held(folder).taken_back == {}


def test_what_changes_after_a_withdrawal_must_be_adopted_and_then_nothing_is_told(folder: Path) -> None:
    assert withdraw(folder, QUOTE, "--yes") == 0
    record(folder, "addressee_set", item="r1", addressee={"fr": "La préfecture"})
    assert refused(folder)
    record(folder, "edition_adopted", "x2", words_hash=words_hash_of(held(folder)))
    assert not refused(folder) and told(folder) == {}


def test_an_approval_that_is_revoked_by_hand_in_the_log_carries_nothing_over(folder: Path) -> None:
    record(folder, "approval_revoked", quote=QUOTE)
    assert refused(folder)


def test_an_adoption_that_came_between_is_not_carried_over(folder: Path) -> None:
    record(folder, "adoption_carried", was="1" * 64, words_hash="2" * 64, quotes=3)
    found = held(folder)
    assert found.edition_adopted == words_hash_of(found) and found.taken_back == {}


def test_words_that_take_the_place_of_others_were_adopted_by_nobody(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("Je dis autre chose.", encoding="utf-8")
    assert withdraw(folder, QUOTE, "--change", str(new), "--yes") == 0
    assert refused(folder)


def test_a_log_that_could_not_be_written_leaves_the_adoption_to_the_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = sessions_erased._write

    def refuse(log: sessions_erased.Held, *rest: object) -> bool:
        return log.path.name != Path(LOG).name and written(log, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(sessions_erased, "_write", refuse)
        withdraw(folder, "s5", "--yes")
    assert refused(folder)


def test_new_words_beside_a_withdrawal_are_refused_whatever_the_event_says(folder: Path) -> None:
    word = make_word("Un constat de plus.", "fr", salt="00")
    body = {
        "item": "s9",
        "kind": "statement",
        "question": "q1",
        "language": "fr",
        "text": name_word("n1", word),
    }
    append(folder / LOG, [Entry("y1", "proposed", body, "2025-01-01T10:00:00Z")], {"n1": word})
    record(folder, "adopted", "y2", item="s9", version=1)
    assert withdraw(folder, QUOTE, "--yes") == 0
    assert refused(folder)


def test_a_run_that_was_killed_after_the_words_went_still_carries_the_adoption(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, opened = frozenset({"s5"}), open_evaluation(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Recorder, "append", killed_after_the_first(Recorder.append))
        with pytest.raises(KeyboardInterrupt):
            sessions_erased.erase_sessions(opened, gone, "mark", carried=True)
    assert sessions_erased.erase_sessions(opened, gone, "mark", carried=True) == []
    assert not refused(folder)
    assert held(folder).taken_back == {"statements": 1}


def killed_after_the_first(append: Callable[..., object]) -> Callable[..., object]:
    done: list[object] = []

    def once(*given: object) -> object:
        if done:
            raise KeyboardInterrupt
        done.append(append(*given))
        return done[0]

    return once
