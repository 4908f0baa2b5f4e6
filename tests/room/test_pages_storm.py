"""A bad evening: 200 events of six phones, through kill -9, lost network, torn lines, a full disk.

What is expected is reckoned here from what the phones did, never asked of the room.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from given_storm import Laptop, Meeting, asked, meet, until
from playwright.sync_api import Browser, expect
from table import make_evaluation

from avis.room.box import box_path
from avis.room.sitting import log_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEVELS = ("oui", "non", "parler")
SEEN = "view.texts.filter(one => one.shown !== false).map(one => [one.id, one.version])"
Given: TypeAlias = dict[tuple[int, str], str]
"""The last answer of each phone to each text."""


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(make_evaluation(tmp_path))
    yield laptop
    laptop.kill()


def proposal(number: int, round: int) -> dict[str, Any]:
    words = f"Texte {number}.{round} <b>x</b> & « y »"
    fields = {"do": "propose", "question": "q1", "kind": "statement", "language": "fr", "confirmed": True}
    return fields | {"text": words}


def ask(meeting: Meeting, items: list[str]) -> None:
    meeting.act("open_round", items=items, present=12, paper=0)
    meeting.act("show", what="round", items=items)
    meeting.wait_for(f"view.phase === 'round' && view.round.items.length === {len(items)}")


def close(meeting: Meeting, items: list[str]) -> None:
    meeting.act("close_round")
    meeting.act("show", what="results", items=items)
    meeting.wait_for("view.phase === 'results'")


def react(meeting: Meeting, number: int, item: str, level: str) -> None:
    """Answer by what the button of the page calls."""
    call = "([id, level]) => { react(Me.view.round.items.find(one => one.id === id), level) }"
    meeting.phones[number].evaluate(call, [item, level])


def answer_all(meeting: Meeting, items: list[str], shift: int, given: Given) -> None:
    for number in range(6):
        for place, item in enumerate(items):
            level = LEVELS[(number + place + shift) % 3]
            react(meeting, number, item, level)
            given[number, item] = level


def propose_all(meeting: Meeting) -> list[str]:
    """Eighteen proposals, and one that is sent three times at once with one id."""
    for round in range(3):
        for number in range(6):
            meeting.say(number, proposal(number, round))
    twice = {**proposal(9, 9), "id": "the-same-id-again"}
    send = "act => Promise.all([1, 2, 3].map(() => post('/dire', act, {'X-Cle': Me.key})))"
    told = meeting.phones[0].evaluate(send, twice)
    assert len({(one["item"], one["code"]) for one in told}) == 1
    meeting.settle()
    until(lambda: meeting.lead.evaluate("Lead.view.texts.length") == 19)
    items = [f"s{number}" for number in range(1, 19)]
    meeting.act("show", what="texts", items=items)
    return items


def lose_network(meeting: Meeting, items: list[str], given: Given) -> None:
    """Two phones lose the network while they answer."""
    ask(meeting, items)
    for number in (1, 4):
        meeting.phones[number].context.set_offline(True)
    answer_all(meeting, items, 0, given)
    expect(meeting.phones[1].get_by_text("En attente du réseau").first).to_be_visible(timeout=20_000)
    for number in (1, 4):
        meeting.phones[number].context.set_offline(False)
    meeting.settle()
    close(meeting, items)


def kill_laptop(meeting: Meeting, laptop: Laptop, path: Path, items: list[str], given: Given) -> None:
    """The laptop is killed in the middle, its last lines are torn, and a phone's browser is killed too."""
    ask(meeting, items)
    answer_all(meeting, items[:3], 0, given)
    laptop.kill()
    answer_all(meeting, items[3:], 0, given)
    for torn in (path, box_path(path)):
        with torn.open("ab") as file:
            file.write(b'{"id":"half a li')
    page = meeting.phones[5]
    assert page.evaluate("outbox.waiting.length") > 0
    laptop.start()
    page.reload()
    meeting.wait_for("view.phase === 'round'")
    answer_all(meeting, items[:2], 1, given)  # some change their minds
    meeting.settle()
    close(meeting, items)


def fill_disk(meeting: Meeting, laptop: Laptop, items: list[str], given: Given) -> None:
    """The disk is full: the wall says so at once, and answers wait on the phones."""
    ask(meeting, items)
    laptop.fill_disk(True)
    answer_all(meeting, items, 2, given)
    for page in (meeting.wall, meeting.lead, *meeting.phones):
        expect(page.get_by_text("Le disque est plein").first).to_be_visible()
    laptop.fill_disk(False)
    meeting.settle()
    expect(meeting.wall.get_by_text("Le disque est plein")).to_have_count(0, timeout=20_000)
    close(meeting, items)


def dispute(meeting: Meeting, items: list[str]) -> None:
    """Amendments, objections, dissent, from every phone; four amendments are taken in."""
    for number in range(6):
        for place, item in enumerate((items[number], items[number + 6], items[number + 12])):
            said = {"language": "fr", "text": f"Mots {number}.{place}", "item": item, "confirmed": True}
            more = {"version": 1} if place == 1 else {}
            meeting.say(number, {"do": ("amend", "object", "dissent")[place], **said, **more})
    meeting.settle()
    for item in items[:4]:
        meeting.act("accept_amendment", item=item, amendment=f"{item}-a1")
    for number, item in enumerate(items):
        words = {"item": item, "language": "en"}
        meeting.act("translate", **words, text=f"Text {number}", version=2 if number < 4 else 1)
        meeting.act("approve_words", **words)
    for item in items[4:12]:
        meeting.act("adopt", item=item, version=1)
    meeting.act("adopt_edition")
    meeting.wait_for("view.texts.filter(one => one.version === 2).length === 4")


def test_a_bad_evening_loses_nothing_and_doubles_nothing(browser: Browser, laptop: Laptop) -> None:
    meeting = meet(browser, laptop.start())
    session = meeting.lead.evaluate("Lead.view.session.name")
    given: Given = {}
    items = propose_all(meeting)
    lose_network(meeting, items[:6], given)
    kill_laptop(meeting, laptop, log_path(laptop.evaluation, session), items[6:12], given)
    fill_disk(meeting, laptop, items[12:], given)
    dispute(meeting, items)

    delays = [meeting.delay(what) for what in ("nothing", "results") * 5]
    assert statistics.median(delays) <= 0.3, delays
    shown = [asked(page, SEEN) for page in meeting.screens]
    assert all(one == shown[0] for one in shown)
    assert len(shown[0]) == 18
    assert meeting.complaints == []

    meeting.act("close_session")
    for page in meeting.phones:
        expect(page.get_by_role("heading", name="C’est fini pour aujourd’hui")).to_be_visible(timeout=20_000)
        assert page.evaluate("localStorage.length") == 0
    check_log(laptop, session, given)


def check_log(laptop: Laptop, session: str, given: Given) -> None:
    """Hold the log against what the phones did."""
    log = laptop.read(session)
    kinds = Counter(event.type for event in log.events)
    assert kinds["proposed"] == 19
    assert kinds["amendment_proposed"] == kinds["objected"] == kinds["dissent_recorded"] == 6
    assert kinds["reacted"] == len(given) == 108
    assert len({event.id for event in log.events}) == len(log.events) >= 200
    texts = Counter(
        log.words[event.body["text"]["word"]].text for event in log.events if event.type == "proposed"
    )
    assert set(texts.values()) == {1}
    wanted = Counter((item, level) for (_, item), level in given.items())
    found = Counter((e.body["item"], e.body["level"]) for e in log.events if e.type == "reacted")
    assert found == wanted
