"""Quotes: for whom, in which words of a meeting, dated or not; and how a text was agreed, in numbers."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import msgspec
import pandas as pd
import pytest

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.exhibits import Adoption, Audience, Quote, Wording
from avis.findings.reactions import count_reactions
from avis.handover.spoken import make_quotes, make_statements
from avis.schema import resource
from avis.settings import Scale, ScaleLevel
from avis.writing.chain import Event
from avis.writing.deliberation import Deliberation, Item, QuoteApproval, fold

CODINGS = pd.DataFrame({"segment": [], "theme": []}, dtype="str")
LEVELS = ("oui", "reserve", "non")
SCALE = Scale(version=1, levels=tuple(ScaleLevel(id=level, label={"fr": level}) for level in LEVELS))
SCALES = {"accord": SCALE}


def quotes(
    approval: QuoteApproval | None = None,
    ledger: tuple[bool, bool, bool] = (True, True, True),
    kind: str = "workshop",
    date: object = "2024-03-02",
    printable: Mapping[str, str] = MappingProxyType({"a1": "Oui."}),
    recipients: tuple[str, ...] = (),
) -> tuple[Quote, ...]:
    segments = pd.DataFrame({"id": ["a1"], "meeting": ["at1"], "text": ["Oui."], "language": ["fr"]})
    meetings = pd.DataFrame({"id": ["at1"], "kind": [kind], "date": [date]})
    public, funder, members = ledger
    judged = pd.DataFrame(
        {"contribution": ["a1"], "public": [public], "funder": [funder], "members": [members]}
    ).assign(recipient=bool(recipients), recipients=[recipients])
    held = Deliberation(quotes={"a1": approval} if approval else {})
    return make_quotes(segments, meetings, CODINGS, judged, printable, held)


def test_what_two_people_have_not_reread_is_absent_whatever_the_ledger_says() -> None:
    assert quotes(printable={}) == quotes(printable={"a2": "Oui."}) == ()


def test_a_quote_is_printed_as_it_was_reread_not_as_it_stands_in_the_note() -> None:
    (quote,) = quotes(printable={"a1": "[Acacia] dit oui."})
    assert [wording.text for wording in quote.wordings] == ["[Acacia] dit oui."]


def test_what_the_square_brackets_are_is_said_beside_the_words_and_in_their_note() -> None:
    (quote,) = quotes(printable={"a1": "[Acacia] dit oui."})
    assert quote.setting["fr"] == "atelier, 2024 · entre crochets, des mots remplacés"
    assert quote.setting["en"] == "workshop, 2024 · in square brackets, words that were replaced"
    assert "pas de la personne" in quote.evidence.protection["fr"]
    (untouched,) = quotes()
    assert untouched.evidence.protection == {} and "crochets" not in untouched.setting["fr"]


def test_a_quote_never_stands_with_a_role_a_day_or_a_place() -> None:
    (quote,) = quotes(date="2024-03-02")
    told = msgspec.to_builtins(quote)
    assert told["setting"]["fr"] == "atelier, 2024"
    assert set(told) <= {"id", "wordings", "audiences", "setting", "themes", "evidence", "title", "kind"}


@pytest.mark.parametrize("kind", ["workshop", "interview", "session", "meeting", "goûter", ""])
@pytest.mark.parametrize(("date", "told"), [("2024-03-02", ", 2024"), ("2024", ", 2024"), ("", "")])
def test_a_quote_says_in_which_kind_of_meeting_and_year_it_was_said(kind: str, date: str, told: str) -> None:
    (quote,) = quotes(kind=kind, date=date)
    for lang in ("fr", "en"):
        word, comma, year = quote.setting[lang].partition(",")
        assert word
        assert comma + year == told


def test_a_quote_of_a_meeting_that_is_missing_has_no_year() -> None:
    (quote,) = quotes(date=float("nan"))
    assert quote.setting["fr"] == "atelier"


def test_without_an_approval_in_the_room_the_ledger_alone_decides() -> None:
    (quote,) = quotes(ledger=(False, True, True))
    assert quote.audiences == ("funder", "members")


def test_an_approval_in_the_room_narrows_the_audiences_of_the_ledger() -> None:
    (quote,) = quotes(QuoteApproval("a1", frozenset({("members", "fr")})))
    assert quote.audiences == ("members",)


def test_an_approval_in_the_room_opens_nothing_that_the_ledger_closes() -> None:
    approval = QuoteApproval("a1", frozenset({("members", "fr"), ("public", "fr")}))
    (quote,) = quotes(approval, ledger=(False, True, True))
    assert quote.audiences == ("members",)
    assert quotes(approval, ledger=(False, True, False)) == ()


def test_an_approval_of_another_language_is_none() -> None:
    assert quotes(QuoteApproval("a1", frozenset({("public", "en")}))) == ()


def test_words_taken_back_in_the_room_stay_out_whatever_the_ledger_says() -> None:
    assert quotes(QuoteApproval("a1", revoked=True)) == ()


def text(id: str = "s1", present: int = 30, published: bool = True, session: str = "m", **votes: int) -> Item:
    given = [level for level, n in votes.items() for _ in range(n)]
    return Item(
        id=id,
        kind="statement",
        question="q1",
        wordings=(Wording(language="fr", text="Nous."),),
        adopted_version=1,
        adopted_on="2024-12-14",
        scale="accord",
        session=session,
        counts_published=published,
        present=present,
        votes={f"v{number}": level for number, level in enumerate(given)},
    )


def counts(*items: Item, minors: bool = False, rules: Rules | None = None) -> list[dict[str, float | None]]:
    """What each statement would print of its reactions."""
    voted = count_reactions(items, SCALES, minors)
    protected = protect(voted, rules or Rules())
    assert protected.passed
    tables = protected_tables(voted, protected)
    made = make_statements(Deliberation(items={item.id: item for item in items}), SCALES, tables)
    return [dict(item.adoption.counts) for item in made]


def test_counts_that_the_group_published_are_printed_level_by_level() -> None:
    assert counts(text(present=50, oui=20, reserve=15, non=15)) == [{"oui": 20, "reserve": 15, "non": 15}]


def test_those_who_gave_no_answer_are_counted_apart() -> None:
    assert counts(text(present=50, oui=20, reserve=15))[0] == {
        "oui": 20,
        "reserve": 15,
        "non": 0,
        "no_answer": 15,
    }


def test_counts_that_the_group_did_not_publish_are_not_there() -> None:
    assert counts(text(published=False, present=50, oui=20, non=30)) == [{}]


def test_a_lone_voice_is_masked_with_what_would_give_it_away() -> None:
    """14 people in the room, and all know it: 12, 1 and 1 silent tell of each other."""
    assert counts(text(present=14, oui=12, reserve=1)) == [
        {"oui": None, "reserve": None, "non": 0, "no_answer": None}
    ]


@pytest.mark.parametrize("silent", [0, 12])
def test_what_everybody_who_answered_said_is_masked_however_many_they_are(silent: int) -> None:
    (printed,) = counts(text(present=30 + silent, oui=30))
    assert printed["oui"] is None


def test_the_outcome_in_words_bounds_the_levels_for_the_audit() -> None:
    """Hidden beside "consensus", nobody said no; beside "a large majority", at most a quarter of them."""
    kinds = {"oui": "support", "reserve": "reserve", "non": "oppose"}
    levels = tuple(ScaleLevel(id=id, label={}, kind=kind) for id, kind in kinds.items())  # type: ignore[arg-type]
    agreed, outvoted = text("s1", present=40, oui=20, reserve=15), text("s2", present=40, oui=30, non=5)
    for item, most in ((agreed, 0), (outvoted, 10)):
        (voted,) = count_reactions([item], {"accord": Scale(version=1, levels=levels)}, False)
        non = voted.key(((item.id, "non"),))
        hidden = {voted.key(cell.where) for cell in voted.cells if cell.where}
        assert audit([voted], hidden, Rules()).intervals[non].high == most
        assert protect([voted], Rules()).passed


def test_a_small_room_prints_no_count_not_even_its_zeros() -> None:
    (printed,) = counts(text(present=10, oui=6, reserve=4))
    assert set(printed.values()) == {None}


def test_minors_keep_eleven_in_the_room_too() -> None:
    held = text(present=50, oui=43, non=7)
    assert counts(held, rules=Rules(5))[0]["non"] == 7
    assert counts(held, rules=Rules(5), minors=True)[0]["non"] is None


def test_two_texts_of_one_session_are_about_the_same_room() -> None:
    first, second = text("s1", present=20, oui=20), text("s2", present=20, oui=10, non=12)
    one, two = count_reactions([first, second], SCALES, False)
    assert one.key(()) == two.key(()) and one.n(()) == two.n(()) == 22
    elsewhere = text("s3", session="autre", present=9, oui=9)
    assert count_reactions([elsewhere], SCALES, False)[0].key(()) != one.key(())


def test_masked_counts_say_so_in_the_evidence_of_the_statement() -> None:
    held = text(present=14, oui=12, reserve=1)
    voted = count_reactions([held], SCALES, False)
    tables = protected_tables(voted, protect(voted, Rules()))
    (made,) = make_statements(Deliberation(items={"s1": held}), SCALES, tables)
    assert made.evidence.protection["fr"]


def test_the_session_of_the_last_round_is_the_room_of_a_text() -> None:
    opened = {
        "date": "2024-03-15",
        "languages": ["fr"],
        "scale": {"id": "accord", "version": 1},
        "present": 3,
    }
    steps = [
        ("session_opened", {"session": "mars", **opened}),
        (
            "proposed",
            {"item": "s1", "kind": "statement", "question": "q1", "language": "fr", "text": {"word": "w"}},
        ),
        ("round_opened", {"round": "r1", "items": ["s1"]}),
        ("session_opened", {"session": "avril", **opened}),
        ("round_opened", {"round": "r2", "items": ["s1"]}),
    ]
    events = [Event(f"e{i}", i, "salle", "", type, body, "") for i, (type, body) in enumerate(steps, 1)]
    assert fold(events, {}, SCALES).items["s1"].session == "avril"


def test_who_amended_a_text_can_reach_no_exhibit() -> None:
    """The log has no place for it, and what is printed of an adoption is numbers, a month and an outcome."""
    assert set(Adoption.__struct_fields__) == {
        *("outcome", "month", "amendments", "objections_resolved", "counts", "scale"),
        *("origin", "reworded", "merged"),
    }
    bodies = json.loads(resource("schema", "event.schema.json").read_text("utf-8"))["$defs"]
    for event in ("amendment_proposed", "amendment_accepted"):
        assert bodies[event]["additionalProperties"] is False
        # `code` is the slow hash of a return code: it leads back to whoever holds the paper, to nobody else.
        assert set(bodies[event]["properties"]) <= {"item", "amendment", "language", "text", "code"}


def approval(text: str | None, audience: Audience = "public") -> QuoteApproval:
    texts = {(audience, "fr"): text} if text is not None else {}
    return QuoteApproval("a1", frozenset({(audience, "fr")}), texts=texts)


def test_an_approval_holds_for_the_exact_words_that_were_approved() -> None:
    assert quotes(approval("Oui."))[0].audiences == ("public",)
    assert quotes(approval("Oui !")) == ()


def test_spaces_and_accents_written_in_two_ways_are_the_same_words() -> None:
    assert quotes(approval(" Oui. "))[0].audiences == ("public",)


@pytest.mark.parametrize("seen", ["Oui.", "[Acacia] dit oui."])
def test_words_that_reviewers_replaced_hold_as_they_were_said_or_as_they_are_printed(seen: str) -> None:
    assert quotes(approval(seen), printable={"a1": "[Acacia] dit oui."})


def test_an_approval_of_before_the_room_kept_the_words_holds_as_it_did() -> None:
    assert quotes(approval(None))[0].audiences == ("public",)
