"""A return code: with it, and nothing else, somebody changes, suspends or takes back what she brought."""

from __future__ import annotations

from typing import Any

import pytest
from table import Table

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.room.acts_texts import CardQuote
from avis.writing.deliberation import Item, deliberate, words_hash_of
from avis.writing.events import Recorder

WORDS: dict[str, Any] = {"language": "fr", "confirmed": True}


@pytest.fixture
def code(table: Table) -> str:
    """The code of a text that everybody has seen."""
    code = str(table.propose().given["code"])
    table.lead("show", what="texts", items=["s1"])
    return code


def item(table: Table, id: str = "s1") -> Item:
    return table.desk.deliberation.items[id]


def statuses(table: Table, code: str) -> dict[str, str]:
    answer = table.phone("other-seat", "mine", code=code)
    assert answer.ok
    return {one["id"]: one["status"] for one in answer.given["brought"]}


def adopt(table: Table, *ids: str) -> str:
    for id in ids:
        table.vote(id, item(table, id).version, oui=6)
        assert table.lead("adopt", item=id, version=item(table, id).version).ok
    return str(table.lead("adopt_edition").given["hash"])


def sides(evaluation: Evaluation) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in evaluation.folders.root.rglob("*.mots.json"))


def test_a_code_finds_what_it_brought_from_any_seat_however_it_is_written(table: Table, code: str) -> None:
    assert statuses(table, code) == {"s1": "open"}
    assert statuses(table, f"{code[:4]} {code[4:]}".lower()) == {"s1": "open"}
    for wrong in ("AAAAAAAA", code[:-1] + ("A" if code[-1] != "A" else "B")):
        assert table.phone("a", "mine", code=wrong).code == "SAL-017"


def test_her_own_text_gets_another_version(table: Table, code: str) -> None:
    table.vote(oui=4)
    assert table.phone("z", "change", code=code, text="Ouvrir le samedi matin.", **WORDS).ok
    assert (item(table).version, item(table).votes) == (2, {})
    assert item(table).wordings[0].text == "Ouvrir le samedi matin."


def test_once_others_have_their_words_in_it_her_change_is_an_amendment(table: Table, code: str) -> None:
    table.phone("b", "amend", item="s1", text="Ouvrir un samedi par mois.", **WORDS)
    table.lead("accept_amendment", item="s1", amendment="s1-a1")
    changed = table.phone("z", "change", code=code, text="Ouvrir tous les samedis.", **WORDS)
    assert changed.given == {"amendment": "s1-a2"}
    assert item(table).wordings[0].text == "Ouvrir un samedi par mois."
    assert statuses(table, code) == {"s1": "open", "s1-a2": "open"}


def test_she_changes_her_amendment_dissent_and_objection_as_long_as_nothing_was_decided(
    table: Table, code: str
) -> None:
    fields = {"item": "s1", **WORDS}
    amend = table.phone("b", "amend", text="Autre.", **fields).given["code"]
    dissent = table.phone("c", "dissent", text="Le soir.", **fields).given["code"]
    object_ = table.phone("d", "object", text="Le bus.", version=1, **fields).given["code"]
    for one in (amend, dissent, object_):
        assert table.phone("z", "change", code=one, text="Mieux dit.", **WORDS).ok
    found = item(table)
    assert found.version == 1
    assert found.amendments[0].wording is not None and found.amendments[0].wording.text == "Mieux dit."
    assert found.dissents[0].wordings[0].text == "Mieux dit."
    assert found.objections[0].wording is not None and found.objections[0].wording.text == "Mieux dit."
    table.lead("reject_amendment", item="s1", amendment="s1-a1")
    assert table.phone("z", "change", code=amend, text="Encore.", **WORDS).code == "SAL-018"


def test_a_suspended_text_is_adopted_no_more_and_comes_back_as_it_was(table: Table, code: str) -> None:
    table.propose("Garder l’interprète.")
    adopted = adopt(table, "s1", "s2")
    assert table.phone("z", "suspend", code=code).ok
    assert not item(table).adopted
    assert table.phone("z", "suspend", code=code).code == "SAL-018"
    assert table.phone("b", "amend", item="s1", text="Autre.", **WORDS).code == "SAL-009"
    found = table.desk.deliberation
    assert found.edition_adopted == words_hash_of(found) != adopted
    assert found.taken_back == {"statements": 1}
    assert table.phone("z", "resume", code=code).ok
    found = table.desk.deliberation
    assert found.edition_adopted == words_hash_of(found) == adopted
    assert found.taken_back == {}
    assert table.phone("z", "resume", code=code).code == "SAL-018"


def test_what_one_author_suspended_another_does_not_resume(table: Table, code: str) -> None:
    hers = table.phone("b", "amend", item="s1", text="Ouvrir le dimanche.", **WORDS).given["code"]
    table.lead("accept_amendment", item="s1", amendment="s1-a1")
    assert table.phone("b", "suspend", code=hers).ok
    assert item(table).suspended
    assert table.phone("z", "resume", code=code).code == "SAL-018"
    assert table.phone("z", "suspend", code=code).ok
    assert table.phone("b", "resume", code=hers).ok
    assert item(table).suspended
    assert table.phone("z", "resume", code=code).ok
    assert not item(table).suspended


def test_a_suspended_text_is_not_shown_nor_asked_about(table: Table, code: str) -> None:
    table.phone("z", "suspend", code=code)
    assert table.lead("show", what="texts", items=["s1"]).code == "SAL-009"
    assert table.lead("open_round", items=["s1"], present=12, paper=0).code == "SAL-030"


def test_a_suspended_dissent_keeps_its_words_for_herself(table: Table, code: str) -> None:
    dissent = table.phone("c", "dissent", item="s1", text="Le soir.", **WORDS).given["code"]
    table.phone("z", "suspend", code=dissent)
    assert [held.wordings for held in item(table).dissents] == [()]
    assert statuses(table, dissent) == {"s1-d1": "suspended"}
    table.phone("z", "resume", code=dissent)
    assert item(table).dissents[0].wordings[0].text == "Le soir."


def test_what_is_taken_back_is_gone_at_once_with_its_salt(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    table.lead("translate", item="s1", version=1, language="en", text="Open on Saturdays.")
    assert "samedi" in sides(evaluation) and "Saturdays" in sides(evaluation)
    assert table.phone("z", "withdraw", code=code).code == "SAL-005"
    assert table.phone("z", "withdraw", code=code, confirmed=True).ok
    assert "samedi" not in sides(evaluation) and "Saturdays" not in sides(evaluation)
    assert "s1" not in table.desk.deliberation.items
    assert statuses(table, code) == {"s1": "withdrawn"}
    problems = Problems()
    assert deliberate(evaluation, problems) == table.desk.deliberation
    assert list(problems) == []


def test_taking_back_twice_writes_once(table: Table, code: str) -> None:
    table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True)
    sitting = table.desk.sitting
    assert sitting is not None
    before = sitting.path.read_bytes()
    assert table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True).again
    assert table.phone("z", "withdraw", "another-time", code=code, confirmed=True).ok
    table = table.again()
    assert table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True).ok
    assert sitting.path.read_bytes() == before


def test_a_taking_back_that_a_crash_cut_short_is_finished_when_it_is_sent_again(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    table.lead("translate", item="s1", version=1, language="en", text="Open on Saturdays.")
    table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True)
    sitting = table.desk.sitting
    assert sitting is not None
    lines = sitting.path.read_bytes().splitlines(keepends=True)
    table.desk.close()
    assert sum(b'"redacted"' in line for line in lines) == 2
    sitting.path.write_bytes(b"".join(lines[:-2]) + lines[-2][:20])  # one of three events was written
    table = Table(evaluation, sitting.name)
    assert table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True).ok
    events = [event.type for event in table.desk.sitting.recorder.events] if table.desk.sitting else []
    assert (events.count("redacted"), events.count("withdrawn")) == (2, 1)
    assert deliberate(evaluation, Problems()) == table.desk.deliberation


def test_what_the_group_adopted_stands_less_her_words(table: Table, code: str) -> None:
    table.propose("Garder l’interprète.")
    adopted = adopt(table, "s1", "s2")
    table.phone("z", "withdraw", code=code, confirmed=True)
    found = table.desk.deliberation
    assert found.edition_adopted == words_hash_of(found) != adopted
    assert found.taken_back == {"statements": 1}
    assert list(found.items) == ["s2"]


def test_words_of_a_former_session_are_taken_back_in_a_later_one(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    table.lead("close_session")
    table.begin(date="2024-04-12")
    assert statuses(table, code) == {"s1": "open"}
    assert table.phone("z", "withdraw", code=code, confirmed=True).ok
    assert "samedi" not in sides(evaluation)
    problems = Problems()
    assert deliberate(evaluation, problems).items == table.desk.deliberation.items == {}
    assert list(problems) == []


def test_while_another_hand_writes_in_a_former_log_nothing_is_said_to_be_taken_back(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    former = table.desk.sitting
    assert former is not None
    table.lead("close_session")
    table.begin(date="2024-04-12")
    assert list(table.desk.deliberation.items) == ["s1"]
    with Recorder(former.path):
        answer = table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True)
        assert (answer.code, answer.retry) == ("SAL-035", True)
        assert table.desk.deliberation.items == {}  # off every screen, though not yet out of every file
    assert table.phone("z", "withdraw", "take-it-back", code=code, confirmed=True).ok
    assert "samedi" not in sides(evaluation)
    assert deliberate(evaluation, Problems()) == table.desk.deliberation


def test_a_text_that_took_in_her_amendment_goes_with_it(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    hers = table.phone("b", "amend", item="s1", text="Ouvrir le dimanche.", **WORDS).given["code"]
    table.lead("accept_amendment", item="s1", amendment="s1-a1")
    assert table.phone("b", "withdraw", code=hers, confirmed=True).ok
    assert "dimanche" not in sides(evaluation)
    assert table.desk.deliberation.items == {}


def test_an_open_amendment_and_an_objection_are_taken_back_and_the_text_stays(
    table: Table, code: str
) -> None:
    amend = table.phone("b", "amend", item="s1", text="Autre.", **WORDS).given["code"]
    object_ = table.phone("c", "object", item="s1", version=1, text="Le bus.", **WORDS).given["code"]
    for one in (amend, object_):
        assert table.phone("z", "withdraw", code=one, confirmed=True).ok
    found = item(table)
    assert [(one.status, one.wording) for one in found.amendments] == [("withdrawn", None)]
    assert found.objections == ()
    assert found.wordings[0].text == "Ouvrir le samedi."


def test_the_code_of_a_merged_text_goes_on_working(table: Table, code: str, evaluation: Evaluation) -> None:
    other = table.propose("Ouvrir le soir.").given["code"]
    table.lead("merge", items=["s1", "s2"], into="s1")
    assert statuses(table, other) == {"s2": "merged"}
    changed = table.phone("z", "change", code=other, text="Ouvrir le samedi et le soir.", **WORDS)
    assert changed.given == {"amendment": "s1-a1"}
    assert table.phone("z", "withdraw", code=other, confirmed=True).ok
    assert "soir" not in sides(evaluation)
    assert item(table).wordings[0].text == "Ouvrir le samedi."


def test_words_can_be_taken_back_while_a_round_asks_about_them(table: Table, code: str) -> None:
    table.propose("Ouvrir le soir.")
    table.lead("open_round", items=["s1", "s2"], present=12, paper=0)
    for seat in "abcd":
        for id in ("s1", "s2"):
            table.phone(seat, "react", item=id, version=1, level="oui")
    assert table.phone("z", "withdraw", code=code, confirmed=True).ok
    assert table.phone("e", "react", item="s1", version=1, level="oui").code == "SAL-011"
    assert table.lead("close_round").ok
    assert len(item(table, "s2").votes) == 4
    sitting = table.desk.sitting
    assert sitting is not None
    reacted = [event for event in sitting.recorder.events if event.type == "reacted"]
    assert {event.body["item"] for event in reacted} == {"s2"}


def test_a_slip_stands_for_the_code_and_none_is_given(table: Table) -> None:
    fields = {"question": "q1", "kind": "statement", "text": "Dit à voix haute.", **WORDS}
    assert table.lead("propose", slip="NZ26-DMC1", **fields).code == "SAL-042"
    answer = table.lead("propose", slip="nz26-dmcx", **fields)
    assert answer.given == {"item": "s1"}
    assert statuses(table, "NZ26 DMCX") == {"s1": "open"}


def test_its_speaker_approves_a_translation(table: Table, code: str) -> None:
    table.lead("translate", item="s1", version=1, language="en", text="Open on Saturdays.")
    other = table.propose("Autre.").given["code"]
    approve = {"item": "s1", "language": "en"}
    assert table.phone("z", "approve_words", code=other, **approve).code == "SAL-018"
    assert table.phone("z", "approve_words", code=code, **approve).ok
    assert [one.approved for one in item(table).wordings] == [True, True]


# --- quotes, by the code of a consent card


class Offered:
    """One card with one quote."""

    sources: frozenset[str] = frozenset()

    def quotes_of(self, card: str) -> dict[str, CardQuote]:
        known = {"e1": CardQuote("fr", "On attend dehors.", ("members", "public"))}
        return known if card == "CARTE234" else {}


def test_a_quote_is_approved_word_for_word_with_its_card_and_revoked_with_it(table: Table) -> None:
    card: dict[str, Any] = {"card": "CARTE234", "quote": "e1"}
    approve = card | {"audience": "members", "language": "fr"}
    assert table.phone("a", "quotes", card="CARTE234").code == "SAL-032"
    assert table.phone("a", "quotes", card="CARTE234").retry
    table.desk.offers = Offered()
    assert table.phone("a", "quotes", card="AUTRE234").code == "SAL-033"
    assert table.phone("a", "approve_quote", **(approve | {"quote": "e2"})).code == "SAL-034"
    assert table.phone("a", "approve_quote", **(approve | {"audience": "funder"})).code == "SAL-034"
    assert table.phone("a", "approve_quote", **approve).ok
    quote = table.desk.deliberation.quotes["e1"]
    assert quote.audiences == {"members"}
    assert quote.texts == {("members", "fr"): "On attend dehors."}
    given = table.phone("a", "quotes", card="CARTE234").given["quotes"]
    assert [(one["quote"], one["approved"]) for one in given] == [("e1", ["members"])]
    assert table.phone("a", "revoke_quote", **card).ok
    assert table.desk.deliberation.quotes["e1"].revoked
    assert table.desk.deliberation.quotes["e1"].texts == {}
