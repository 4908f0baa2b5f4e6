"""The desk: what a meeting does, one act after the other, and each act once."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from table import DAY, HASH, Table

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.room.acts_texts import CardQuote
from avis.room.desk import Desk
from avis.writing.deliberation import deliberate, words_hash_of


def files(evaluation: Evaluation) -> set[str]:
    return {path.name for path in (evaluation.folders.root / "seances").iterdir()}


def texts(table: Table) -> dict[str, str]:
    items = table.desk.deliberation.items.values()
    return {item.id: item.wordings[0].text for item in items if item.wordings}


AMEND: dict[str, Any] = {"language": "fr", "confirmed": True}


# --- a session


def test_before_a_session_nothing_is_done(evaluation: Evaluation) -> None:
    table = Table(evaluation)
    assert table.propose().code == "SAL-007"
    assert table.desk.session is None
    assert table.lead("limits_read", language="fr", hash=HASH).code == "SAL-007"


def test_a_session_is_opened_worked_in_and_closed(table: Table, evaluation: Evaluation) -> None:
    assert table.desk.name == DAY
    assert table.desk.unfinished == ((DAY, DAY),)
    assert files(evaluation) == {f"{DAY}.jsonl", f".{DAY}.jsonl.lock", f".{DAY}.salle"}
    table.propose()
    table.vote(oui=5, non=1)
    assert table.lead("adopt", item="s1", version=1).ok
    given = table.lead("adopt_edition").given
    assert table.lead("close_session").ok
    assert table.desk.session is None and table.desk.unfinished == ()
    assert files(evaluation) == {f"{DAY}.jsonl", f".{DAY}.jsonl.lock", f"{DAY}.mots.json"}
    problems = Problems()
    found = deliberate(evaluation, problems)
    assert list(problems) == []
    assert found == table.desk.deliberation
    assert given["hash"] == found.edition_adopted == words_hash_of(found)


def test_the_second_session_of_a_day_has_its_own_log_and_goes_on(
    table: Table, evaluation: Evaluation
) -> None:
    table.propose()
    table.lead("close_session")
    table.begin()
    assert table.desk.name == f"{DAY}-2"
    assert texts(table) == {"s1": "Ouvrir le samedi."}
    assert table.propose("Ouvrir le soir.").given["item"] == "s2"
    table.vote("s1", oui=4)
    assert table.lead("adopt", item="s1", version=1).ok
    assert deliberate(evaluation, Problems()) == table.desk.deliberation


def test_a_session_is_not_opened_before_one_that_was_kept(table: Table) -> None:
    table.lead("close_session")
    opened = {"languages": ["fr"], "scale": "accord", "present": 5}
    assert table.lead("open_session", date="2024-03-14", **opened).code == "SAL-023"
    assert table.lead("open_session", date="2024-02-31", **opened).code == "SAL-001"
    assert table.lead("open_session", date=DAY, **(opened | {"scale": "autre"})).code == "SAL-041"
    assert table.lead("open_session", date=DAY, **opened).ok


def test_without_its_line_in_evaluation_yaml_a_session_would_be_read_by_nobody(
    evaluation: Evaluation,
) -> None:
    file = evaluation.folders.root / "evaluation.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("seances/*", "autres/2024*"), encoding="utf-8")
    (evaluation.folders.root / "autres").mkdir()
    (evaluation.folders.root / "autres" / "2024-01.jsonl").touch()
    from avis.evaluation import open_evaluation

    table = Table(open_evaluation(evaluation.folders.root))
    opened = {"date": DAY, "languages": ["fr"], "scale": "accord", "present": 5}
    assert table.lead("open_session", **opened).code == "SAL-040"


def test_one_desk_at_a_time(table: Table, evaluation: Evaluation) -> None:
    with pytest.raises(AvisError) as caught:
        Desk.open(evaluation, DAY)
    assert caught.value.problems[0].code == "SES-010"
    other = Table(evaluation)
    assert other.lead("resume_session", name=DAY).code == "SES-010"
    assert other.lead("resume_session", name="2020-01-01").code == "SAL-022"
    assert table.propose().ok


def test_a_session_is_taken_up_by_the_facilitator_with_a_new_key(
    table: Table, evaluation: Evaluation
) -> None:
    table.propose()
    table.desk.close()
    other = Table(evaluation)
    key = other.desk.lead_key
    assert other.lead("resume_session", name=DAY).ok
    assert other.desk.lead_key == key
    assert texts(other) == {"s1": "Ouvrir le samedi."}


def test_after_a_crash_all_is_as_it_was(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    table.lead("present", n=9)
    table.phone("b", "amend", item="s1", text="Ouvrir le dimanche.", **AMEND)
    before = table.desk.deliberation
    secret, key = table.desk.secret, table.desk.lead_key
    table = table.again()
    assert table.desk.deliberation == before
    assert table.desk.shown == {"what": "texts", "items": ["s1"]}
    assert table.desk.present == 9
    assert table.desk.is_seen("s1")
    assert (table.desk.secret, table.desk.lead_key) == (secret, key)


# --- each act once


def test_an_act_sent_again_is_answered_the_same(table: Table) -> None:
    first = table.propose(id="my-proposal")
    again = table.propose(id="my-proposal")
    assert (again.given, again.again) == (first.given, True)
    assert len(table.desk.deliberation.items) == 1


def test_after_a_crash_an_act_sent_again_still_gives_its_code(table: Table) -> None:
    first = table.propose(id="my-proposal")
    table = table.again()
    again = table.propose(id="my-proposal")
    assert (again.given, again.again) == (first.given, True)
    assert table.phone("z", "mine", code=first.given["code"]).ok
    assert len(table.desk.deliberation.items) == 1


def test_after_a_crash_a_session_that_is_opened_again_is_the_one_that_is_open(
    evaluation: Evaluation,
) -> None:
    asked = {"date": DAY, "languages": ["fr"], "scale": "accord", "present": 12}
    table = Table(evaluation)
    assert table.lead("open_session", "open-the-session", **asked).ok
    table = table.again()
    again = table.lead("open_session", "open-the-session", **asked)
    assert (again.ok, again.again, again.given) == (True, True, {"session": DAY})
    assert table.lead("open_session", "open-another", **asked).code == "SAL-036"
    assert table.lead("open_session", "open-the-session", **(asked | {"present": 3})).code == "SAL-006"


def test_a_session_whose_kept_file_is_lost_can_still_be_led(table: Table, evaluation: Evaluation) -> None:
    table.desk.close()
    (evaluation.folders.root / "seances" / f".{DAY}.salle").unlink()
    found = Table(evaluation, DAY).desk
    assert len(found.lead_key) > 20 and len(found.secret) == 32


def test_a_new_session_waits_until_the_round_of_the_last_one_is_closed(
    table: Table, evaluation: Evaluation
) -> None:
    asked = {"date": "2024-04-12", "languages": ["fr"], "scale": "accord", "present": 12}
    table.propose()
    assert table.lead("open_round", items=["s1"], present=12, paper=0).ok
    assert table.phone("a", "react", item="s1", version=1, level="oui").ok
    table.desk.close()
    later = Table(evaluation)
    assert later.lead("open_session", **asked).code == "SAL-043"
    assert later.lead("resume_session", "take-it-up", name=DAY).ok
    assert later.lead("close_round", "close-it").ok and later.lead("close_session", "end-of-it").ok
    assert later.lead("open_session", "next-month", **asked).ok
    assert list(later.desk.deliberation.items["s1"].votes.values()) == ["oui"]


def test_a_round_whose_answers_are_lost_leaves_nothing_to_adopt(table: Table, evaluation: Evaluation) -> None:
    table.propose()
    table.vote(oui=5, non=5)
    assert table.lead("open_round", items=["s1"], present=12, paper=0).ok
    table.desk.close()
    (evaluation.folders.root / "seances" / f".{DAY}.urne").unlink()
    later = Table(evaluation).begin(date="2024-04-12")
    assert later.lead("adopt", item="s1", version=1).code == "SAL-024"
    assert later.desk.unfinished == (("2024-04-12", "2024-04-12"),)


def test_one_id_for_two_things_is_refused_before_and_after_a_crash(table: Table) -> None:
    table.propose(id="my-proposal")
    assert table.propose("Autre chose.", id="my-proposal").code == "SAL-006"
    table = table.again()
    assert table.propose("Autre chose.", id="my-proposal").code == "SAL-006"
    assert table.propose(id="my-proposal", question="q2").code == "SAL-006"
    assert table.phone("a", "dissent", "my-proposal", item="s1", text="Non.", **AMEND).code == "SAL-006"


def test_the_log_holds_no_seat_no_id_of_an_act_and_no_code(table: Table, evaluation: Evaluation) -> None:
    code = table.propose(seat="seat-of-ama", id="phone-of-ama-01").given["code"]
    table.lead("open_round", items=["s1"], present=12, paper=0)
    table.phone("seat-of-ama", "react", "phone-of-ama-02", item="s1", version=1, level="oui")
    table.lead("close_round")
    table.phone("seat-of-ama", "call", "phone-of-ama-03", what="stop")
    for path in (evaluation.folders.root / "seances").iterdir():
        data = path.read_bytes()
        assert b"ama" not in data and code.encode() not in data


# --- what is safe


def test_nothing_is_written_by_phones_before_the_limits_were_read(evaluation: Evaluation) -> None:
    table = Table(evaluation)
    table.lead("open_session", date=DAY, languages=["fr"], scale="accord", present=12)
    assert table.propose().code == "SAL-008"
    assert table.lead("propose", question="q1", kind="statement", text="Oui.", **AMEND).ok
    assert table.lead("open_round", items=["s1"], present=12, paper=0).code == "SAL-008"
    assert table.phone("a", "call", what="stop").ok
    table.lead("limits_read", language="fr", hash=HASH)
    assert table.desk.session is not None and table.desk.session.limits_read == HASH
    assert table.propose().ok


def test_a_text_that_was_not_shown_is_for_other_phones_as_if_it_were_not(table: Table) -> None:
    table.propose()
    hidden = table.phone("b", "amend", item="s1", text="Autre.", **AMEND)
    nothing = table.phone("b", "amend", item="s99", text="Autre.", **AMEND)
    assert hidden == nothing
    table.lead("show", what="texts", items=["s1"])
    assert table.phone("b", "amend", item="s1", text="Autre.", **AMEND).ok


def test_a_call_reaches_the_facilitator_and_is_written_nowhere(table: Table, evaluation: Evaluation) -> None:
    before = {path: path.read_bytes() for path in evaluation.folders.root.rglob("*") if path.is_file()}
    table.phone("a", "call", what="talk")
    table.phone("b", "call", what="stop")
    assert [(n, what) for n, what, _ in table.desk.calls] == [(1, "talk"), (2, "stop")]
    table.lead("answered", n=1)
    assert [n for n, _, _ in table.desk.calls] == [2]
    assert {
        path: path.read_bytes() for path in evaluation.folders.root.rglob("*") if path.is_file()
    } == before


def test_what_a_text_comes_from_must_have_been_offered(table: Table) -> None:
    assert table.propose(from_="theme:horaires").code == "SAL-021"

    class Offered:
        sources = frozenset({"theme:horaires"})

        def quotes_of(self, card: str) -> dict[str, CardQuote]:
            return {}

    table.desk.offers = Offered()
    assert table.propose(from_="theme:NomDeFamille").code == "SAL-021"
    assert table.propose(from_="theme:horaires").ok
    assert table.desk.deliberation.items["s1"].origin == "theme:horaires"


# --- texts


def test_changing_a_text_makes_answers_stale_and_asks_again(table: Table) -> None:
    table.propose()
    table.vote(oui=5)
    table.phone("b", "amend", item="s1", text="Ouvrir le dimanche.", **AMEND)
    assert table.lead("accept_amendment", item="s1", amendment="s1-a1").ok
    item = table.desk.deliberation.items["s1"]
    assert (item.version, item.votes) == (2, {})
    assert table.lead("adopt", item="s1", version=1).code == "SAL-024"
    assert table.lead("adopt", item="s1", version=2).code == "SAL-024"
    table.lead("open_round", items=["s1"], present=12, paper=0)
    assert table.phone("a", "react", item="s1", version=1, level="oui").code == "SAL-010"
    assert table.phone("a", "react", item="s1", version=2, level="peut-être").code == "SAL-001"
    assert table.phone("a", "react", item="s1", version=2, level="autre").code == "SAL-013"
    assert table.phone("a", "react", item="s1", version=2, level="oui").ok
    assert table.lead("adopt", item="s1", version=2).code == "SAL-015"
    assert table.lead("accept_amendment", item="s1", amendment="s1-a1").code == "SAL-025"
    table.lead("close_round")
    assert table.lead("adopt", item="s1", version=2).ok


def test_a_text_does_not_change_while_people_answer(table: Table) -> None:
    code = table.propose().given["code"]
    table.propose("Ouvrir le soir.")
    table.lead("show", what="texts", items=["s1", "s2"])
    table.phone("b", "amend", item="s1", text="Autre.", **AMEND)
    table.lead("open_round", items=["s1"], present=12, paper=0)
    assert table.lead("accept_amendment", item="s1", amendment="s1-a1").code == "SAL-015"
    assert table.lead("merge", items=["s2"], into="s1").code == "SAL-015"
    assert table.phone("a", "change", code=code, text="Autre.", **AMEND).code == "SAL-015"
    assert table.lead("open_round", items=["s2"], present=12, paper=0).code == "SAL-014"
    assert table.lead("close_session").code == "SAL-014"


def test_a_rejected_amendment_keeps_its_reason_and_can_stand_by_itself(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    code = table.phone("b", "amend", item="s1", text="Fermer le lundi.", **AMEND).given["code"]
    refused = {"item": "s1", "amendment": "s1-a1"}
    assert table.lead("stand_alone", **refused).code == "SAL-025"
    assert table.lead("reject_amendment", **refused, reason="C’est un autre sujet.").ok
    amendment = table.desk.deliberation.items["s1"].amendments[0]
    assert amendment.reason is not None and amendment.reason.text == "C’est un autre sujet."
    assert table.lead("stand_alone", **refused, kind="recommendation").given == {"item": "r1"}
    item = table.desk.deliberation.items["r1"]
    assert (item.origin, item.wordings[0].text) == ("amendment:s1-a1", "Fermer le lundi.")
    brought = table.phone("z", "mine", code=code).given["brought"]
    assert [one["id"] for one in brought] == ["s1-a1", "r1"]


def test_objections_dissents_translations_and_addressees(table: Table) -> None:
    table.propose(kind="recommendation")
    table.lead("show", what="texts", items=["r1"])
    table.phone("b", "object", item="r1", version=1, text="Le bus ne passe pas.", **AMEND)
    table.phone("c", "dissent", item="r1", text="Le soir plutôt.", **AMEND)
    assert table.lead("translate", item="r1", version=1, language="fr", text="Non").code == "SAL-027"
    assert table.lead("approve_words", item="r1", language="en").code == "SAL-028"
    assert table.lead("translate", item="r1", version=1, language="en", text="Open on Saturdays.").ok
    assert table.lead("translate", item="r1-d1", version=1, language="en", text="Rather at night.").ok
    assert [one.approved for one in table.desk.deliberation.items["r1"].wordings] == [True, False]
    assert table.lead("approve_words", item="r1", language="en").ok
    assert table.lead("approve_words", item="r1-d1", language="en").ok
    assert table.lead("set_addressee", item="r1", addressee={"fr": "La ville"}).ok
    assert table.lead("resolve_objection", objection="r1-o1", text="Le bus passera.").ok
    assert table.lead("resolve_objection", objection="r1-o1").code == "SAL-026"
    item = table.desk.deliberation.items["r1"]
    assert [one.approved for one in item.wordings] == [True, True]
    assert [one.approved for one in item.dissents[0].wordings] == [True, True]
    assert (item.addressee, item.objections_resolved) == ({"fr": "La ville"}, 1)


def test_counts_are_published_only_once_a_round_was_closed(table: Table) -> None:
    table.propose()
    assert table.lead("publish_counts", item="s1").code == "SAL-024"
    table.vote(oui=7)
    assert table.desk.deliberation.items["s1"].reactions == {}
    assert table.lead("publish_counts", item="s1").ok
    assert table.desk.deliberation.items["s1"].reactions == {"oui": 7}
    assert table.desk.deliberation.items["s1"].no_answer == 5


def test_an_edition_of_nothing_is_not_adopted(table: Table) -> None:
    table.propose()
    assert table.lead("adopt_edition").code == "SAL-031"


def test_more_people_on_paper_than_in_the_room_are_a_mistake(table: Table) -> None:
    table.propose()
    assert table.lead("open_round", items=["s1"], present=3, paper=4).code == "SAL-016"
    assert table.lead("open_round", items=["s1"], present=0, paper=0).code == "SAL-016"
    assert table.lead("open_round", items=["s9"], present=5, paper=0).code == "SAL-009"


# --- weight


def test_the_desk_loads_nothing_heavy() -> None:
    heavy = "{'pandas', 'numpy', 'matplotlib', 'typst', 'nbformat'}"
    script = f"import sys, avis.room.desk; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
