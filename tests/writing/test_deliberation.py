"""The fold: from what happened in the room to what the group holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.exhibits import Wording
from avis.folders import Folders
from avis.i18n import LANGUAGES, say
from avis.marked import Marked
from avis.settings import (
    AskedQuestion,
    Organisation,
    Period,
    RequestPart,
    Scale,
    ScaleLevel,
    Settings,
    Sources,
)
from avis.writing.bodies import faults, words_named
from avis.writing.deliberation import Deliberation, Item, deliberate, fold, outcome, words_hash_of
from avis.writing.events import Entry, Event, Word, append, erase, make_word, name_word

KINDS = ("support", "reserve", "abstain", "aside", "oppose", "talk")
SCALE = Scale(version=1, levels=tuple(ScaleLevel(id=kind, label={"fr": kind}, kind=kind) for kind in KINDS))
SCALES = {"accord": SCALE}
OPENED = {
    "session": "mars",
    "date": "2024-03-15",
    "languages": ["fr"],
    "scale": {"id": "accord", "version": 1},
    "present": 12,
}
Step = tuple[str, dict[str, Any]]


class Room:
    """A session being told step by step; `w` makes a word of a text."""

    def __init__(self, *steps: Step, opened: dict[str, Any] | None = None) -> None:
        self.words: dict[str, Word] = {}
        self.events: list[Event] = []
        self("session_opened", **(OPENED | (opened or {})))
        for type, body in steps:
            self(type, **body)

    def __call__(self, type: str, **body: Any) -> Room:
        body = {("from" if key == "from_" else key): self._word(value) for key, value in body.items()}
        seq = len(self.events) + 1
        event = Event(f"e{seq}", seq, "salle", "2024-03-15T14:00:00Z", type, body, "")
        whole = {"id": event.id, "seq": seq, "writer": event.writer, "at": event.at, "prev": ""}
        assert faults(whole | {"type": type, "body": body}) == []
        self.events.append(event)
        return self

    def _word(self, value: Any) -> Any:
        if not isinstance(value, Wording):
            return value
        name = f"w{len(self.words) + 1}"
        self.words[name] = make_word(value.text, value.language, salt="00")
        return name_word(name, self.words[name])

    def propose(
        self, item: str = "s1", text: str = "Ouvrir le samedi.", language: str = "fr", **more: Any
    ) -> Room:
        body: dict[str, Any] = {"item": item, "kind": "statement", "question": "q1", "language": language}
        return self("proposed", **(body | {"text": Wording(language=language, text=text)} | more))

    def amend(
        self, amendment: str = "a1", text: str = "Ouvrir un samedi par mois.", item: str = "s1"
    ) -> Room:
        words = Wording(language="fr", text=text)
        self("amendment_proposed", item=item, amendment=amendment, language="fr", text=words)
        return self("amendment_accepted", item=item, amendment=amendment)

    def translate(self, text: str, item: str = "s1", version: int = 1, approved: bool = True) -> Room:
        words = Wording(language="en", text=text)
        return self("translated", item=item, version=version, language="en", text=words, approved=approved)

    def vote(self, round: str = "r1", item: str = "s1", version: int = 1, **levels: int) -> Room:
        self("round_opened", round=round, items=[item])
        for level, times in levels.items():
            for number in range(times):
                voter = f"{round}-{level}-{number}"
                self("reacted", item=item, version=version, voter=voter, level=level)
        return self("round_closed", round=round)

    def object(self, objection: str = "o1", item: str = "s1", version: int = 1) -> Room:
        words = Wording(language="fr", text="Le bus ne passe pas.")
        return self("objected", item=item, version=version, objection=objection, text=words)

    def dissent(self, dissent: str = "d1", item: str = "s1", text: str = "Le soir plutôt.") -> Room:
        words = Wording(language="fr", text=text)
        return self("dissent_recorded", item=item, dissent=dissent, language="fr", text=words)

    def adopt(self, version: int = 1, item: str = "s1") -> Room:
        return self("adopted", item=item, version=version)

    def now(self) -> Deliberation:
        return fold(self.events, self.words, SCALES)

    def item(self, id: str = "s1") -> Item:
        return self.now().items[id]

    def problems(self) -> list[tuple[str, str, int]]:
        problems = Problems()
        fold(self.events, self.words, SCALES, problems, "mars.jsonl")
        assert tell(problems, "fr") or not problems.items
        return [(item.code, item.severity, item.place.line) for item in problems]


def texts(item: Item) -> dict[str, str]:
    return {wording.language: wording.text for wording in item.wordings}


# Texts and their versions


def test_a_proposal_keeps_its_words_question_language_and_origin() -> None:
    item = Room().propose(from_="at03-02").item()
    assert (item.kind, item.question, item.version, item.origin) == ("statement", "q1", 1, "at03-02")
    assert item.wordings == (Wording(language="fr", text="Ouvrir le samedi.", original=True),)


def test_an_accepted_amendment_becomes_the_text_and_raises_the_version() -> None:
    item = Room().propose().amend().item()
    assert (item.version, texts(item)) == (2, {"fr": "Ouvrir un samedi par mois."})
    assert item.amendments_accepted == 1


@pytest.mark.parametrize("end", ["amendment_rejected", "amendment_withdrawn"])
def test_an_amendment_that_is_not_accepted_changes_no_word(end: str) -> None:
    room = Room().propose()
    room(
        "amendment_proposed",
        item="s1",
        amendment="a1",
        language="fr",
        text=Wording(language="fr", text="Non."),
    )
    item = room(end, item="s1", amendment="a1").item()
    assert (item.version, texts(item), item.amendments_accepted) == (1, {"fr": "Ouvrir le samedi."}, 0)
    room("amendment_accepted", item="s1", amendment="a1")
    assert room.problems() == [("SES-027", "warning", 5)]


def test_amending_or_merging_makes_reactions_and_translations_stale() -> None:
    voted = Room().propose().propose("s2").translate("Open on Saturdays.").vote(support=3)
    assert len(voted.item().votes) == 3
    for room in (
        Room().propose().propose("s2").translate("Open on Saturdays.").vote(support=3).amend(),
        Room()
        .propose()
        .propose("s2")
        .translate("Open on Saturdays.")
        .vote(support=3)("merged", items=["s1", "s2"], into="s1"),
    ):
        item = room.item()
        assert (item.version, dict(item.votes), len(item.wordings)) == (2, {}, 1)


def test_a_reaction_to_a_former_version_is_stale_and_no_fault() -> None:
    room = Room().propose().amend()
    room.vote(version=1, support=2)
    assert (dict(room.item().votes), room.item().stale, room.problems()) == ({}, 2, [])


def test_a_version_that_does_not_exist_yet_changes_nothing_and_is_said() -> None:
    room = Room().propose().vote(version=2, support=1)
    assert (dict(room.item().votes), room.problems()) == ({}, [("SES-023", "warning", 4)])


def test_merged_texts_leave_what_was_disputed_to_the_one_that_stays() -> None:
    room = Room().propose().propose("s2").object(item="s2").dissent(item="s2")
    room("merged", items=["s1", "s2"], into="s1")
    assert list(room.now().items) == ["s1"]
    assert room.item().objections_maintained == 1
    assert [dissent.id for dissent in room.item().dissents] == ["d1"]
    room("objection_resolved", objection="o1")
    assert room.item().objections_maintained == 0


def test_a_withdrawn_text_is_gone_and_what_still_arrives_about_it_is_no_fault() -> None:
    room = Room().propose()("withdrawn", item="s1").vote(support=1).adopt()("counts_published", item="s1")
    assert (dict(room.now().items), room.problems()) == ({}, [])
    assert room.propose().problems() == [("SES-021", "warning", len(room.events))]


def test_a_translation_can_be_approved_later_and_never_replaces_the_original() -> None:
    room = Room().propose().translate("Open Saturdays.", approved=False)
    assert [wording.approved for wording in room.item().wordings] == [True, False]
    room.translate("Open on Saturdays.")
    assert texts(room.item()) == {"fr": "Ouvrir le samedi.", "en": "Open on Saturdays."}
    words = Wording(language="fr", text="Fermer.")
    room("translated", item="s1", version=1, language="fr", text=words, approved=True)
    assert texts(room.item())["fr"] == "Ouvrir le samedi."
    assert room.problems() == [("SES-030", "warning", 5)]


def test_a_dissent_has_translations_of_its_own_and_can_be_taken_back() -> None:
    room = Room().propose().dissent().translate("In the evening instead.", item="d1")
    [dissent] = room.item().dissents
    assert [wording.language for wording in dissent.wordings] == ["fr", "en"]
    assert room("withdrawn", item="d1").item().dissents == ()


def test_an_unknown_text_is_said_with_the_one_that_was_meant() -> None:
    problems = Problems()
    room = Room().propose("constat-1").adopt(item="constat-2")
    fold(room.events, room.words, SCALES, problems, "mars.jsonl")
    assert [(item.code, dict(item.facts)) for item in problems] == [("SES-020", {"hint": "constat-1"})]


# Agreement


def test_no_answer_abstention_and_standing_aside_are_three_things_and_talk_is_an_answer() -> None:
    room = Room().propose().vote(support=2, abstain=3, aside=1, talk=4)("counts_published", item="s1")
    assert room.item().reactions == {"abstain": 3, "aside": 1, "support": 2, "talk": 4}
    assert room.item().no_answer == 12 - 10


def test_counts_stay_in_the_room_unless_the_group_publishes_them() -> None:
    room = Room().propose().vote(support=12)
    assert (room.item().reactions, room.item().no_answer) == ({}, None)
    assert "support" not in repr(room.now())
    assert room("counts_published", item="s1").item().reactions == {"support": 12}
    assert room.amend().vote("r2", version=2, support=11).item().reactions == {}


def test_changing_ones_mind_in_a_round_counts_once() -> None:
    room = Room().propose()("round_opened", round="r1", items=["s1"])
    for level in ("oppose", "support"):
        room("reacted", item="s1", version=1, voter="abcd", level=level)
    assert dict(room.item().votes) == {"abcd": "support"}


def test_a_second_round_starts_afresh_so_that_nobody_counts_twice() -> None:
    room = Room().propose().vote("r1", support=5).vote("r2", support=4, oppose=1)
    assert len(room.item().votes) == 5


@pytest.mark.parametrize("after", ["round_closed", "session_closed"])
def test_a_reaction_outside_a_round_is_not_counted_and_said(after: str) -> None:
    room = Room().propose()("round_opened", round="r1", items=["s1"])
    room(after, **({"round": "r1"} if after == "round_closed" else {}))
    room("reacted", item="s1", version=1, voter="abcd", level="support")
    assert (dict(room.item().votes), room.problems()) == ({}, [("SES-024", "warning", 5)])


def test_a_level_that_the_scale_does_not_have_is_not_counted_and_said() -> None:
    room = Room().propose().vote(enthousiasme=1)
    assert (dict(room.item().votes), room.problems()) == ({}, [("SES-025", "warning", 4)])


@pytest.mark.parametrize("scale", [{"id": "accord", "version": 2}, {"id": "autre", "version": 1}])
def test_a_scale_of_another_version_is_an_error(scale: dict[str, Any]) -> None:
    assert Room(opened={"scale": scale}).problems() == [("SES-026", "error", 1)]


def test_adopting_a_version_that_is_not_the_current_one_is_an_error_until_the_right_one_is() -> None:
    room = Room().propose().amend().adopt(version=1)
    assert room.problems() == [("SES-022", "error", 5)]
    assert not room.item().adopted
    assert room.adopt(version=2).problems() == []
    assert (room.item().adopted, room.item().adopted_on) == (True, "2024-03-15")


def test_amending_an_adopted_text_undoes_its_adoption() -> None:
    room = Room().propose().adopt()
    assert room.item().adopted
    assert not room.amend().item().adopted


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, "consensus"),
        ({"support": 12}, "consensus"),
        ({"support": 1, "abstain": 5, "aside": 5, "talk": 1}, "consensus"),
        ({"support": 2, "reserve": 1, "oppose": 1}, "large_majority"),
        ({"support": 8, "oppose": 3}, "minority_view"),
        ({"support": 9, "oppose": 3}, "large_majority"),
        ({"support": 10, "oppose": 3}, "large_majority"),
        ({"support": 9, "oppose": 3, "abstain": 20}, "large_majority"),
        ({"oppose": 2}, "minority_view"),
    ],
)
def test_the_outcome_is_told_by_three_quarters_of_those_who_took_a_side(
    levels: dict[str, int], expected: str
) -> None:
    room = Room().propose().vote(**levels).adopt()
    assert outcome(room.item(), SCALE) == expected


def test_consensus_is_lost_by_a_maintained_objection_or_a_dissent_even_where_all_supported() -> None:
    assert outcome(Room().propose().vote(support=9).object().adopt().item(), SCALE) == "large_majority"
    assert outcome(Room().propose().vote(support=9).dissent().adopt().item(), SCALE) == "large_majority"
    assert outcome(Room().propose().dissent().adopt().item(), SCALE) == "minority_view"
    room = Room().propose().vote(support=9).object()("objection_resolved", objection="o1").adopt()
    assert (outcome(room.item(), SCALE), room.item().objections_resolved) == ("consensus", 1)


def test_what_is_not_adopted_has_no_other_outcome() -> None:
    assert outcome(Room().propose().vote(support=12).item(), SCALE) == "not_adopted"
    assert outcome(Room().propose().adopt().amend().item(), SCALE) == "not_adopted"


def test_every_outcome_has_words_in_both_languages() -> None:
    for lang in LANGUAGES:
        words = {
            say(f"writing.outcome.{name}", lang)
            for name in ("consensus", "large_majority", "minority_view", "not_adopted")
        }
        assert len(words) == 4


# Quotes, sessions, adoption of the whole


def test_a_quote_is_approved_by_audience_and_language_until_it_is_revoked() -> None:
    room = Room()
    for audience in ("funder", "members"):
        room("quote_approved", quote="at03-02", audience=audience, language="fr")
    quote = room.now().quotes["at03-02"]
    assert (quote.audiences, quote.languages) == ({"funder", "members"}, {"fr"})
    revoked = room("approval_revoked", quote="at03-02").now().quotes["at03-02"]
    assert (revoked.approvals, revoked.revoked) == (frozenset(), True)
    again = room("quote_approved", quote="at03-02", audience="public", language="fr").now().quotes["at03-02"]
    assert (again.audiences, again.revoked) == ({"public"}, False)


def test_the_adopted_hash_binds_words_and_nothing_else() -> None:
    def adopted() -> Room:
        return Room().propose().propose("s2").vote(support=9).dissent().adopt()

    bound = words_hash_of(adopted().now())
    assert words_hash_of(adopted().vote("r2", support=5)("counts_published", item="s1").now()) == bound
    assert words_hash_of(adopted().object("o9", item="s2").now()) == bound
    assert words_hash_of(adopted().translate("Draft.", approved=False).now()) == bound
    later = Room(opened={"date": "2024-12-01", "session": "x"}).propose().propose("s2").dissent().adopt()
    assert words_hash_of(later.now()) == bound
    changed = [
        adopted().adopt(item="s2"),
        adopted().translate("Open on Saturdays."),
        adopted().dissent("d2", text="Jamais."),
        adopted()("withdrawn", item="d1"),
        adopted()("addressee_set", item="s1", addressee={"fr": "La mairie"}),
        adopted()("quote_approved", quote="at03-02", audience="public", language="fr"),
        adopted().amend(),
    ]
    hashes = [words_hash_of(room.now()) for room in changed]
    assert len({bound, *hashes}) == len(changed) + 1


def test_the_edition_that_was_adopted_is_the_last_one() -> None:
    room = Room().propose().adopt()
    bound = words_hash_of(room.now())
    now = room("edition_adopted", words_hash="0" * 64)("edition_adopted", words_hash=bound).now()
    assert (now.edition_adopted, now.edition_adopted_on) == (words_hash_of(now), "2024-03-15")


def test_nothing_happens_before_a_session_is_opened() -> None:
    room = Room().propose()
    problems = Problems()
    assert fold(room.events[1:], room.words, SCALES, problems).items == {}
    assert [item.code for item in problems] == ["SES-029"]


# Words that were erased


def test_a_text_whose_words_were_erased_reads_as_withdrawn() -> None:
    room = Room().propose().translate("Open on Saturdays.").vote(support=5).adopt()
    del room.words["w1"]
    item = room.item()
    assert (item.withdrawn, item.wordings, item.adopted, outcome(item, SCALE)) == (
        True,
        (),
        False,
        "not_adopted",
    )


def test_an_erased_translation_leaves_the_original() -> None:
    room = Room().propose().translate("Open on Saturdays.")
    del room.words["w2"]
    assert texts(room.item()) == {"fr": "Ouvrir le samedi."}


def test_an_erased_dissent_still_counts_and_has_no_words() -> None:
    room = Room().propose().vote(support=5).dissent().adopt()
    room("redacted", word="w2")
    assert room.item().dissents[0].wordings == ()
    assert outcome(room.item(), SCALE) == "large_majority"
    assert "soir" not in repr(room.now())


# Laws

ITEMS, VERSIONS, NAMES = (
    st.sampled_from(["s1", "s2", "s3"]),
    st.integers(1, 3),
    st.sampled_from(["n1", "n2", "n3"]),
)
TEXTS = st.integers(1, 10**6).map(lambda number: Wording(language="fr", text=f"mot-{number}."))
LISTS = st.lists(ITEMS, min_size=1, max_size=3, unique=True)


def step(type: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(type), st.fixed_dictionaries(fields))


FRENCH, ENGLISH = st.just("fr"), st.just("en")
STEPS = st.one_of(
    step(
        "proposed", item=ITEMS, kind=st.just("statement"), question=st.just("q1"), language=FRENCH, text=TEXTS
    ),
    step(
        "translated",
        item=ITEMS | NAMES,
        version=VERSIONS,
        language=ENGLISH,
        text=TEXTS,
        approved=st.booleans(),
    ),
    step("amendment_proposed", item=ITEMS, amendment=NAMES, language=FRENCH, text=TEXTS),
    step("amendment_accepted", item=ITEMS, amendment=NAMES),
    step("amendment_rejected", item=ITEMS, amendment=NAMES),
    step("merged", items=LISTS, into=ITEMS),
    step("grouped", items=LISTS, into=NAMES),
    step("round_opened", round=NAMES, items=LISTS),
    step("round_closed", round=NAMES),
    step(
        "reacted",
        item=ITEMS,
        version=VERSIONS,
        voter=st.sampled_from(["aaaa", "bbbb"]),
        level=st.sampled_from(KINDS),
    ),
    step("objected", item=ITEMS, version=VERSIONS, objection=NAMES, text=TEXTS),
    step("objection_resolved", objection=NAMES),
    step("dissent_recorded", item=ITEMS, dissent=NAMES, language=FRENCH, text=TEXTS),
    step("counts_published", item=ITEMS),
    step("adopted", item=ITEMS, version=VERSIONS),
    step("withdrawn", item=ITEMS | NAMES),
    step("quote_approved", quote=NAMES, audience=st.sampled_from(["public", "members"]), language=FRENCH),
    step("approval_revoked", quote=NAMES),
)
ROOMS = st.lists(STEPS, max_size=30).map(lambda steps: Room(*steps))


@settings(max_examples=150, deadline=None)
@given(ROOMS)
def test_replaying_any_beginning_gives_the_state_at_that_time(room: Room) -> None:
    before = Deliberation()
    for length in range(1, len(room.events) + 1):
        now = fold(room.events[:length], room.words, SCALES)
        assert now == fold(list(room.events[:length]), dict(room.words), SCALES)
        event = room.events[length - 1]
        named = {event.body.get("item"), event.body.get("into"), *event.body.get("items", ())}
        if event.type == "round_closed":  # it names the round, and is about the texts of its opening
            named |= before.items.keys()
        owned = event.body.get("objection") or (event.body.get("item") in ("n1", "n2", "n3"))
        for id in before.items.keys() | now.items.keys():
            assert owned or id in named or before.items.get(id) == now.items.get(id)
        for id in before.items.keys() & now.items.keys():
            assert now.items[id].version >= before.items[id].version
        before = now


@settings(max_examples=150, deadline=None)
@given(ROOMS, st.data())
def test_erasing_any_words_never_breaks_the_fold_and_leaves_none_of_them(
    room: Room, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(room.words)))) if room.words else set()
    whole = room.now()
    left = fold(room.events, {name: word for name, word in room.words.items() if name not in gone}, SCALES)
    assert left.items.keys() == whole.items.keys()
    kept = {word.text for name, word in room.words.items() if name not in gone}
    for name in gone:
        text = room.words[name].text
        assert text in kept or text not in repr(left)
    for id, item in left.items.items():
        assert item.withdrawn == (not item.wordings)
        assert (item.version, item.votes) == (whole.items[id].version, whole.items[id].votes)


@settings(max_examples=100, deadline=None)
@given(ROOMS)
def test_adopted_means_the_current_version_and_counts_need_a_decision(room: Room) -> None:
    for item in room.now().items.values():
        assert item.adopted_version <= item.version
        assert item.adopted == (outcome(item, SCALE) != "not_adopted")
        assert item.counts_published or not item.reactions


@settings(max_examples=25, deadline=None)
@given(room=ROOMS)
def test_a_log_on_disk_sent_twice_folds_to_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, room: Room
) -> None:
    folder = tmp_path_factory.mktemp("evaluation")
    entries = [Entry(event.id, event.type, event.body, event.at) for event in room.events]
    for _ in range(2):
        append(folder / "mars.jsonl", entries, room.words)
    assert deliberate(evaluation(folder), Problems()) == room.now()


# All logs of an evaluation


def evaluation(folder: Path) -> Evaluation:
    made = Settings(
        title={"fr": "Essai"},
        organisation=Organisation(name="Association Exemple"),
        period=Period(start="2024", end="2024"),
        status="finished",
        request=RequestPart(
            by={"fr": "La mairie"}, questions=(AskedQuestion(id="q1", text={"fr": "Quoi ?"}),)
        ),
        sources=Sources(sessions=("*.jsonl",)),
        scales=SCALES,
    )
    return Evaluation(Folders(folder), made, Marked("evaluation.yaml", {}, {}))


def write(folder: Path, name: str, room: Room) -> None:
    entries = [Entry(event.id, event.type, event.body, event.at) for event in room.events]
    append(folder / name, entries, room.words)


def test_logs_are_read_by_date_and_not_by_name_and_words_keep_to_their_log(tmp_path: Path) -> None:
    second = (
        Room(opened={"session": "avril", "date": "2024-04-12"}).amend()("session_closed").adopt(version=2)
    )
    write(tmp_path, "a.jsonl", second)
    write(tmp_path, "b.jsonl", Room().propose().translate("Open on Saturdays."))
    problems = Problems()
    found = deliberate(evaluation(tmp_path), problems)
    assert not problems.items
    assert [session.id for session in found.sessions] == ["mars", "avril"]
    assert texts(found.items["s1"]) == {"fr": "Ouvrir un samedi par mois."}
    assert found.items["s1"].adopted_on == "2024-04-12"


def test_erasing_any_word_of_a_log_on_disk_never_breaks_the_deliberation(tmp_path: Path) -> None:
    room = Room().propose().translate("Open.").dissent().object().amend().vote(version=2, support=3).adopt(2)
    write(tmp_path, "mars.jsonl", room)
    for event in room.events:
        for word, _ in words_named(event.body):
            assert erase(tmp_path / "mars.jsonl", word)
            problems = Problems()
            deliberate(evaluation(tmp_path), problems)
            assert not problems.items
    found = deliberate(evaluation(tmp_path), Problems())
    assert found.items["s1"].withdrawn


def test_a_text_under_a_question_that_nobody_put_is_an_error_unless_it_was_withdrawn(tmp_path: Path) -> None:
    room = Room().propose(question="q2")
    write(tmp_path, "mars.jsonl", room)
    problems = Problems()
    deliberate(evaluation(tmp_path), problems)
    [found] = problems
    assert (found.code, found.place.file, found.place.line) == ("SES-031", "mars.jsonl", 2)
    write(tmp_path, "mars.jsonl", room("withdrawn", item="s1"))
    problems = Problems()
    deliberate(evaluation(tmp_path), problems)
    assert not problems.items
