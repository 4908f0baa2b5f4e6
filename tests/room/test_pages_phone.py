"""The phone's page in a real browser, as a member holds it: what it shows, says and reads aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from given_phone import (
    RESULTS,
    answers,
    join,
    open_menu,
    open_texts,
    own_quote,
    own_words,
    press,
    send_text,
    write_text,
)
from given_room import EVENINGS, HOME, WAITING, Room, admitted, phone_view, round_view, text, wording
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = '<img src=x onerror="document.title=1"><b>gras</b>'
STATES: dict[str, tuple[dict[str, Any], Callable[[Page], Any]]] = {
    "home": (phone_view(), lambda page: None),
    "round": (round_view(), lambda page: None),
    "answered": (round_view(), lambda page: page.get_by_role("button", name="Oui", exact=True).click()),
    "paper": (phone_view("paper"), lambda page: None),
    "results": (RESULTS, lambda page: None),
    "full": (phone_view(trouble="full"), lambda page: None),
    "menu": (round_view(), open_menu),
    "kind": (phone_view(), lambda page: press(page, "Proposer un texte")),
    "write": (phone_view(), write_text),
    "read": (phone_view(), lambda page: (write_text(page), press(page, "Relire"))),
    "code": (phone_view(), lambda page: (write_text(page), send_text(page))),
    "texts": (RESULTS, lambda page: open_texts(page)),
    "text": (RESULTS, lambda page: (open_texts(page), page.locator(".choice").last.click())),
    "mine": (phone_view(), own_words),
    "sure": (phone_view(), lambda page: (own_words(page), press(page, "Reprendre mes mots"))),
    "card": (phone_view(), own_quote),
    "stop": (phone_view(), lambda page: press(page, "Stop")),
    "over": (phone_view("closed"), lambda page: None),
}  # fmt: skip


def check_page(page: Page) -> None:
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    small = """[...document.querySelectorAll('button, input, textarea, summary')]
        .map(one => [one.textContent || one.id, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 56 || box.height < 56)).map(([name]) => name)"""
    assert page.evaluate(small) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_every_screen_is_accessible_and_fits_the_smallest_phone(
    browser: Browser, state: str, scheme: str
) -> None:
    view, lead_there = STATES[state]
    room = Room("phone", view, answers=answers)
    if state == "over":
        page = room.open(browser, 320, "#K7PXA2", color_scheme=scheme)
    else:
        page = join(room, browser, color_scheme=scheme)
    lead_there(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_page(page)
    assert room.complaints == room.elsewhere == []
    page.context.close()


@pytest.mark.parametrize("name", ["join", "language", "limits"])
def test_the_way_in_is_accessible(browser: Browser, name: str) -> None:
    room = Room("phone", phone_view("limits"))
    page = room.open(browser, 320, "" if name == "join" else "#K7PXA2")
    if name == "limits":
        page.get_by_role("button", name="Français").last.click()
        expect(page.get_by_role("heading", name="Avant de commencer")).to_be_visible()
    check_page(page)
    assert page.title() == "Notes"
    assert room.complaints == []
    page.context.close()


def test_the_code_of_the_wall_leaves_the_address_at_once(browser: Browser) -> None:
    page = join(Room("phone", phone_view()), browser)
    assert page.url == f"{HOME}/"
    page.context.close()


def test_a_quote_is_approved_for_one_audience_after_the_other(browser: Browser) -> None:
    room = Room("phone", phone_view(), answers=answers)
    page = join(room, browser)
    own_quote(page)
    expect(page.get_by_role("button", name="Les financeurs")).to_have_count(0)
    page.get_by_role("button", name="Les membres du groupe").click()
    expect(page.get_by_text("Votre oui est gardé.")).to_be_visible()
    wanted = {
        "do": "approve_quote",
        "card": "NZ26DMCX",
        "quote": "p1",
        "audience": "members",
        "language": "fr",
    }
    assert room.acts[1].items() >= wanted.items()
    press(page, "Reprendre ces mots")
    expect(page.get_by_text("ne seront plus imprimés")).to_be_visible()
    page.context.close()


def test_stop_is_one_touch_and_says_who_sees_it(browser: Browser) -> None:
    room = Room("phone", round_view())
    page = join(room, browser)
    press(page, "Stop")
    expect(page.get_by_text("quelqu’un demande une pause")).to_be_visible()
    press(page, "Retour")
    press(page, "Parler")
    expect(page.get_by_text("Elle ne sait pas que c’est vous")).to_be_visible()
    assert [(act["do"], act["what"]) for act in room.acts] == [("call", "stop"), ("call", "talk")]
    page.context.close()


VOICE = """
    window.heard = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
    const far = {lang: 'es-ES', localService: false}, near = {lang: 'fr-FR', localService: true};
    Object.defineProperty(window, 'speechSynthesis', {value: {getVoices: () => [far, near], cancel() {},
        speak(said) { heard.push([said.lang, said.text]) }, addEventListener() {}}});
"""


def test_a_text_is_read_aloud_by_a_voice_of_the_device_and_by_no_other(browser: Browser) -> None:
    room = Room("phone", round_view())
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(VOICE)
    page = room.open_in(context, "#K7PXA2")
    admitted(page)
    press(page, "Écouter")
    assert page.evaluate("heard") == [["fr", WAITING["wordings"][0]["text"]]]
    press(page, "Arrêter")
    expect(page.get_by_role("button", name="Écouter")).to_be_visible()
    page.get_by_role("button", name="Español").first.click()
    expect(page.get_by_role("button", name="Salir rápido")).to_be_visible()
    press(
        page, "Siguiente" if page.get_by_role("button", name="Siguiente").count() else "Pasar sin responder"
    )
    expect(page.get_by_text("one evening")).to_be_visible()
    expect(page.get_by_role("button", name="Escuchar")).to_have_count(0)
    context.close()


CLIPS = """
    window.played = [];
    HTMLMediaElement.prototype.play = function () { played.push(this.src); return Promise.resolve() };
    Object.defineProperty(window, 'speechSynthesis', {value: undefined});
    const parse = JSON.parse;
    JSON.parse = text => {
        const found = parse(text);
        if (found && found.words) found.clips = {fr: ['s1-v1']};
        return found;
    };
"""


def test_a_text_is_read_aloud_by_the_clip_that_somebody_recorded(browser: Browser) -> None:
    room = Room("phone", round_view())
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(CLIPS)
    page = room.open_in(context, "#K7PXA2")
    admitted(page)
    press(page, "Écouter")
    assert page.evaluate("played") == [f"{HOME}/voix/fr/s1-v1"]
    context.close()


def test_a_phone_is_used_with_the_keyboard_alone(browser: Browser) -> None:
    room = Room("phone", round_view(WAITING))
    page = room.open(browser, 390)
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "code":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("k7pxa2")
    page.keyboard.press("Enter")
    for name in ("Français", "J’ai lu ou entendu", "Oui"):
        expect(page.get_by_role("button", name=name, exact=True).last).to_be_visible()
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == name:
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                break
        page.keyboard.press("Enter")
    expect(page.get_by_text("Envoyé.")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Oui"
    page.context.close()


def test_the_language_changes_with_one_touch_and_foreign_words_say_theirs(browser: Browser) -> None:
    room = Room("phone", round_view(EVENINGS))
    page = join(room, browser)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("What do you think of this text?")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("button", name="Salir rápido")).to_be_visible()
    shown = page.locator(".sheet .said").first
    expect(shown).to_have_attribute("lang", "en")
    expect(shown).to_have_attribute("dir", "auto")
    page.context.close()


def test_markup_in_every_field_stays_text(browser: Browser) -> None:
    said = [wording(MARKUP)]
    dissent, amendment = {"id": "d", "wordings": said}, {"id": "a", "status": "open", "wordings": said}
    more = {"dissents": [dissent], "amendments": [amendment], "addressee": {"fr": MARKUP}}
    odd = text("s1", *said, **more)
    scale = {"id": "x", "levels": [{"id": "l", "kind": "support", "label": {"fr": MARKUP}}]}
    view = phone_view("round", round={"id": "t", "items": [odd]}, texts=[odd], scale=scale)
    view |= {"questions": [{"id": "q1", "text": {"fr": MARKUP}}], "limits": {"fr": MARKUP}}
    room = Room("phone", view)
    page = join(room, browser)
    expect(page.get_by_text(MARKUP).first).to_be_visible()
    open_texts(page)
    page.locator(".choice").first.click()
    expect(page.locator(".dissent").get_by_text(MARKUP).first).to_be_visible()
    assert page.locator("img, main b:not(.choice b)").count() == 0
    assert page.title() == "Notes"
    assert room.complaints == room.elsewhere == []
    page.context.close()


@pytest.mark.parametrize(("language", "kept"), [("fr", "Abrir el sábado."), ("es", "")])
def test_words_in_another_language_are_read_and_not_written_over(
    browser: Browser, language: str, kept: str
) -> None:
    room = Room("phone", round_view(text("s1", wording("Abrir el sábado.", language))))
    page = join(room, browser)
    open_texts(page)
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Changer les mots").click()
    expect(page.get_by_role("textbox")).to_have_value(kept)
    expect(page.get_by_role("textbox")).to_have_attribute("lang", "fr")
    page.context.close()


def test_news_of_the_room_take_neither_focus_nor_half_a_sentence(browser: Browser) -> None:
    room = Room("phone", phone_view())
    page = join(room, browser)
    write_text(page, "Ouvrir un")
    page.get_by_role("textbox").focus()
    room.show(**round_view())
    expect(page.get_by_role("button", name="Un tour est ouvert : répondre")).to_be_visible()
    page.keyboard.type(" soir")
    assert page.get_by_role("textbox").input_value() == "Ouvrir un soir"
    page.get_by_role("button", name="Un tour est ouvert : répondre").click()
    expect(page.get_by_text("Votre avis sur ce texte")).to_be_visible()
    page.context.close()
