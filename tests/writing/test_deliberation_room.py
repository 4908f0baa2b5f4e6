"""The fold of what the room added: limits, changes by authors, suspensions, exact words, return codes."""

from __future__ import annotations

from test_deliberation import SCALES, Room

from avis.exhibits import Wording
from avis.writing.chain import Log
from avis.writing.deliberation import fold_state, words_hash_of
from avis.writing.state import State

HASH = "a" * 64


def words(text: str) -> Wording:
    return Wording(language="fr", text=text, original=True)


def state(room: Room) -> State:
    return fold_state([Log("mars", tuple(room.events), room.words)], SCALES)


def test_limits_that_were_read_are_known_of_the_session() -> None:
    room = Room()
    assert room.now().sessions[0].limits_read == ""
    room("limits_read", language="fr", hash=HASH)
    assert room.now().sessions[0].limits_read == HASH


def test_a_change_by_its_author_is_another_version_without_answers_nor_translations() -> None:
    room = Room().propose().translate("Open on Saturdays.").vote(support=5).adopt()
    room("reworded", item="s1", language="fr", text=words("Ouvrir le samedi matin."))
    item = room.item()
    assert (item.version, item.votes, item.adopted) == (2, {}, False)
    assert [one.text for one in item.wordings] == ["Ouvrir le samedi matin."]
    assert item.amendments_accepted == 0


def test_a_dissent_and_an_open_amendment_are_reworded_in_place() -> None:
    room = Room().propose().dissent()
    room("amendment_proposed", item="s1", amendment="a1", language="fr", text=words("Autre."))
    room("reworded", item="d1", language="fr", text=words("Le soir, surtout."))
    room("reworded", item="a1", language="fr", text=words("Mieux."))
    item = room.item()
    assert item.version == 1
    assert item.dissents[0].wordings[0].text == "Le soir, surtout."
    assert item.amendments[0].wording == words("Mieux.")
    room("amendment_accepted", item="s1", amendment="a1")
    room("reworded", item="a1", language="fr", text=words("Trop tard."))
    assert room.item().wordings[0].text == "Mieux."


def test_a_suspended_text_is_not_adopted_and_is_again_as_it_was() -> None:
    room = Room().propose().vote(support=5).adopt()
    before = room.item()
    room("suspended", item="s1")
    assert room.item().suspended and not room.item().adopted
    room("resumed", item="s1")
    assert room.item() == before


def test_a_text_that_took_in_a_suspended_amendment_is_suspended() -> None:
    room = Room().propose().amend()
    room("suspended", item="a1")
    assert room.item().suspended
    room("suspended", item="s1")("resumed", item="a1")
    assert room.item().suspended
    room("resumed", item="s1")
    assert not room.item().suspended


def test_a_suspended_dissent_counts_without_its_words() -> None:
    room = Room().propose().dissent().adopt()
    before = words_hash_of(room.now())
    room("suspended", item="d1")
    assert [held.wordings for held in room.item().dissents] == [()]
    assert words_hash_of(room.now()) != before
    room("reworded", item="d1", language="fr", text=words("Plus court."))
    assert [held.wordings for held in room.item().dissents] == [()]
    room("resumed", item="d1")
    assert room.item().dissents[0].wordings[0].text == "Plus court."


def test_the_people_present_are_those_of_the_round() -> None:
    room = Room().propose()
    room("round_opened", round="r1", items=["s1"], present=7)
    assert room.item().present == 7


def test_a_round_that_was_closed_asked_about_the_version_of_then() -> None:
    room = Room().propose().vote()
    assert room.item().asked == 1
    assert room.amend().item().asked == 1
    assert room.vote("r2", version=2).item().asked == 2


def test_what_a_rejection_says_is_kept_with_the_amendment() -> None:
    room = Room().propose()
    room("amendment_proposed", item="s1", amendment="a1", language="fr", text=words("Autre."))
    room("amendment_rejected", item="s1", amendment="a1", reason=words("Un autre sujet."))
    assert room.item().amendments[0].reason == words("Un autre sujet.")


def test_approved_words_are_kept_by_audience_until_they_are_revoked() -> None:
    room = Room()
    approve = {"quote": "e1", "audience": "public", "language": "fr"}
    room("quote_approved", **approve, text=words("On attend dehors."))
    room("quote_approved", quote="e1", audience="members", language="fr")
    quote = room.now().quotes["e1"]
    assert quote.texts == {("public", "fr"): "On attend dehors."}
    assert quote.audiences == {"public", "members"}
    room("quote_approved", **approve)
    assert room.now().quotes["e1"].texts == {}
    room("approval_revoked", quote="e1")
    assert room.now().quotes["e1"].revoked


def test_an_objection_is_taken_back_by_who_brought_it() -> None:
    room = Room().propose().object()
    assert room.item().objections[0].wording == words("Le bus ne passe pas.")
    room("withdrawn", item="o1")
    assert room.item().objections == ()


def test_a_code_finds_what_it_brought_also_in_a_text_that_was_merged() -> None:
    room = Room(opened={"code_salt": "0" * 32}).propose(code=HASH).propose("s2", "Le soir.", code="b" * 64)
    room("merged", items=["s1", "s2"], into="s1")
    found = state(room)
    assert found.codes == {HASH: ["s1"], "b" * 64: ["s2"]}
    assert found.salts == ["0" * 32]
    assert (found.home("s2"), room.item().merged) == ("s1", ("s2",))
    assert "codes" not in repr(found.result())


def test_what_was_carried_over_can_be_carried_back_and_nothing_else() -> None:
    room = Room().propose().adopt()
    full = words_hash_of(room.now())
    room("edition_adopted", words_hash=full)
    room("adoption_carried", was=full, words_hash=HASH, statements=1)
    assert (room.now().edition_adopted, room.now().taken_back) == (HASH, {"statements": 1})
    room("adoption_carried", was=HASH, words_hash=full)
    assert (room.now().edition_adopted, room.now().taken_back) == (full, {})
