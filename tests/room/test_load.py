"""Thirty phones on a laptop of two cores: nobody waits, nothing is lost, and it takes little memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from crowd import hold_a_meeting
from table import make_evaluation

from avis.errors import Problems
from avis.writing.chain import read_log


@pytest.mark.slow
def test_thirty_phones_wait_for_nothing_and_lose_nothing(tmp_path: Path) -> None:
    root = make_evaluation(tmp_path).folders.root
    measured = hold_a_meeting(root)
    assert (len(measured.reactions), measured.refused) == (540, 0)
    assert measured.slowest_of_95 < 0.5
    assert sorted(measured.screens)[len(measured.screens) // 2] < 0.3
    assert measured.memory < 100
    problems = Problems()
    log = read_log(root / "seances" / "2024-03-15.jsonl", "x", problems)
    reacted = [event for event in log.events if event.type == "reacted"]
    assert len(reacted) == len({event.id for event in reacted}) == 540 and not problems.items


@pytest.mark.slow
def test_all_at_once_is_no_trouble_either(tmp_path: Path) -> None:
    measured = hold_a_meeting(make_evaluation(tmp_path).folders.root, rounds=3, texts=40, think=0.0)
    assert (len(measured.reactions), measured.refused) == (270, 0)
    assert measured.slowest_of_95 < 0.5
    assert measured.memory < 100
