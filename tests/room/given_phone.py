"""What a member does with her phone, in one line each; `given_room` stands behind the page."""

from __future__ import annotations

from typing import Any

from given_room import EVENINGS, WAITING, Room, admitted, agree, phone_view, wording
from playwright.sync_api import Browser, Page, expect

BROUGHT = {
    "id": "s1",
    "what": "text",
    "item": "s1",
    "version": 1,
    "status": "open",
    "wordings": [wording("Ouvrir un soir."), wording("Open one evening.", "en", False, approved=False)],
}
QUOTE = {
    "quote": "p1",
    "text": "On m’a écoutée.",
    "language": "fr",
    "audiences": ["members", "public"],
    "approved": [],
}


def answers(act: dict[str, Any]) -> dict[str, Any]:
    given = {"mine": {"brought": [BROUGHT]}, "quotes": {"quotes": [QUOTE]}}
    return {**agree(act), **given.get(act["do"], {})}


def join(room: Room, browser: Browser, width: int = 320, **wanted: Any) -> Page:
    """Come in by the QR, choose French, hear the limits."""
    page = room.open(browser, width, "#K7PXA2", **wanted)
    admitted(page)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def open_menu(page: Page) -> None:
    press(page, "Autre chose")


def write_text(page: Page, words: str = "Ouvrir un soir.") -> None:
    press(page, "Proposer un texte")
    page.get_by_role("button", name="Un constat").click()
    page.get_by_role("button", name="Que faut-il changer").click()
    press(page, "De ce que je pense")
    page.get_by_role("textbox").fill(words)


def send_text(page: Page) -> None:
    press(page, "Relire")
    press(page, "Oui, ce sont mes mots")


def open_texts(page: Page) -> None:
    open_menu(page)
    press(page, "Les textes du mur")


def own_words(page: Page) -> None:
    press(page, "Mes mots")
    page.get_by_label("Votre code").fill("nz26-dmcx")
    press(page, "Voir")
    expect(page.get_by_text("Rien n’est encore décidé.")).to_be_visible()


def own_quote(page: Page) -> None:
    press(page, "Ma parole")
    page.get_by_label("Code de votre carte").fill("nz26-dmcx")
    press(page, "Voir")
    expect(page.get_by_text("On m’a écoutée.")).to_be_visible()


RESULTS = phone_view(
    "results",
    texts=[WAITING, EVENINGS],
    results=[
        {"id": "s1", "outcome": "consensus", "adopted": True},
        {"id": "r1", "outcome": "to_talk", "adopted": False},
    ],
)
