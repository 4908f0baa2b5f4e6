"""What a phone keeps, sends again and wipes, in a real browser: answers, words, codes."""

from __future__ import annotations

import pytest
from given_phone import RESULTS, answers, join, own_words, press, send_text, write_text
from given_room import HOME, WAITING, Room, admitted, phone_view, round_view
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_answer_can_be_changed_until_the_round_is_closed(browser: Browser) -> None:
    room = Room("phone", round_view())
    page = join(room, browser)
    press(page, "Oui")
    expect(page.get_by_text("Envoyé.")).to_be_visible()
    press(page, "Non")
    expect(page.get_by_role("button", name="Non", exact=True)).to_have_attribute("aria-pressed", "true")
    press(page, "Texte suivant")
    press(page, "Je veux d’abord en parler")
    press(page, "J’ai fini")
    expect(page.get_by_role("heading", name="Vous avez répondu")).to_be_visible()
    assert [(act["item"], act["level"]) for act in room.acts] == [
        ("s1", "oui"),
        ("s1", "non"),
        ("r1", "parler"),
    ]
    assert len({act["id"] for act in room.acts}) == 3
    room.show(**RESULTS)
    expect(page.get_by_text("Consensus : aucune objection")).to_be_visible()
    assert page.evaluate("localStorage.getItem('notes.answers')") is None
    page.context.close()


def test_a_changed_text_is_asked_again(browser: Browser) -> None:
    room = Room("phone", round_view(WAITING))
    page = join(room, browser)
    press(page, "Oui")
    expect(page.get_by_text("Envoyé.")).to_be_visible()
    room.show(**round_view({**WAITING, "version": 2}))
    expect(page.get_by_role("button", name="Oui", exact=True)).to_have_attribute("aria-pressed", "false")
    page.context.close()


def test_answers_wait_on_the_phone_and_are_sent_again_with_their_ids(browser: Browser) -> None:
    room = Room("phone", round_view(WAITING), status=507)
    page = join(room, browser)
    press(page, "Oui")
    expect(page.locator(".levels ~ .note").get_by_text("En attente du réseau")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Oui", exact=True)).to_have_attribute("aria-pressed", "true")
    room.status = 200
    expect(page.get_by_text("Envoyé.")).to_be_visible(timeout=15_000)
    assert len({act["id"] for act in room.acts}) == 1 < len(room.acts)
    assert page.evaluate("localStorage.getItem('notes.outbox')") is None
    page.context.close()


def test_the_page_works_where_storage_is_forbidden(browser: Browser) -> None:
    room = Room("phone", round_view(WAITING), status=507)
    context = browser.new_context(viewport={"width": 320, "height": 640})
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    context.add_init_script(forbid)
    page = room.open_in(context, "#K7PXA2")
    admitted(page)
    press(page, "Oui")
    expect(page.locator(".levels ~ .note").get_by_text("En attente")).to_be_visible()
    room.status = 200
    expect(page.get_by_text("Envoyé.")).to_be_visible(timeout=15_000)
    assert room.complaints == [] or all("507" in said for said in room.complaints)
    context.close()


def test_a_refused_answer_is_said_and_not_kept(browser: Browser) -> None:
    room = Room("phone", round_view(WAITING), answers=lambda act: {"ok": False, "error": "SAL-011"})
    page = join(room, browser)
    press(page, "Oui")
    expect(page.locator("#news")).to_contain_text("Trop tard")
    expect(page.get_by_role("button", name="Oui", exact=True)).to_have_attribute("aria-pressed", "false")
    page.context.close()


def test_a_proposal_needs_a_second_yes_and_gives_a_code_that_disappears(browser: Browser) -> None:
    room = Room("phone", phone_view())
    page = join(room, browser)
    write_text(page)
    press(page, "Relire")
    assert room.acts == []
    press(page, "Oui, ce sont mes mots")
    code = page.get_by_label("N Z 2 6 D M C X")
    expect(code).to_be_visible()
    (act,) = room.acts
    assert (act["do"], act["kind"], act["question"], act["confirmed"]) == ("propose", "statement", "q2", True)
    page.reload()
    expect(code).to_be_visible()
    press(page, "C’est noté")
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "NZ26" not in kept and "soir" not in kept
    expect(page.get_by_text("NZ26")).to_have_count(0)
    page.context.close()


def test_the_code_of_words_that_waited_comes_when_they_arrive(browser: Browser) -> None:
    room = Room("phone", phone_view(), status=507)
    page = join(room, browser)
    write_text(page)
    send_text(page)
    expect(page.get_by_role("heading", name="Votre texte part")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Regardez le mur")).to_be_visible()
    room.status = 200
    expect(page.get_by_label("N Z 2 6 D M C X")).to_be_visible(timeout=15_000)
    assert len({act["id"] for act in room.acts}) == 1
    page.context.close()


def test_a_page_whose_first_language_is_another_says_so(browser: Browser) -> None:
    page = Room("phone", phone_view(), language="es").open(browser, 320)
    expect(page.get_by_role("heading", name="Hola")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "es"
    page.context.close()


def test_words_that_somebody_took_back_leave_no_code_on_the_phone(browser: Browser) -> None:
    room = Room("phone", phone_view(), answers=answers)
    page = join(room, browser)
    own_words(page)
    press(page, "Oui à la traduction (English)")
    press(page, "Reprendre mes mots")
    press(page, "Oui, je reprends mes mots")
    expect(page.get_by_role("heading", name="C’est fait")).to_be_visible()
    assert [act["do"] for act in room.acts] == ["mine", "approve_words", "mine", "withdraw"]
    assert room.acts[-1]["confirmed"] is True
    assert "NZ26" not in page.evaluate("JSON.stringify(Object.values(localStorage))")
    page.context.close()


def test_leaving_quickly_wipes_the_phone_and_leaves_no_way_back(browser: Browser) -> None:
    room = Room("phone", round_view(), status=507)
    page = join(room, browser)
    press(page, "Oui")
    assert page.evaluate("localStorage.length") > 0
    page.get_by_role("button", name="Quitter vite").click()
    page.wait_for_url("**/vide")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    assert page.url == "about:blank"
    page.goto(HOME)
    expect(page.get_by_label("Code du mur")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


def test_the_end_of_a_session_wipes_the_phone(browser: Browser) -> None:
    room = Room("phone", phone_view())
    page = join(room, browser)
    room.show(phase="closed")
    expect(page.get_by_role("heading", name="C’est fini pour aujourd’hui")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.context.close()
