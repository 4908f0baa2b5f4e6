"""What the room's server answers over HTTP: pages, words, acts. Each request is judged before it is read.

No request is written down anywhere: no address, no agent, no word. There are no cookies, so that another page
that makes a browser send something sends nothing that counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from tornado.web import HTTPError, RequestHandler, stream_request_body

from avis.i18n import Language
from avis.room.network import is_loopback, is_our_host, is_our_origin
from avis.room.pages import EMPTY, PAGES, Page, make_page
from avis.room.rates import (
    ACTS,
    ALL_CODES_TRIED,
    BROUGHT,
    CALLS,
    CODES_TRIED,
    CODES_TRIED_THERE,
    JOINS,
    WRONG_CODES,
)
from avis.room.refusals import Refused, code_of, status_of, tell_unforeseen, told

if TYPE_CHECKING:
    from avis.room.serving import Room

MOST_BODY = 64_000
"""Bytes of an act at most; the longest that the desk takes are some 4 000."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_KEYS = ("code", "card")
"""Fields of acts that open what somebody brought: each try costs, and is counted."""
_RARE = {"call": CALLS} | dict.fromkeys(("propose", "amend", "object", "dissent"), BROUGHT)
"""Acts that one phone could fill the room with."""


class Judged(RequestHandler):
    """A request that is refused before anything of it is read, where it may not be made."""

    def initialize(self, room: Room) -> None:
        self.room = room

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    @property
    def peer(self) -> str:
        """The address that speaks, for this moment alone."""
        return self.request.remote_ip or ""

    @property
    def language(self) -> Language:
        return "en" if self.request.headers.get("X-Langue", "").lower().startswith("en") else "fr"

    def judge(self) -> None:
        """Refuse who reached us by another name, or whose page is not ours (SAL-102)."""
        host, origin = self.request.host, self.request.headers.get("Origin")
        local = self.request.connection.stream.socket.getsockname()[0]  # type: ignore[union-attr]
        if is_loopback(local):  # elsewhere browsers ignore it on plain HTTP, and complain
            self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        hosts = self.request.headers.get_list("Host")
        if len(hosts) != 1 or not is_our_host(host, local, self.room.port, self.room.hosts):
            raise Refused("SAL-102")
        if origin is not None and not is_our_origin(origin, host):
            raise Refused("SAL-102")

    def need_this_computer(self) -> None:
        """Refuse other devices (SAL-101)."""
        if not is_loopback(self.peer):
            raise Refused("SAL-101")

    def need_role(self, role: str, key: str) -> str:
        """Refuse a key that is not that of a role (SAL-101, SAL-103); give the seat of a phone."""
        if role == "phone":
            seat = self.room.seat(key)
            if not seat:
                raise Refused("SAL-103")
            return seat
        self.need_this_computer()
        if role == "lead" and not self.room.is_lead(key):
            raise Refused("SAL-103")
        return ""

    def slow_down(self, wait: int) -> None:
        """Refuse who tried too often (SAL-105)."""
        if wait:
            raise Refused("SAL-105", wait)

    def log_exception(self, *_: Any) -> None:
        """Write nothing: a traceback holds the words that it passed through."""

    def write_error(self, status_code: int, **known: Any) -> None:
        """Answer in words, whatever went wrong."""
        error = known.get("exc_info", (None, None))[1]
        refused = error if isinstance(error, Refused) else Refused(code_of(status_code))
        if error is not None and not isinstance(error, Refused | HTTPError):
            tell_unforeseen(error)
        self.refuse(refused.code, refused.wait)

    def refuse(self, code: str, wait: int = 0, retry: bool = False) -> None:
        """Answer a refusal."""
        self.set_status(status_of(code, retry))
        if wait:
            self.set_header("Retry-After", str(wait))
        self.give(told(code, self.language, retry or code == "SAL-113"))

    def give(self, content: Mapping[str, object]) -> None:
        """Answer JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(msgspec.json.encode(content))


@stream_request_body
class Handler(Judged):
    """A request whose body is read piece by piece, so that a long one takes no memory."""

    most = MOST_BODY

    def prepare(self) -> None:
        self.body = bytearray()
        self.judge()
        length = self.request.headers.get("Content-Length", "0")
        if length.isdigit() and int(length) > self.most:
            raise Refused("SAL-106")

    def data_received(self, chunk: bytes) -> None:
        if self._finished or len(self.body) > self.most:
            return
        self.body += chunk

    def check_etag_header(self) -> bool:
        return False

    def compute_etag(self) -> None:
        return None

    def act(self) -> dict[str, Any]:
        """Read the body as an act: SAL-106 too long, SAL-107 no object in JSON, SAL-111 another type."""
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Refused("SAL-111")
        if len(self.body) > self.most:
            raise Refused("SAL-106")
        try:
            return msgspec.json.decode(self.body, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused("SAL-107") from None


PATHS = {"/": "phone", "/mur": "wall", "/animer": "lead", "/vide": "vide"}


class PageHandler(Handler):
    """`/`, `/mur`, `/animer`: the wall and the facilitator's page for this computer alone; `/vide`."""

    def get(self, path: str) -> None:
        name = PATHS[path]
        if name in ("wall", "lead"):
            self.need_this_computer()
        page = make_page(name, self.room.words("", name)) if name in PAGES else EMPTY
        self._send(page)

    def _send(self, page: Page) -> None:
        self.set_header("Content-Security-Policy", page.policy(self.request.host))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page.html)


class WordsHandler(Handler):
    """`/mots/LANG.json`: the words of a page in a language."""

    def get(self, language: str) -> None:
        view = self.get_query_argument("as", "phone")
        found = self.room.words(language, view) if view in PAGES else {}
        if not found:
            raise Refused("SAL-108")
        self.give(found)


class ClipHandler(Handler):
    """`/voix/LANG/KEY`: a sentence of the page, as somebody of the association said it."""

    def get(self, language: str, key: str) -> None:
        clip = self.room.clip(language, key)
        if clip is None:
            raise Refused("SAL-108")
        kind, sound = clip
        self.set_header("Content-Type", kind)
        self.finish(sound)


class EnterHandler(Handler):
    """`/entrer`: a phone gives the code of the wall and is given a seat."""

    def post(self) -> None:
        given = self.act().get("code")
        if not isinstance(given, str) or len(given) > 64:
            raise Refused("SAL-107")
        limiter = self.room.limiter
        self.slow_down(limiter.wait(JOINS, "join", self.peer))
        if not self.room.session:
            raise Refused("SAL-110")
        key = self.room.enter(given)
        if not key:
            self.slow_down(limiter.wait(WRONG_CODES, "wrong code", self.peer))
            raise Refused("SAL-104")
        self.give({"ok": True, "key": key})


class SpeakHandler(Handler):
    """`/dire`: something that a phone does."""

    def post(self) -> None:
        seat = self.need_role("phone", self.request.headers.get("X-Cle", ""))
        limiter = self.room.limiter
        self.slow_down(limiter.wait(ACTS, "act", seat))
        act = self.act()
        rare = _RARE.get(str(act.get("do")))
        if rare is not None:
            self.slow_down(limiter.wait(rare, f"rare {rare.burst}", seat))
        if any(key in act for key in _KEYS):
            self.slow_down(limiter.wait(CODES_TRIED, "code", seat))
            self.slow_down(limiter.wait(CODES_TRIED_THERE, "code there", self.peer))
            self.slow_down(limiter.wait(ALL_CODES_TRIED, "code"))
        self.answer(self.room.phone(act, seat), act)

    def answer(self, answer: Any, act: Mapping[str, Any]) -> None:
        """Give what the desk said."""
        if not answer.ok:
            return self.refuse(answer.code, retry=answer.retry)
        self.give({**answer.given, "ok": True, "id": act.get("id", ""), "again": answer.again})


class LeadHandler(SpeakHandler):
    """`/mener`: something that the facilitator does, on this computer alone."""

    def post(self) -> None:
        self.need_role("lead", self.request.headers.get("X-Cle", ""))
        act = self.act()
        self.answer(self.room.lead(act), act)


class ViewHandler(Handler):
    """`/vue`: what a page shows, for those who have no live connection; 204 where nothing changed."""

    def get(self) -> None:
        role = self.get_query_argument("as", "")
        if role not in PAGES:
            raise Refused("SAL-107")
        self.need_role(role, self.request.headers.get("X-Cle", ""))
        revision, content = self.room.view(role)
        if self.get_query_argument("rev", "") == str(revision):
            self.set_status(204)
            self.finish()
            return
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(content)


class NothingHandler(Handler):
    """Everything else: there is no way from here to a file, a notebook or a kernel."""

    def prepare(self) -> None:
        super().prepare()
        raise Refused("SAL-108")
