"""`/son`: a recording that somebody consented to, from the facilitator's page to its file, piece by piece."""

from __future__ import annotations

from tornado.web import stream_request_body

from avis.room.acts import Answer
from avis.room.answering import Handler
from avis.room.recording import FOLDER, MOST_SOUND, Sound
from avis.room.refusals import Refused
from avis.room.sitting import FOLDER as SESSIONS

MOST_DROPPED = 3 * MOST_SOUND
"""Bytes that are read and thrown away so that a page hears why, and does not just lose its connection."""


@stream_request_body
class SoundHandler(Handler):
    """Takes the bytes as they come; what is not kept in the end is erased before anything is answered."""

    most = MOST_DROPPED
    sound: Sound | None = None
    refused: Refused | None = None

    def prepare(self) -> None:
        super().prepare()
        self.need_role("lead", self.request.headers.get("X-Cle", ""))
        if not self.room.session:
            raise Refused("SAL-110")
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if self.request.method == "POST":
            self.sound = Sound(self.room.opened.folders.root / SESSIONS / FOLDER, kind)

    def data_received(self, chunk: bytes) -> None:
        if self.sound is None:
            return
        try:
            self.sound.write(chunk)
        except Refused as refused:
            self.refused = refused
            self._drop()

    def post(self) -> None:
        if self.refused or self.sound is None:
            raise self.refused or Refused("SAL-111")
        try:
            act = self._told(self.sound, self.sound.keep())
        except Refused:
            self._drop()
            raise
        answer: Answer = self.room.lead(act)
        if not answer.ok:
            self._drop()
            return self.refuse(answer.code, retry=answer.retry)
        self.sound = None
        self.give({"ok": True, "id": act["id"], "file": act["file"]})

    def _told(self, sound: Sound, sha256: str) -> dict[str, str]:
        return {
            "id": self.get_query_argument("id", sound.path.stem),
            "do": "audio_kept",
            "item": self.get_query_argument("item", ""),
            "language": self.get_query_argument("language", ""),
            "sha256": sha256,
            "file": f"{FOLDER}/{sound.path.name}",
        }

    def _drop(self) -> None:
        if self.sound is not None:
            self.sound.drop()
        self.sound = None

    def on_finish(self) -> None:
        self._drop()

    def on_connection_close(self) -> None:
        self._drop()
