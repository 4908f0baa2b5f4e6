"""What a room is said to have agreed: only what it answered, and never more than it decided to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from table import Table, make_evaluation


@pytest.fixture
def table(tmp_path: Path) -> Table:
    table = Table(make_evaluation(tmp_path)).begin()
    table.propose()
    return table


def test_counts_that_were_published_are_not_those_of_the_next_round(table: Table) -> None:
    table.vote(oui=11, non=1)
    assert table.lead("publish_counts", item="s1").ok
    table.vote(oui=11, non=2)
    assert table.desk.deliberation.items["s1"].reactions == {}
    assert table.lead("publish_counts", item="s1").ok
    assert table.desk.deliberation.items["s1"].reactions == {"non": 2, "oui": 11}


def test_a_text_that_nobody_answered_is_not_adopted(table: Table) -> None:
    table.vote()
    assert table.lead("adopt", item="s1", version=1).code == "SAL-024"
    table.vote(oui=3)
    assert table.lead("adopt", item="s1", version=1).ok


def test_a_text_whose_answers_went_while_it_was_suspended_is_asked_again(table: Table) -> None:
    code = str(table.propose("Planter des arbres.", seat="b").given["code"])
    assert table.lead("open_round", items=["s1", "s2"], present=12, paper=0).ok
    assert table.phone("a", "react", item="s2", version=1, level="oui").ok
    assert table.phone("b", "suspend", code=code).ok
    assert table.lead("close_round").ok
    assert table.phone("b", "resume", code=code).ok
    assert table.lead("adopt", item="s2", version=1).code == "SAL-024"


def test_an_answer_that_waited_for_the_network_counts_in_no_later_round(table: Table) -> None:
    opened = table.lead("open_round", items=["s1"], present=12, paper=0)
    late = table.act("react", round=opened.given["round"], item="s1", version=1, level="non")
    assert table.lead("close_round").ok
    assert table.desk.phone(late, "a").code == "SAL-011"
    now = table.lead("open_round", items=["s1"], present=12, paper=0).given["round"]
    assert table.desk.phone(late, "a").code == "SAL-011"
    assert table.phone("a", "react", round=now, item="s1", version=1, level="oui").ok
    assert table.lead("close_round").ok
    assert list(table.desk.deliberation.items["s1"].votes.values()) == ["oui"]
