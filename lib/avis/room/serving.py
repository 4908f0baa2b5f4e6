"""The server of the room: one process, one port. What is said goes to the desk, what is shown comes from it.

Besides the acts of the desk, the facilitator has three that are the server's: `rotate_code` takes a new code
for the door, `set_door {open}` shuts or opens it, `stop_server` ends the process, not the session.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any

import msgspec
from tornado.web import Application

from avis.errors import AvisError
from avis.evaluation import Evaluation
from avis.found import Found
from avis.room import views
from avis.room.acts import Answer
from avis.room.answering import (
    PATHS,
    ClipHandler,
    EnterHandler,
    LeadHandler,
    NothingHandler,
    PageHandler,
    SpeakHandler,
    ViewHandler,
    WordsHandler,
)
from avis.room.desk import Desk
from avis.room.following import Gone, follow
from avis.room.keys import Door, make_seat, read_seat, same_key
from avis.room.live import PING, Line, Lines
from avis.room.network import Server, lan_addresses
from avis.room.offers import Offers, gather
from avis.room.rates import Limiter
from avis.room.sounding import MOST_DROPPED, SoundHandler
from avis.room.spoken import clip, words
from avis.room.views import Join, Scene, View
from avis.room.views_lead import Backstage, lead_view
from avis.room.wording import read_limits
from avis.writing.history import Step, tell_histories

IDLE = 60.0
"""Seconds for which a connection may say nothing: a phone that is gone, or half a request that never ends."""
PATIENCE = 30.0
"""Seconds in which a body comes whole; a recording of 20 MB comes from this computer."""
_CLIPS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".wav": "audio/wav"}


class Room:
    """Everything that a running server holds: the desk, the door, the screens, what it may offer."""

    def __init__(self, opened: Evaluation, port: int, hosts: tuple[str, ...] = ()) -> None:
        self.opened, self.port, self.hosts = opened, port, hosts
        self.door, self.limiter, self.lines = Door(), Limiter(), Lines(self)
        self.offers = Offers()
        self.limits = read_limits(opened)
        self.stopped = asyncio.Event()
        self._following: set[asyncio.Task[None]] = set()
        self.desk = Desk.open(opened)
        self.desk.follow = self.follow
        self._former_secret = b""
        self._told: dict[str, tuple[int, Any, bytes, bytes]] = {}
        # Grows over restarts too: a page that saw a number never takes a later state for it.
        self._revision = int(time.time() * 1000)

    def take_up(self, former: Found | None, name: str) -> None:
        """After a crash or a stop, go on as before: the same key, and a session that was open.

        Errors: SES-010 another writer holds it. One that cannot be taken up is offered to the facilitator.
        """
        if name:
            try:
                self.desk = Desk.open(self.opened, name)
                self.desk.follow = self.follow
            except AvisError as error:
                if any(one.code == "SES-010" for one in error.problems):
                    raise
        if former is not None and not self.session:
            self.desk.lead_key = former.key
        self._former_secret = self.secret

    async def close(self) -> None:
        """Let the screens go, and the log."""
        self.lines.let_go(("phone", "wall", "lead", ""))
        await asyncio.sleep(0.05)  # for the goodbyes to leave
        self.desk.close()

    # --- who

    @property
    def session(self) -> str:
        """The name of the session that is open, empty where none is."""
        return self.desk.name

    @property
    def lead_key(self) -> str:
        """The facilitator's key: that of the session where one is open, so that it lives as long."""
        return self.desk.lead_key

    @property
    def secret(self) -> bytes:
        """What seats of this session are signed with; nothing where none is open."""
        return self.desk.secret

    def enter(self, code: str) -> str:
        """Give a seat for a code of the wall; nothing where it opens no door."""
        return make_seat(self.secret, time.time()) if self.door.lets_in(code) else ""

    def seat(self, key: str, only_now: bool = True) -> str:
        """Give the seat that a key stands for; with `only_now` false also one of the session just closed."""
        now = time.time()
        found = read_seat(key, self.secret, now)
        return found if found or only_now else read_seat(key, self._former_secret, now)

    def is_lead(self, key: str) -> bool:
        """Tell whether a key is the facilitator's."""
        return same_key(key, self.lead_key)

    @property
    def lead_address(self) -> str:
        """Where the facilitator goes, with her key behind the sign that no browser sends."""
        return f"http://127.0.0.1:{self.port}/animer#{self.lead_key}"

    @property
    def wall_address(self) -> str:
        """Where the wall is shown, on this computer."""
        return f"http://127.0.0.1:{self.port}/mur"

    @property
    def phone_addresses(self) -> tuple[str, ...]:
        """Where phones find the room, the likeliest first."""
        known = self.hosts or tuple(lan_addresses())
        return tuple(f"http://{host}:{self.port}/" for host in known)

    # --- what is said

    def phone(self, act: Mapping[str, Any], seat: str) -> Answer:
        """Let a phone do something."""
        return self._after(self.desk.phone(act, seat))

    def lead(self, act: Mapping[str, Any]) -> Answer:
        """Let the facilitator do something, at the desk or at the door."""
        match act.get("do"):
            case "rotate_code":
                self.door.turn()
            case "set_door" if isinstance(act.get("open"), bool):
                self.door.open = bool(act["open"])
            case "stop_server":
                asyncio.get_running_loop().call_later(0.2, self.stopped.set)  # its answer leaves first
            case _:
                return self._after(self.desk.lead(act))
        return self._after(Answer(ok=True))

    def _after(self, answer: Answer) -> Answer:
        if self.secret:
            self._former_secret = self.secret
        self.lines.changed()
        return answer

    def look_after(self) -> None:
        """See to what changes by itself; called every second."""
        self.door.turn_when_due()
        if self.desk.trouble:
            self.desk.breathe()
        self.lines.changed()

    # --- what is shown

    def view(self, role: str) -> tuple[int, bytes]:
        """Give what a page shows, and a number that changes with it."""
        stamp = self._stamp(role)
        known = self._told.get(role)
        if known is not None and known[1] == stamp:
            return known[0], known[3]
        content = msgspec.json.encode(self._made(role))
        if known is None or known[2] != content:
            self._revision += 1
            known = (self._revision, stamp, content, b'{"rev":%d,"view":%b}' % (self._revision, content))
        self._told[role] = (known[0], stamp, *known[2:])
        return known[0], known[3]

    def _stamp(self, role: str) -> tuple[Any, ...]:
        """What a view depends on: while it is the same, nothing is reckoned again."""
        always = (self.desk.revision, self.desk.trouble, self.session, id(self.offers))
        if role == "phone":
            return always
        door = (*always, self.door.code, self.door.open, self.phone_addresses)
        return door if role == "wall" else (*door, self.lines.of("phone"))

    def _made(self, role: str) -> View:
        scene = self._scene()
        if role == "phone":
            return views.phone_view(scene)
        if role == "wall":
            return views.wall_view(scene)
        return lead_view(scene, self._backstage())

    def _scene(self) -> Scene:
        desk, settings = self.desk, self.opened.settings
        addresses = self.phone_addresses
        return Scene(
            deliberation=desk.deliberation,
            questions=settings.request.questions if settings.request else (),
            scales=settings.scales,
            limits=self.limits,
            session=self.session,
            round=desk.round,
            shown=desk.shown,
            is_seen=desk.is_seen,
            history=self._history(),
            join=Join(addresses[0], self.door.code, self.door.open) if addresses else None,
            offers=self.offers.view,
            trouble=desk.trouble,
        )

    def _history(self) -> tuple[Step, ...]:
        """How the text came about that the wall tells of."""
        shown, sitting = self.desk.shown, self.desk.sitting
        if sitting is None or shown["what"] != "history" or not shown.get("items"):
            return ()
        logs = [*sitting.others, sitting.recorder.log]  # in memory: the wall is told anew at each change
        return tell_histories(logs, self.opened.settings.scales).get(shown["items"][0], ())

    def _backstage(self) -> Backstage:
        desk = self.desk
        return Backstage(
            unfinished=desk.unfinished if not self.session else (),
            calls=desk.calls,
            present=desk.present,
            paper=desk.round.paper if desk.round else 0,
            events=len(desk.sitting.recorder.events) if desk.sitting else 0,
            phones=self.lines.of("phone"),
        )

    def words(self, language: str, view: str) -> dict[str, Any]:
        """Give the words of a page; without a language, in the evaluation's first."""
        return words(self.opened, language or self.opened.settings.languages[0], view)

    def clip(self, language: str, key: str) -> tuple[str, bytes] | None:
        """Give a recorded sentence with its kind; none where there is none."""
        path = clip(self.opened, language, key)
        return (_CLIPS[path.suffix], path.read_bytes()) if path else None

    # --- what comes by itself

    def follow(self, gone: Gone) -> None:
        """Have words that were taken back looked for everywhere else; nobody waits for it."""
        task = asyncio.get_running_loop().create_task(follow(self.opened.folders.root, gone))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def gather_offers(self) -> None:
        """Have themes, figures and quotes read by a process apart; the room works before and without."""
        with contextlib.suppress(TimeoutError, OSError, msgspec.DecodeError):
            self.offers = await gather(self.opened.folders.root)
        self.desk.offers = self.offers
        self.lines.changed()


def make_server(room: Room) -> Server:
    """Make the server of a room, bound to no port yet."""
    known = {"room": room}
    application = Application(
        [
            *((f"({path})", PageHandler, known) for path in PATHS),
            (r"/mots/([a-z]{2,3})\.json", WordsHandler, known),
            (r"/voix/([a-z]{2,3})/([A-Za-z0-9_-]{1,64})", ClipHandler, known),
            (r"/entrer", EnterHandler, known),
            (r"/dire", SpeakHandler, known),
            (r"/mener", LeadHandler, known),
            (r"/son", SoundHandler, known),
            (r"/vue", ViewHandler, known),
            (r"/direct", Line, known),
        ],
        default_handler_class=NothingHandler,
        default_handler_args=known,
        compress_response=True,
        log_function=lambda _: None,
        websocket_ping_interval=PING,
        websocket_ping_timeout=PING,
        websocket_max_message_size=4096,
    )
    return Server(
        application,
        idle_connection_timeout=IDLE,
        body_timeout=PATIENCE,
        max_body_size=MOST_DROPPED,
        max_header_size=16_384,
        chunk_size=65_536,
    )
