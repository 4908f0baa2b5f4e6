"""What the three pages are told, reckoned from the desk: nothing before its time, nothing of anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from table import Table, make_evaluation

from avis.errors import Problems
from avis.room.views import Join, Scene, limits_hash, phone_view, qr_rows, wall_view
from avis.room.views_lead import Backstage, lead_view
from avis.writing.deliberation import in_order, read_logs
from avis.writing.history import tell_histories

JOIN = Join("http://192.168.1.5:8731/", "ABCDEF")


def scene(table: Table, **more: Any) -> Scene:
    desk, settings = table.desk, table.evaluation.settings
    assert settings.request
    known: dict[str, Any] = {
        "deliberation": desk.deliberation,
        "questions": settings.request.questions,
        "scales": settings.scales,
        "limits": {"fr": "Avant de commencer"},
        "session": desk.name,
        "round": desk.round,
        "shown": desk.shown,
        "is_seen": desk.is_seen,
        "join": JOIN,
    }
    return Scene(**(known | more))


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(make_evaluation(tmp_path)).begin()


def all_views(table: Table, **more: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    now = scene(table, **more)
    return phone_view(now), wall_view(now), lead_view(now, Backstage())


def history(table: Table, id: str) -> tuple[Any, ...]:
    logs = in_order(read_logs(table.evaluation, Problems()))
    return tell_histories(logs, table.evaluation.settings.scales)[id]


def test_a_room_goes_from_closed_to_limits_to_texts_to_a_round_to_results(tmp_path: Path) -> None:
    table = Table(make_evaluation(tmp_path))
    phases = [scene(table).phase]
    table.lead("open_session", date="2024-03-15", languages=["fr"], scale="accord", present=12)
    phases.append(scene(table).phase)
    table.lead("limits_read", language="fr", hash="0" * 64)
    phases.append(scene(table).phase)
    table.propose()
    table.lead("open_round", items=["s1"], present=12, paper=0)
    phases.append(scene(table).phase)
    table.lead("close_round")
    table.lead("show", what="results", items=["s1"])
    phases.append(scene(table).phase)
    table.lead("close_session")
    phases.append(scene(table).phase)
    assert phases == ["closed", "limits", "wait", "round", "results", "closed"]


def test_a_text_is_everybodys_once_it_was_shown_and_until_its_author_hides_it(table: Table) -> None:
    code = table.propose().given["code"]
    phone, wall, lead = all_views(table)
    assert (phone["texts"], wall["texts"], len(lead["texts"])) == ([], [], 1)
    table.lead("show", what="texts", items=["s1"])
    assert len(all_views(table)[0]["texts"]) == 1
    assert table.phone("b", "suspend", code=code).ok
    phone, wall, lead = all_views(table)
    assert (phone["texts"], wall["texts"]) == ([], [])
    assert lead["texts"][0]["suspended"]
    assert table.phone("b", "resume", code=code).ok
    assert table.phone("b", "withdraw", code=code, confirmed=True).ok
    assert "Ouvrir" not in json.dumps(all_views(table), ensure_ascii=False)


def test_amendments_and_dissents_wait_to_be_shown_too(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    amendment = table.phone("b", "amend", item="s1", language="fr", text="Ouvrir le soir.", confirmed=True)
    dissent = table.phone("c", "dissent", item="s1", language="fr", text="Non.", confirmed=True)
    phone, wall, lead = all_views(table)
    for view in (phone, wall):
        assert (view["texts"][0]["amendments"], view["texts"][0]["dissents"]) == ([], [])
    assert lead["texts"][0]["amendments"] and lead["texts"][0]["dissents"]
    shown = ["s1", amendment.given["amendment"], dissent.given["dissent"]]
    table.lead("show", what="texts", items=shown)
    for view in all_views(table)[:2]:
        assert len(view["texts"][0]["amendments"]) == len(view["texts"][0]["dissents"]) == 1


def test_words_of_an_objection_are_the_leads_alone(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    table.phone(
        "b", "object", item="s1", version=1, language="fr", text="Personne ne viendrait.", confirmed=True
    )
    phone, wall, lead = all_views(table)
    assert "viendrait" not in json.dumps([phone, wall])
    assert lead["texts"][0]["objections"][0]["wordings"][0]["text"] == "Personne ne viendrait."


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ({"oui": 6}, "consensus"),
        ({"oui": 6, "non": 2}, "large_majority"),
        ({"oui": 3, "non": 3}, "minority_view"),
        ({"non": 6}, "not_adopted"),
        ({"oui": 5, "parler": 1}, "to_talk"),
        ({}, "not_adopted"),
    ],
)
def test_outcomes_are_words_and_never_counts(table: Table, votes: dict[str, int], outcome: str) -> None:
    table.propose()
    table.vote(**votes)
    phone, wall, lead = all_views(table)
    assert phone["results"] == wall["results"] == [{"id": "s1", "outcome": outcome, "adopted": False}]
    assert lead["texts"][0]["outcome"] == outcome
    said = json.dumps([phone, wall, lead])
    assert "votes" not in said and "reactions" not in said and "voter" not in said


def test_a_text_that_was_adopted_after_a_talk_is_not_said_to_be_rejected(table: Table) -> None:
    table.propose()
    table.vote(parler=3)
    assert table.lead("adopt", item="s1", version=1).ok
    assert all_views(table)[0]["results"] == [{"id": "s1", "outcome": "consensus", "adopted": True}]


def test_a_text_that_changed_since_its_round_has_no_outcome_any_more(table: Table) -> None:
    table.propose()
    table.vote(oui=6)
    amendment = table.phone("b", "amend", item="s1", language="fr", text="Ouvrir le soir.", confirmed=True)
    table.lead("accept_amendment", item="s1", amendment=amendment.given["amendment"])
    assert all_views(table)[0]["results"] == []


def test_the_code_of_the_door_is_on_the_wall_and_nowhere_else(table: Table) -> None:
    phone, wall, _ = all_views(table)
    assert wall["join"]["code"] == "ABCDEF" and wall["join"]["qr"] == list(qr_rows(f"{JOIN.url}#ABCDEF"))
    assert "ABCDEF" not in json.dumps(phone)
    shut = Join(JOIN.url, JOIN.code, open=False)
    assert wall_view(scene(table, join=shut))["join"] == {"url": JOIN.url, "code": "", "qr": []}
    assert wall_view(scene(table, join=None))["join"] is None


def test_a_quote_is_never_offered_to_all_phones(table: Table) -> None:
    phone, wall, _ = all_views(table, offers={"themes": [{"id": "t"}], "figures": []})
    assert phone["offers"].keys() == {"themes", "figures"} and "offers" not in wall


def test_an_edition_is_shown_with_all_its_dissents(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    table.phone("c", "dissent", item="s1", language="fr", text="Non.", confirmed=True)
    table.vote(oui=6, non=1)
    assert table.lead("adopt", item="s1", version=1).ok
    table.lead("show", what="edition")
    (text,) = all_views(table)[1]["edition"]
    assert [one["text"] for one in text["dissents"][0]["wordings"]] == ["Non."]
    lead = all_views(table)[2]
    assert (lead["edition"]["items"], lead["edition"]["adopted"]) == (["s1"], False)
    table.lead("adopt_edition")
    assert all_views(table)[2]["edition"]["adopted"]


def test_the_story_of_a_text_tells_what_the_room_saw(table: Table) -> None:
    table.propose()
    table.lead("show", what="texts", items=["s1"])
    first = table.phone("b", "amend", item="s1", language="fr", text="Ouvrir le soir.", confirmed=True)
    table.phone("c", "amend", item="s1", language="fr", text="JAMAIS MONTRÉ", confirmed=True)
    table.phone("d", "object", item="s1", version=1, language="fr", text="GARDÉ POUR ELLE", confirmed=True)
    table.lead("show", what="texts", items=["s1", first.given["amendment"]])
    table.lead("accept_amendment", item="s1", amendment=first.given["amendment"])
    table.lead("show", what="history", items=["s1"])
    steps = wall_view(scene(table, history=history(table, "s1")))["history"]
    assert [step["kind"] for step in steps] == ["proposed", "suggested", "objected", "amended"]
    assert ["removed", "samedi"] in [list(change) for change in steps[-1]["change"]]
    assert "JAMAIS" not in str(steps) and "GARDÉ" not in str(steps)
    assert "history" not in all_views(table)[0]


def test_words_that_their_author_changed_are_not_in_the_story_on_the_wall(table: Table) -> None:
    words = {"question": "q1", "kind": "statement", "language": "fr", "confirmed": True}
    given = table.phone("a", "propose", **words, text="NOM ÔTÉ ferme trop tôt.").given
    changed = {"language": "fr", "text": "Le guichet ferme trop tôt.", "confirmed": True}
    assert table.phone("a", "change", code=given["code"], **changed).ok
    table.lead("show", what="texts", items=["s1"])
    table.lead("show", what="history", items=["s1"])
    steps = wall_view(scene(table, history=history(table, "s1")))["history"]
    assert [step["kind"] for step in steps] == ["proposed", "reworded"]
    assert "NOM ÔTÉ" not in str(steps) and steps[-1]["wording"]["text"] == "Le guichet ferme trop tôt."


def test_limits_that_differ_in_one_word_have_another_hash() -> None:
    assert limits_hash({"fr": "a"}) != limits_hash({"fr": "b"}) != limits_hash({"en": "b"})
