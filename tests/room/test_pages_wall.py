"""The wall in a real browser: all of it is seen at once, said in words, and holds no number."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from given_room import (
    EVENINGS,
    WAITING,
    Room,
    lead_view,
    wall_view,
)
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OUTCOMES = [
    {"id": "s1", "outcome": "consensus", "adopted": True},
    {"id": "r1", "outcome": "large_majority", "adopted": False},
]
SHOWN = {
    "join": wall_view("join", "limits"),
    "limits": wall_view("limits", "limits"),
    "texts": wall_view("texts"),
    "round": wall_view("round", "round", round={"id": "t", "items": [WAITING, EVENINGS]}),
    "paper": wall_view("round", "paper", items=["s1"]),
    "results": wall_view("results", "results", results=OUTCOMES),
    "history": wall_view("history", items=["s1"]),
    "edition": wall_view("edition"),
    "nothing": wall_view("nothing", trouble="full"),
    "over": wall_view("nothing", "closed"),
}


def no_fault(page: Page) -> None:
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("what", SHOWN)
@pytest.mark.parametrize("width", [1280, 1920])
def test_the_wall_shows_all_of_it_without_scrolling(browser: Browser, what: str, width: int) -> None:
    room = Room("wall", SHOWN[what])
    page = room.open(browser, width)
    page.wait_for_selector("main")
    no_fault(page)
    overflow = "(main => [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth])"
    down, aside = page.evaluate(f"{overflow}(document.querySelector('main'))")
    assert down <= 1 and aside <= 1
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)") >= 15
    assert room.complaints == room.elsewhere == []
    page.context.close()


def test_the_wall_says_at_once_that_the_disk_is_full(browser: Browser) -> None:
    room = Room("wall", wall_view("texts"))
    page = room.open(browser, 1280)
    expect(page.locator(".sheet").first).to_be_visible()
    room.show(trouble="full")
    expect(page.get_by_text("Le disque est plein : rien de nouveau n’est gardé.")).to_be_visible()
    room.show(trouble="")
    expect(page.get_by_text("Le disque est plein")).to_have_count(0)
    page.context.close()


def test_the_original_stands_first_and_what_is_not_approved_is_marked(browser: Browser) -> None:
    page = Room("wall", wall_view("texts", items=["r1"])).open(browser, 1280)
    said = page.locator(".sheet .said")
    expect(said.first).to_have_attribute("lang", "en")
    expect(said.nth(1)).to_have_attribute("lang", "fr")
    expect(page.get_by_text("La personne n’a pas encore dit oui")).to_be_visible()
    page.context.close()


def test_what_changed_is_said_in_words_and_not_by_colour_alone(browser: Browser) -> None:
    page = Room("wall", wall_view("history", items=["s1"])).open(browser, 1280)
    expect(page.locator("ins")).to_contain_text("ajouté : un soir par semaine")
    expect(page.locator("del")).to_contain_text("retiré : plus")
    assert page.locator("ins").evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    page.context.close()


def test_an_open_round_shows_no_number_on_any_screen(browser: Browser) -> None:
    for role, view in (("wall", SHOWN["round"]), ("lead", lead_view("round", round=SHOWN["round"]["round"]))):
        page = Room(role, view).open(browser, 1280, "#KEY")
        if role == "lead":
            page.get_by_role("button", name="Tour", exact=True).click()
        expect(page.get_by_text("Personne ne voit les réponses").first).to_be_visible()
        assert not any(sign.isdigit() for sign in page.locator("main").inner_text())
        page.context.close()
