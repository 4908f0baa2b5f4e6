"""Words taken back in the room are looked for in the whole folder, by a process that is given them once."""

from __future__ import annotations

from pathlib import Path

import pytest
from awaited import awaited
from table import Table, make_evaluation

from avis.checking.remains import tell_remains
from avis.errors import Problems
from avis.rights.withdrawals import read_withdrawals
from avis.room.following import Gone, follow

WORDS = "Ouvrir le guichet le samedi matin avec une interprète."


def told(root: Path) -> set[tuple[str, str]]:
    problems = Problems()
    from avis.evaluation import open_evaluation

    tell_remains(open_evaluation(root), problems)
    return {(one.code, one.place.file) for one in problems}


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Table, Gone]:
    monkeypatch.setenv("AVIS_AS_OF", "2024-04-01")
    table = Table(make_evaluation(tmp_path))
    (tmp_path / "essai" / "copie.txt").write_text(f"Notes à part : {WORDS}\n", encoding="utf-8")
    table.lead("open_session", date="2024-03-15", languages=["fr"], scale="accord", present=8)
    table.lead("limits_read", language="fr", hash="0" * 64)
    said = {"question": "q1", "kind": "statement", "language": "fr", "text": WORDS, "confirmed": True}
    code = table.phone("a", "propose", **said).given["code"]
    found: list[Gone] = []
    table.desk.follow = found.append
    assert table.phone("b", "withdraw", code=code, confirmed=True).ok
    return table, found[0]


def test_until_somebody_has_looked_elsewhere_the_check_says_that_it_broke_off(
    gone: tuple[Table, Gone], tmp_path: Path
) -> None:
    assert gone[1].ids == ("s1",) and gone[1].words == (WORDS,)
    root = tmp_path / "essai"
    assert ("RIG-012", "retraits.jsonl") in told(root)
    assert WORDS not in (root / "retraits.jsonl").read_text(encoding="utf-8")


def test_the_process_finds_copies_while_the_room_still_holds_its_log(
    gone: tuple[Table, Gone], tmp_path: Path
) -> None:
    root, (table, words) = tmp_path / "essai", gone
    awaited(follow(root, words))
    assert all(one.done for one in read_withdrawals(root, Problems()).values())
    assert ("RIG-010", "copie.txt") in told(root)
    assert WORDS not in (root / "retraits.jsonl").read_text(encoding="utf-8")
    (root / "copie.txt").unlink()
    assert told(root) == set()
    assert table.desk.deliberation.items == {}


def test_taking_back_twice_is_looked_for_once(gone: tuple[Table, Gone]) -> None:
    table, _ = gone
    found: list[Gone] = []
    table.desk.follow = found.append
    assert not table.phone("c", "withdraw", code="AAAAAAAA", confirmed=True).ok
    assert found == []
