"""Words that their author took back, suspended or has just changed: nobody brings them before the room."""

from __future__ import annotations

import json
from typing import Any

import pytest
from table import Table

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.room.codes import kept_path
from avis.room.views import Scene, phone_view, wall_view
from avis.writing.chain import words_path
from avis.writing.deliberation import in_order, read_logs
from avis.writing.history import tell_histories

WORDS: dict[str, Any] = {"language": "fr", "confirmed": True}


@pytest.fixture
def code(table: Table) -> str:
    """The code of a text that everybody has seen."""
    code = str(table.propose("Ouvrir la grange.").given["code"])
    table.lead("show", what="texts", items=["s1"])
    return code


def amend(table: Table, text: str = "Ouvrir la grange le soir.") -> str:
    return str(table.phone("b", "amend", item="s1", text=text, **WORDS).given["code"])


def kept(evaluation: Evaluation) -> str:
    files = (path for path in evaluation.folders.root.rglob("*") if path.is_file())
    return "".join(path.read_text(encoding="utf-8") for path in files)


def screens(table: Table) -> str:
    """What phones and the wall are told, the history of the text that is shown included."""
    desk, settings = table.desk, table.evaluation.settings
    logs = in_order(read_logs(table.evaluation, Problems()))
    told = Scene(
        deliberation=desk.deliberation,
        questions=(),
        scales=settings.scales,
        limits={},
        session=desk.name,
        round=desk.round,
        shown=desk.shown,
        is_seen=desk.is_seen,
        history=tell_histories(logs, settings.scales).get("s1", ()),
    )
    return json.dumps([phone_view(told), wall_view(told)], ensure_ascii=False)


def test_an_amendment_that_was_reworded_goes_with_the_text_whose_words_it_repeats(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    changed = {"code": amend(table), "text": "Ouvrir la grange le dimanche."}
    assert table.phone("b", "change", **changed, **WORDS).ok
    assert table.phone("a", "withdraw", code=code, confirmed=True).ok
    assert "grange" not in kept(evaluation)


def test_an_amendment_that_its_author_suspended_does_not_come_back_as_a_text_of_its_own(
    table: Table, code: str
) -> None:
    hers = amend(table)
    assert table.phone("b", "suspend", code=hers).ok
    decided = {"item": "s1", "amendment": "s1-a1"}
    assert table.lead("reject_amendment", **decided).ok
    assert table.lead("stand_alone", **decided).code == "SAL-025"
    assert table.phone("b", "resume", code=hers).ok
    assert table.lead("stand_alone", **decided).ok


@pytest.mark.parametrize("what", ["texts", "history"])
def test_words_changed_from_a_phone_come_before_the_room_once_they_are_shown_again(
    table: Table, code: str, what: str
) -> None:
    table.lead("show", what=what, items=["s1"])
    assert table.phone("a", "change", code=code, text="Une voisine nommée.", **WORDS).ok
    assert "voisine" not in screens(table) and "grange" not in screens(table)
    table.lead("show", what=what, items=["s1"])
    assert "voisine" in screens(table)


def test_words_changed_after_a_round_wait_to_be_shown_or_asked_about(table: Table, code: str) -> None:
    table.vote(oui=6)
    assert table.phone("a", "change", code=code, text="Une voisine nommée.", **WORDS).ok
    assert "voisine" not in screens(table)
    assert table.lead("open_round", items=["s1"], present=12, paper=0).ok
    assert "voisine" in screens(table)


def test_a_dissent_sent_while_the_edition_is_on_the_wall_waits_to_be_shown(table: Table, code: str) -> None:
    table.vote(oui=6)
    table.lead("adopt", item="s1", version=1)
    table.lead("show", what="edition")
    assert table.phone("c", "dissent", item="s1", text="Une voisine nommée.", **WORDS).ok
    assert "grange" in screens(table) and "voisine" not in screens(table)
    table.lead("show", what="edition")
    assert "voisine" in screens(table)


def test_a_text_that_nobody_saw_stays_so_when_one_that_was_seen_is_put_into_it(
    table: Table, code: str
) -> None:
    table.propose("Une voisine nommée.", seat="b")
    assert table.lead("merge", items=["s1"], into="s2").ok
    assert "voisine" not in screens(table)


def test_words_that_a_crash_left_on_their_way_are_erased_at_the_next_start(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    sitting = table.desk.sitting
    assert sitting is not None
    side = words_path(sitting.path)
    halves = [path.with_name(f".{path.name}.99.tmp") for path in (side, kept_path(sitting.path))]
    for half in halves:
        half.write_text("Ouvrir la grange à moitié.", encoding="utf-8")
    held = json.loads(side.read_text(encoding="utf-8"))
    unnamed = {"salt": "00", "language": "fr", "text": "Jamais confirmé."}
    side.write_text(json.dumps(held | {"w": unnamed}), encoding="utf-8")
    again = table.again()
    assert not any(half.exists() for half in halves)
    assert "Jamais" not in kept(evaluation) and "grange" in kept(evaluation)
    again.desk.close()
