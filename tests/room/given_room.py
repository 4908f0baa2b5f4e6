"""A room that a browser believes in: our real pages under their real policy, answered by a test.

The views have the shape that `room.views` gives; what a page sends is written down in `acts`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import segno
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from avis.evaluation import Evaluation, open_evaluation
from avis.room.pages import EMPTY, make_page
from avis.room.spoken import words
from avis.room.wording import packaged

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
HOME = "http://127.0.0.1:8731"
PATHS = {"phone": "/", "wall": "/mur", "lead": "/animer"}
Answers = Callable[[dict[str, Any]], dict[str, Any]]


def agree(act: dict[str, Any]) -> dict[str, Any]:
    """The laptop's usual answer."""
    codes = {"propose": "item", "amend": "amendment", "object": "objection", "dissent": "dissent"}
    given = {codes[act["do"]]: "x1", "code": "NZ26DMCX"} if act["do"] in codes else {}
    return {"ok": True, "id": act["id"], "again": False, **given}


@dataclass
class Room:
    """What stands behind the page."""

    role: str
    view: dict[str, Any]
    evaluation: Evaluation = field(default_factory=lambda: open_evaluation(EXEMPLE))
    language: str = "fr"
    answers: Answers = agree
    status: int = 200
    acts: list[dict[str, Any]] = field(default_factory=list)
    lines: list[WebSocketRoute] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    rev: int = 1

    def open(self, browser: Browser, width: int = 390, fragment: str = "", **wanted: Any) -> Page:
        """Open the page of this role in a window of its own."""
        height = {320: 640, 390: 844}.get(width, width * 9 // 16)
        context = browser.new_context(viewport={"width": width, "height": height}, **wanted)
        return self.open_in(context, fragment)

    def open_in(self, context: BrowserContext, fragment: str = "") -> Page:
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.route("**/*", self._answer)
        context.route_web_socket("**/direct", self._talk)
        page.goto(f"{HOME}{PATHS[self.role]}{fragment}")
        return page

    def show(self, **changes: Any) -> None:
        """Change the view, on every screen that is open."""
        self.view = {**self.view, **changes}
        self.rev += 1
        for line in self.lines:
            line.send(json.dumps({"rev": self.rev, "view": self.view}))

    def _talk(self, line: WebSocketRoute) -> None:
        def first(message: str | bytes) -> None:
            assert json.loads(message)["as"] == self.role
            self.lines.append(line)
            line.send(json.dumps({"rev": self.rev, "view": self.view}))

        line.on_message(first)

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith(HOME):
            self.elsewhere.append(url)
            return route.abort()
        path = url.removeprefix(HOME).partition("?")[0]
        if path in PATHS.values():
            page = make_page(self.role, words(self.evaluation, self.language, self.role))
            policy = {"Content-Security-Policy": page.policy("127.0.0.1:8731")}
            return route.fulfill(body=page.html, content_type="text/html; charset=utf-8", headers=policy)
        if path.startswith("/mots/"):
            said = words(self.evaluation, path[6:].removesuffix(".json"), self.role)
            return route.fulfill(json=said)
        if path == "/entrer":
            return route.fulfill(json={"ok": True, "key": "seat"})
        if path in ("/dire", "/mener"):
            return self._act(route)
        if path == "/vide":
            return route.fulfill(body=EMPTY.html, content_type="text/html; charset=utf-8")
        return route.fulfill(status=204 if path == "/vue" else 404)

    def _act(self, route: Route) -> None:
        act = route.request.post_data_json
        assert isinstance(act, dict)
        self.acts.append(act)
        if self.status != 200:
            return route.fulfill(status=self.status, json={"ok": False, "retry": True, "error": "SAL-000"})
        answer = self.answers(act)
        return route.fulfill(status=200 if answer["ok"] else 400, json=answer)


def wording(text: str, language: str = "fr", original: bool = True, approved: bool = True) -> dict[str, Any]:
    return {"language": language, "text": text, "original": original, "approved": approved}


def text(id: str, *wordings: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A text of the group, as a view gives it."""
    given = {"id": id, "kind": "statement", "question": "q1", "version": 1, "addressee": {}, "dissents": []}
    return {**given, "amendments": [], "wordings": list(wordings), **more}


WAITING = text(
    "s1",
    wording("On attend trop longtemps avant d’avoir quelqu’un qui parle notre langue."),
    wording("We wait too long before there is somebody who speaks our language.", "en", original=False),
)
EVENINGS = text(
    "r1",
    wording("Open one evening a week, because we work in the day.", "en"),
    wording("Ouvrir un soir par semaine, parce que nous travaillons le jour.", "fr", False, approved=False),
    kind="recommendation",
    dissents=[
        {"id": "d1", "wordings": [wording("Le soir, je garde mes enfants : ce n’est pas possible pour moi.")]}
    ],
)
LEVELS = [
    ("oui", "support", "Oui", "Yes", "Sí"),
    ("oui-petit", "reserve", "Oui, avec une remarque", "Yes, with a remark", "Sí, con una observación"),
    ("sans-avis", "abstain", "Je n’ai pas d’avis", "I have no opinion", "No tengo opinión"),
    ("a-cote", "aside", "Je laisse passer", "I let it pass", "Lo dejo pasar"),
    ("non", "oppose", "Non", "No", "No"),
    ("parler", "talk", "Je veux d’abord en parler", "I want to talk first", "Primero quiero hablarlo"),
]  # fmt: skip
SCALE = {
    "id": "accord",
    "levels": [
        {"id": id, "kind": kind, "label": {"fr": fr, "en": en, "es": es}} for id, kind, fr, en, es in LEVELS
    ],
}
QUESTIONS = [
    {
        "id": "q1",
        "text": {"fr": "L’accès aux droits est-il plus simple ?", "en": "Are rights easier to claim?"},
    },
    {"id": "q2", "text": {"fr": "Que faut-il changer ?", "en": "What must change?"}},
]


def phone_view(phase: str = "wait", **more: Any) -> dict[str, Any]:
    """What a phone is shown."""
    limits = {language: packaged(language) for language in ("fr", "en", "es")}
    common = {"languages": ["fr", "en", "es"], "limits": limits, "limits_hash": "h1", "questions": QUESTIONS}
    offers = {"themes": [{"id": "attente", "label": {"fr": "L’attente", "en": "Waiting"}}], "figures": []}
    view = {
        "phase": phase,
        **common,
        "scale": SCALE,
        "round": None,
        "texts": [],
        "results": [],
        "offers": offers,
    }
    return {**view, "trouble": "", **more}


def round_view(*items: dict[str, Any], id: str = "t1") -> dict[str, Any]:
    """A round that is open on some texts."""
    items = items or (WAITING, EVENINGS)
    return phone_view("round", round={"id": id, "items": list(items)}, texts=list(items))


def admitted(page: Page) -> None:
    """Go through the door of a phone: language, limits."""
    page.get_by_role("button", name="Français").last.click()
    page.get_by_role("button", name="J’ai lu ou entendu").click()


def wall_view(what: str, phase: str = "wait", **more: Any) -> dict[str, Any]:
    """What the projector is shown."""
    door = segno.make("http://192.168.1.5:8731/#K7PXA2", error="m")
    rows = ["".join("1" if cell else "0" for cell in row) for row in door.matrix]
    view = phone_view(phase, texts=[WAITING, EVENINGS], **more)
    join = {"url": "http://192.168.1.5:8731", "code": "K7PXA2", "qr": rows}
    shown = {"what": what, "items": more.get("items", [])}
    return {**view, "shown": shown, "join": join, "edition": [WAITING, EVENINGS], "history": HISTORY}


HISTORY = [
    {
        "kind": "proposed",
        "version": 1,
        "wording": wording("Il faut ouvrir plus."),
        "change": [],
        "reason": "",
    },
    {
        "kind": "amended",
        "version": 2,
        "wording": wording("Il faut ouvrir un soir par semaine."),
        "change": [
            ["same", "Il faut ouvrir "],
            ["removed", "plus"],
            ["added", "un soir par semaine"],
            ["same", "."],
        ],
        "reason": "",
    },
    {"kind": "adopted", "version": 2},
]


def lead_text(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A text as the facilitator is told of it."""
    given = {"objections": [], "origin": "", "group": "", "adopted": False, "asked": False, "outcome": ""}
    state = {"shown": True, "suspended": False, "withdrawn": False, "counts_published": False, "flags": []}
    return {**item, **given, **state, **more}


def lead_view(phase: str = "wait", session: bool = True, **more: Any) -> dict[str, Any]:
    """What the facilitator's page is told."""
    facts = {"name": "2026-11-22", "date": "2026-11-22", "languages": ["fr", "en", "pcm"], "scale": "accord"}
    amendment = {
        "id": "s1-a1",
        "status": "open",
        "wordings": [
            wording("On attend plus d’un mois avant d’avoir quelqu’un qui parle bien notre langue.")
        ],
        "reason": [],
        "suspended": False,
        "flags": [],
    }
    objection = {"id": "s1-o1", "version": 1, "resolved": False, "suspended": False, "flags": []}
    texts = [
        lead_text(
            WAITING,
            amendments=[amendment],
            asked=True,
            outcome="large_majority",
            objections=[objection | {"wordings": [wording("Ce n’est pas vrai le mardi.")]}],
        ),
        lead_text(EVENINGS, group="horaires", asked=True, adopted=True, outcome="consensus"),
        lead_text(
            text("s2", wording("Camille Exemple attend depuis mars.")),
            shown=False,
            flags=[{"fr": "un nom", "en": "a name"}],
        ),
    ]
    here = (
        {**facts, "present": 14, "place": "une salle", "limits_read": phase != "limits"} if session else None
    )
    view = wall_view("texts", phase) | {
        "session": here,
        "unfinished": [],
        "texts": texts,
        "present": 14,
        "paper": 3,
    }
    rest = {"calls": [], "door": {"open": True, "phones": 11}, "scales": [SCALE], "log": {"events": 40}}
    edition = {"hash": "0" * 64, "adopted": False, "items": ["r1"]}
    return view | rest | {"edition": edition, "history": {}} | more
