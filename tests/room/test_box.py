"""The box of answers: nothing lost, nothing doubled, and nothing in it once the round is closed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table import Table, make_evaluation

from avis.errors import AvisError
from avis.room.acts_rounds import Round
from avis.room.box import Given, box_path, make_box, read_box


@pytest.fixture
def table(tmp_path: Path) -> Table:
    table = Table(make_evaluation(tmp_path)).begin()
    assert table.propose().ok and table.propose("Ouvrir le soir.").ok
    return table


def log_lines(table: Table) -> list[str]:
    sitting = table.desk.sitting
    assert sitting is not None
    return sitting.path.read_text(encoding="utf-8").splitlines()


def answer(table: Table, seat: str, level: str, item: str = "s1", id: str = "") -> str:
    given = table.phone(seat, "react", id, item=item, version=1, level=level)
    return "again" if given.again else given.code


def test_nothing_of_an_answer_is_seen_before_the_round_is_closed(table: Table) -> None:
    table.lead("open_round", items=["s1", "s2"], present=12, paper=0)
    lines, revision = log_lines(table), table.desk.revision
    assert answer(table, "a", "oui") == ""
    assert log_lines(table) == lines
    assert table.desk.revision == revision
    assert table.desk.deliberation.items["s1"].votes == {}


def test_the_last_answer_of_a_seat_counts_once(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    for level in ("oui", "non", "parler"):
        answer(table, "a", level)
    answer(table, "b", "oui")
    table.lead("close_round")
    assert sorted(table.desk.deliberation.items["s1"].votes.values()) == ["oui", "parler"]


def test_an_answer_sent_again_changes_nothing_even_late(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    assert answer(table, "a", "oui", id="first-answer") == ""
    assert answer(table, "a", "non", id="second-answer") == ""
    assert answer(table, "a", "oui", id="first-answer") == "again"
    assert answer(table, "a", "parler", id="first-answer") == "SAL-006"
    table.lead("close_round")
    assert list(table.desk.deliberation.items["s1"].votes.values()) == ["non"]
    assert answer(table, "a", "non", id="second-answer") == "again"


def test_in_the_log_neither_order_nor_time_nor_token_tells_who_answered(table: Table) -> None:
    table.lead("open_round", items=["s1", "s2"], present=12, paper=0)
    for seat, item in itertools.product("abcdef", ("s1", "s2")):
        answer(table, seat, "oui", item)
    table.lead("close_round")
    table.vote(oui=6)
    sitting = table.desk.sitting
    assert sitting is not None
    reacted = [event for event in sitting.recorder.events if event.type == "reacted"]
    first = reacted[:12]
    assert len({event.at for event in first}) == 1
    assert all(event.at.endswith(":00Z") for event in sitting.recorder.events)
    assert len({event.body["voter"] for event in reacted}) == 18  # one token a text and a round
    assert [event.id for event in first] == sorted(event.id for event in first)
    assert [event.body["item"] for event in first] != ["s1", "s2"] * 6


def test_the_box_and_its_secret_are_gone_once_the_round_is_closed(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    sitting = table.desk.sitting
    assert sitting is not None
    box = box_path(sitting.path)
    assert box.stat().st_mode & 0o777 == 0o600
    answer(table, "seat-of-a", "oui")
    assert "seat-of-a" not in box.read_text(encoding="utf-8")
    table.lead("close_round")
    assert not box.exists()


def test_a_box_is_taken_up_after_a_crash_with_every_answer(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    answer(table, "a", "oui")
    answer(table, "b", "non", id="answer-of-b")
    table = table.again()
    assert answer(table, "b", "non", id="answer-of-b") in ("", "again")
    assert answer(table, "a", "non") == ""
    table.lead("close_round")
    assert sorted(table.desk.deliberation.items["s1"].votes.values()) == ["non", "non"]


def test_a_crash_between_the_log_and_the_box_counts_nobody_twice(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    answer(table, "a", "oui", id="answer-of-a")
    answer(table, "b", "non")
    sitting = table.desk.sitting
    assert sitting is not None
    kept = box_path(sitting.path).read_bytes()
    table.lead("close_round", "close-the-round")
    box_path(sitting.path).write_bytes(kept)  # as if the box had not been removed yet
    table = table.again()
    assert not box_path(sitting.path).exists()
    assert table.lead("close_round", "close-the-round").again
    assert answer(table, "a", "oui", id="answer-of-a") == "again"
    assert len(table.desk.deliberation.items["s1"].votes) == 2


def test_a_closing_that_was_cut_short_is_finished_before_any_pile_is_put_right(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=12)
    assert table.lead("pile", item="s1", version=1, counts={"oui": 3, "non": 4}).ok
    sitting = table.desk.sitting
    assert sitting is not None
    kept, before = box_path(sitting.path).read_bytes(), sitting.path.read_bytes()
    assert table.lead("close_round").ok
    added = sitting.path.read_bytes()[len(before) :].splitlines(keepends=True)
    box_path(sitting.path).write_bytes(kept)
    sitting.path.write_bytes(before + b"".join(added[:3]) + added[3][:20])  # the disk took three and a half
    table = table.again()
    assert not box_path(sitting.path).exists()
    assert not table.lead("pile", item="s1", version=1, counts={"oui": 7}).ok
    votes = list(table.desk.deliberation.items["s1"].votes.values())
    assert (votes.count("oui"), votes.count("non")) == (3, 4)


def test_a_torn_last_line_of_the_box_is_dropped_and_the_next_answer_is_whole(tmp_path: Path) -> None:
    path = tmp_path / ".x.urne"
    box = make_box(path, "r1")
    for number in range(3):
        box.put(Given(f"id-{number}", "s1", 1, f"voter{number}", "oui"))
    path.write_bytes(path.read_bytes()[:-7])
    found = read_box(path)
    assert found is not None and list(found.given) == ["id-0", "id-1"]
    found.put(Given("id-9", "s1", 1, "voter9", "non"))
    again = read_box(path)
    assert again is not None and list(again.given) == ["id-0", "id-1", "id-9"]


def test_a_box_that_another_hand_changed_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / ".x.urne"
    make_box(path, "r1")
    with path.open("ab") as out:
        out.write(b"rien\n")
    with pytest.raises(AvisError) as caught:
        read_box(path)
    assert caught.value.problems[0].code == "SAL-039"
    assert read_box(tmp_path / "none") is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["s1", "s2"]), st.sampled_from("xyz"))))
def test_reactions_are_the_last_answer_of_each_seat_to_each_text(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("box") / "b"
    box = make_box(path, "r1")
    for number, (seat, item, level) in enumerate(said):
        box.put(Given(f"id-{number}", item, 1, box.voter(seat, item), level))
    wanted = {(box.voter(seat, item), item): level for seat, item, level in said}
    assert {(one.voter, one.item): one.level for one in box.reactions()} == wanted
    after = read_box(path)
    assert after is not None and after.reactions() == box.reactions()


def test_after_a_crash_an_answer_of_the_last_round_is_known_to_have_counted(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=0)
    answer(table, "a", "oui", id="answer-of-a")
    table.lead("close_round")
    table = table.again()
    assert answer(table, "a", "oui", id="answer-of-a") == "again"
    assert answer(table, "a", "oui", id="never-arrived") == "SAL-011"


# --- paper


def test_one_or_two_apart_on_either_side_send_everybody_to_paper() -> None:
    papers = {paper: Round("r", (), {}, 5, paper).paper_only for paper in range(6)}
    assert papers == {0: False, 1: True, 2: True, 3: True, 4: True, 5: True}
    assert Round("r", (), {}, 6, 3).paper_only is False


def test_in_a_round_on_paper_a_phone_is_told_so(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=1)
    assert table.desk.round is not None and table.desk.round.paper_only
    assert answer(table, "a", "oui") == "SAL-012"
    assert table.lead("pile", item="s1", version=1, counts={"oui": 9, "non": 3}).ok
    table.lead("close_round")
    assert sorted(table.desk.deliberation.items["s1"].votes.values()) == ["non"] * 3 + ["oui"] * 9


def test_a_pile_is_corrected_by_another_and_never_more_than_the_people(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=4)
    assert table.lead("pile", item="s1", version=1, counts={"oui": 5}).code == "SAL-016"
    assert table.lead("pile", item="s1", version=1, counts={"oui": 3, "non": 1}).ok
    assert table.lead("pile", item="s1", version=1, counts={"oui": 2}).ok
    assert answer(table, "a", "parler") == ""
    table.lead("close_round")
    assert sorted(table.desk.deliberation.items["s1"].votes.values()) == ["oui", "oui", "parler"]


def test_a_pile_entered_by_mistake_can_be_emptied(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=4)
    table.lead("pile", item="s1", version=1, counts={"oui": 3})
    table.lead("pile", item="s1", version=1, counts={})
    table.lead("close_round")
    assert table.desk.deliberation.items["s1"].votes == {}


def test_paper_and_phones_look_alike_in_the_log(table: Table) -> None:
    table.lead("open_round", items=["s1"], present=12, paper=4)
    answer(table, "a", "oui")
    table.lead("pile", item="s1", version=1, counts={"oui": 4})
    table.lead("close_round")
    sitting = table.desk.sitting
    assert sitting is not None
    reacted = [event for event in sitting.recorder.events if event.type == "reacted"]
    assert {tuple(event.body) for event in reacted} == {("item", "version", "voter", "level")}
    assert {(len(event.id), len(event.body["voter"])) for event in reacted} == {(40, 16)}
