"""The facilitator's page in a real browser: each part, what it asks, and what it never does by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from given_room import QUESTIONS, SCALE, WAITING, Room, lead_text, lead_view, text, wall_view, wording
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = '<img src=x onerror="document.title=1"><b>gras</b>'


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name=name).click()


def press(page: Page, name: str, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).click()


def open_text(page: Page) -> None:
    part(page, "Textes")
    page.locator(".pick").first.click()


def speak(page: Page) -> None:
    part(page, "Écrire pour quelqu’un")
    page.get_by_label("Ses mots").fill("Ouvrir un soir.")
    press(page, "Lui relire")


ROUND = lead_view("round", round={"id": "t", "items": [WAITING]})
STATES: dict[str, tuple[dict[str, Any], Callable[[Page], Any]]] = {
    "start": (lead_view(session=False, unfinished=[{"name": "x", "date": "2026-01-01"}]), lambda page: None),
    "safe": (lead_view("limits"), lambda page: page.locator("summary").first.click()),
    "now": (lead_view(calls=[{"n": 1, "what": "stop", "at": "2026-11-22T14:05:00Z"}]), lambda page: None),
    "texts": (lead_view(), lambda page: part(page, "Textes")),
    "text": (lead_view(), open_text),
    "ask": (lead_view(), lambda page: part(page, "Tour")),
    "round": (ROUND, lambda page: (part(page, "Tour"), page.locator("summary").first.click())),
    "wall": (lead_view(), lambda page: part(page, "Mur")),
    "speak": (lead_view(), lambda page: part(page, "Écrire pour quelqu’un")),
    "read": (lead_view(), speak),
    "code": (lead_view(), lambda page: (speak(page), press(page, "Elle a dit oui"))),
    "adopt": (lead_view(), lambda page: part(page, "Relire et adopter")),
    "door": (lead_view(), lambda page: part(page, "Entrée")),
    "end": (lead_view(), lambda page: (part(page, "Fin"), press(page, "Fermer la séance"))),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_each_part_of_the_facilitators_page_is_accessible(browser: Browser, state: str, scheme: str) -> None:
    view, lead_there = STATES[state]
    room = Room("lead", view)
    page = room.open(browser, 1280, "#KEY", color_scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lead_there(page)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    for width in (640, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll('button')]
        .map(one => [one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 56 || box.height < 56)).map(([name]) => name)"""
    assert page.evaluate(small) == []
    assert room.complaints == room.elsewhere == []
    page.context.close()


def test_the_key_leaves_the_address_and_stays_in_this_tab_alone(browser: Browser) -> None:
    page = Room("lead", lead_view()).open(browser, 1280, "#KEY")
    expect(page.get_by_role("heading", name="Maintenant")).to_be_visible()
    assert "#" not in page.url
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [1, 0]
    page.reload()
    expect(page.get_by_role("heading", name="Maintenant")).to_be_visible()
    page.context.close()


def test_a_session_is_opened_and_the_room_made_safe(browser: Browser) -> None:
    room = Room("lead", lead_view(session=False))
    page = room.open(browser, 1280, "#KEY")
    page.get_by_label("Personnes présentes").fill("14")
    page.get_by_role("group", name="Langues de la séance").get_by_role("button", name="Español").click()
    press(page, "Ouvrir la séance")
    page.wait_for_timeout(200)
    (opened,) = room.acts
    assert (opened["do"], opened["present"], opened["languages"]) == ("open_session", 14, ["fr", "en", "es"])
    room.show(**lead_view("limits"))
    press(page, "L’entrée")
    press(page, "C’est lu, et il n’y a plus de question")
    expect(page.locator("main").get_by_text("Proposez des textes")).to_be_visible()
    assert [act["do"] for act in room.acts[1:]] == ["show", "limits_read"]
    assert room.acts[-1]["hash"] == room.view["limits_hash"]
    page.context.close()


def test_a_round_is_opened_with_the_paper_that_there_is(browser: Browser) -> None:
    room = Room("lead", lead_view())
    page = room.open(browser, 1280, "#KEY")
    part(page, "Tour")
    page.locator(".pick").first.click()
    press(page, "Continuer")
    page.get_by_label("Répondent sur papier").fill("2")
    expect(page.get_by_text("Tout le monde répondra sur papier.")).to_be_visible()
    page.get_by_label("Répondent sur papier").fill("3")
    expect(page.get_by_text("Tout le monde répondra sur papier.")).to_have_count(0)
    press(page, "Ouvrir le tour")
    page.wait_for_timeout(300)
    wanted = {"do": "open_round", "items": ["s1"], "present": 14, "paper": 3}
    assert room.acts[0].items() >= wanted.items()
    assert room.acts[1].items() >= {"do": "show", "what": "round", "items": ["s1"]}.items()
    page.context.close()


def test_a_pile_is_entered_by_level_and_a_round_closed_after_a_second_yes(browser: Browser) -> None:
    room = Room("lead", ROUND)
    page = room.open(browser, 1280, "#KEY")
    part(page, "Tour")
    page.locator("summary").first.click()
    page.get_by_label("Oui", exact=True).fill("3")
    page.get_by_label("Non", exact=True).fill("1")
    press(page, "Garder la pile")
    expect(page.locator("main").get_by_text("La pile est gardée.")).to_be_visible()
    assert room.acts[0].items() >= {"do": "pile", "item": "s1", "counts": {"oui": 3, "non": 1}}.items()
    press(page, "Fermer le tour")
    assert len(room.acts) == 1
    press(page, "Oui, fermer le tour")
    page.wait_for_timeout(300)
    assert [act["do"] for act in room.acts[1:]] == ["close_round", "show"]
    page.context.close()


def test_an_amendment_is_read_side_by_side_and_rejected_with_a_reason(browser: Browser) -> None:
    room = Room("lead", lead_view())
    page = room.open(browser, 1280, "#KEY")
    open_text(page)
    expect(page.locator("del").first).to_contain_text("retiré : trop longtemps")
    expect(page.locator("ins").first).to_contain_text("ajouté : plus d’un mois")
    page.get_by_label("Pourquoi, dans les mots du groupe").fill("Déjà dit ailleurs.")
    press(page, "Le groupe ne retient pas")
    page.wait_for_timeout(200)
    wanted = {"do": "reject_amendment", "item": "s1", "amendment": "s1-a1", "reason": "Déjà dit ailleurs."}
    assert room.acts[0].items() >= wanted.items()
    page.context.close()


def test_nothing_counts_before_her_yes_and_her_code_is_shown_once(browser: Browser) -> None:
    room = Room("lead", lead_view())
    page = room.open(browser, 1280, "#KEY")
    speak(page)
    assert room.acts == []
    press(page, "Elle a dit oui")
    expect(page.get_by_text("NZ26 DMCX")).to_be_visible()
    assert room.acts[0].items() >= {"do": "propose", "confirmed": True, "text": "Ouvrir un soir."}.items()
    press(page, "Terminé")
    expect(page.get_by_label("Ses mots")).to_have_value("")
    assert "NZ26" not in page.content()
    page.context.close()


def test_a_recording_stays_in_the_page_unless_she_wants_it_kept(browser: Browser) -> None:
    room = Room("lead", lead_view())
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script("""
        window.erased = 0;
        navigator.mediaDevices.getUserMedia = async () => ({getTracks: () => [{stop() {}}]});
        window.MediaRecorder = class {
            constructor() { this.state = 'inactive'; this.mimeType = 'audio/webm;codecs=opus' }
            start() { this.state = 'recording' }
            stop() {
                this.state = 'inactive';
                this.ondataavailable({data: new Blob(['voix'])});
                this.onstop();
            }
        };
        const erase = URL.revokeObjectURL;
        URL.revokeObjectURL = address => { erased += 1; erase.call(URL, address) };
        HTMLMediaElement.prototype.play = function () { return Promise.resolve() };
    """)
    sent: list[tuple[str, str | None]] = []
    page = room.open_in(context, "#KEY")
    page.on("request", lambda asked: sent.append((asked.url, asked.headers.get("content-type"))))
    for keep in (False, True):
        part(page, "Écrire pour quelqu’un")
        press(page, "Enregistrer")
        press(page, "Arrêter")
        press(page, "Réécouter")
        page.get_by_label("Ses mots").fill("Ouvrir un soir.")
        press(page, "Lui relire")
        press(page, "Elle a dit oui")
        before = [url for url, _ in sent if "/son" in url]
        assert before == []
        press(page, "Oui, elle veut qu’il soit gardé" if keep else "Effacer le son")
        page.wait_for_timeout(200)
        if not keep:
            assert page.evaluate("erased") == 1
            press(page, "Terminé")
    (kept,) = [one for one in sent if "/son" in one[0]]
    assert kept[0].endswith("/son?item=x1&language=fr") and kept[1] == "audio/webm"
    context.close()


def test_a_call_is_seen_whatever_the_page_shows_and_makes_no_sound(browser: Browser) -> None:
    room = Room("lead", lead_view())
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script("window.rung = 0; window.AudioContext = class { constructor() { rung += 1 } }")
    page = room.open_in(context, "#KEY")
    part(page, "Mur")
    room.show(calls=[{"n": 1, "what": "talk", "at": "2026-11-22T14:05:00Z"}])
    expect(page.get_by_text("Quelqu’un veut parler.")).to_be_visible()
    assert page.evaluate("rung") == 0
    press(page, "J’ai vu")
    page.wait_for_timeout(200)
    assert room.acts[0].items() >= {"do": "answered", "n": 1}.items()
    context.close()


def test_what_she_unfolded_stays_unfolded_when_news_come_and_folds_once_it_is_kept(browser: Browser) -> None:
    room = Room("lead", lead_view())
    page = room.open(browser, 1280, "#KEY")
    open_text(page)
    page.get_by_text("Traduire").first.click()
    room.show(calls=[{"n": 1, "what": "talk", "at": "2026-11-22T14:05:00Z"}])
    expect(page.get_by_text("Quelqu’un veut parler.")).to_be_visible()
    page.get_by_label("Traduction").first.fill("In the evening too.")
    press(page, "Garder")
    expect(page.locator("main").get_by_text("C’est gardé.")).to_be_visible()
    expect(page.get_by_label("Traduction").first).to_be_hidden()
    assert (room.acts[0]["do"], room.acts[0]["text"]) == ("translate", "In the evening too.")
    page.context.close()


def test_a_text_written_for_somebody_may_start_from_a_theme(browser: Browser) -> None:
    offers = {"themes": [{"id": "attente", "label": {"fr": "L’attente"}}], "figures": []}
    room = Room("lead", lead_view(offers=offers))
    page = room.open(browser, 1280, "#KEY")
    part(page, "Écrire pour quelqu’un")
    page.locator("summary").first.click()
    press(page, "L’attente")
    page.get_by_label("Ses mots").fill("On attend trop.")
    press(page, "Lui relire")
    press(page, "Elle a dit oui")
    expect(page.get_by_role("heading", name="C’est gardé")).to_be_visible()
    assert room.acts[0]["from"] == "theme:attente"
    page.context.close()


def test_what_may_identify_somebody_is_said_before_a_text_is_shown(browser: Browser) -> None:
    page = Room("lead", lead_view()).open(browser, 1280, "#KEY")
    part(page, "Textes")
    expect(page.get_by_text("À relire : un nom.")).to_be_visible()
    page.context.close()


def test_a_refusal_is_said_in_the_words_of_the_laptop(browser: Browser) -> None:
    refused = {
        "ok": False,
        "error": "SAL-014",
        "what": "Un tour est déjà ouvert.",
        "do": "Fermez-le d’abord.",
    }
    room = Room("lead", lead_view(), answers=lambda act: refused)
    page = room.open(browser, 1280, "#KEY")
    part(page, "Mur")
    press(page, "Rien")
    expect(page.locator("main").get_by_text("Un tour est déjà ouvert. Fermez-le d’abord.")).to_be_visible()
    page.context.close()


def test_markup_stays_text_on_the_wall_and_on_the_laptop(browser: Browser) -> None:
    said = [wording(MARKUP)]
    more = {
        "dissents": [{"id": "d", "wordings": said}],
        "addressee": {"fr": MARKUP},
        "kind": "recommendation",
    }
    amendment = {
        "id": "a",
        "status": "open",
        "wordings": said,
        "reason": said,
        "suspended": False,
        "flags": [],
    }
    odd = text("s1", *said, **more, amendments=[amendment])
    scale = {"id": "x", "levels": [{"id": "l", "kind": "support", "label": {"fr": MARKUP}}]}
    common = {"texts": [odd], "scale": scale, "round": {"id": "t", "items": [odd]}}
    wall = wall_view("texts") | common
    lead = lead_view() | common | {"texts": [lead_text(odd, group=MARKUP, shown=True)]}
    lead["session"] = lead["session"] | {"place": MARKUP}
    for role, view in (("wall", wall), ("lead", lead)):
        room = Room(role, view)
        page = room.open(browser, 1280, "#KEY")
        if role == "lead":
            open_text(page)
        expect(page.get_by_text(MARKUP).first).to_be_visible()
        assert page.locator("img").count() == 0
        assert page.title() == "Notes"
        assert room.complaints == room.elsewhere == []
        page.context.close()


def test_the_laptop_is_used_with_the_keyboard_alone(browser: Browser) -> None:
    room = Room("lead", lead_view() | {"questions": QUESTIONS, "scale": SCALE})
    page = room.open(browser, 1280, "#KEY")
    expect(page.get_by_role("heading", name="Maintenant")).to_be_visible()
    for name in ("Mur", "Rien"):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == name:
                break
        page.keyboard.press("Enter")
    expect(page.get_by_text("C’est au mur.").last).to_be_visible()
    assert room.acts[0].items() >= {"do": "show", "what": "nothing"}.items()
    page.context.close()
