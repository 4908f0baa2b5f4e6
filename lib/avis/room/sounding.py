"""`/son`: a recording that somebody consented to, from the facilitator's page to its file, piece by piece."""

from __future__ import annotations

from tornado.web import stream_request_body

from avis.room.acts import Answer
from avis.room.answering import Handler
from avis.room.recording import FOLDER, MOST_SOUND, Sound
from avis.room.refusals import Refused


@stream_request_body
class SoundHandler(Handler):
    """Takes the bytes as they come; what is not kept in the end is erased."""

    most = MOST_SOUND
    sound: Sound | None = None

    def prepare(self) -> None:
        super().prepare()
        self.need_role("lead", self.request.headers.get("X-Cle", ""))
        if not self.room.session:
            raise Refused("SAL-110")
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if self.request.method == "POST":
            self.sound = Sound(self.room.opened.folders.root / "seances" / FOLDER, kind)

    def data_received(self, chunk: bytes) -> None:
        if self._finished or self.sound is None:
            return
        try:
            self.sound.write(chunk)
        except Refused as refused:
            self.sound.drop()
            self.refuse(refused.code)

    def post(self) -> None:
        if self._finished or self.sound is None:
            return
        sha256 = self.sound.keep()
        act = {
            "id": self.get_query_argument("id", self.sound.path.stem),
            "do": "audio_kept",
            "item": self.get_query_argument("item", ""),
            "language": self.get_query_argument("language", ""),
            "sha256": sha256,
            "file": f"{FOLDER}/{self.sound.path.name}",
        }
        answer: Answer = self.room.lead(act)
        if not answer.ok:
            self.sound.drop()
            return self.refuse(answer.code, retry=answer.retry)
        self.sound = None
        self.give({"ok": True, "id": act["id"], "file": act["file"]})

    def on_finish(self) -> None:
        if self.sound is not None:
            self.sound.drop()

    def on_connection_close(self) -> None:
        self.on_finish()
