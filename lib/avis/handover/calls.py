"""Calls as a document needs them: who asked what, how long an answer may be, who may read it."""

from __future__ import annotations

from avis.exhibits import Call, CallQuestion
from avis.settings import Call as Asked


def make_call(asked: Asked) -> Call:
    """Give a call of `evaluation.yaml` as the exhibits hold it."""
    return Call(
        id=asked.id,
        to=asked.to,
        title=asked.title,
        questions=tuple(
            CallQuestion(id=one.id, text=one.text, answers=one.answers) for one in asked.questions
        ),
        words=asked.words,
        due_on=asked.due_on,
        confidentiality=asked.confidentiality,
        asked_by=asked.asked_by,
        recipient=asked.recipient,
    )
