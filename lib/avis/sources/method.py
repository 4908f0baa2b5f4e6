"""The method sheet and the protocol: how it was done, by whom, and what was not done as planned."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Words
from avis.i18n import LANGUAGES, date, say
from avis.marked import Marked, load_yaml
from avis.schema import check_document
from avis.setting import Answer, Standard

PROTOCOL = "protocole.md"
"""What the protocol is called where nobody said otherwise."""


@dataclass(frozen=True)
class Method:
    """Sections by name (facilitation, ties, recruitment, …), dated deviations, the day of the protocol."""

    sections: dict[str, Words] = field(default_factory=dict)
    deviations: tuple[Words, ...] = ()
    """In the order of their dates, each beginning with its date in words."""
    protocol_frozen_on: str = ""
    standards: tuple[Standard, ...] = ()
    """Reporting standards to be mapped in an annex, with the answers that were written."""


def protocol_hash(path: Path) -> str:
    """Give the sha256 of a protocol; line ends do not count, since git may change them."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return hashlib.sha256(data).hexdigest()


def read_method(evaluation: Evaluation, problems: Problems) -> Method:
    """Read `methode.yaml`, and check that the protocol is still the one that was frozen.

    Errors: those of `check_document`; SRC-125 no protocol file, SRC-126 the protocol was changed,
    SRC-127 a deviation without words, SRC-456 an item answered twice over. Warnings: SRC-450 a protocol
    without its hash, SRC-451 a protocol that is not named, SRC-452 a deviation older than the protocol,
    SRC-458 answers to a standard that is not asked for.
    """
    relative = evaluation.settings.sources.method
    path = evaluation.file(relative)
    marked = load_yaml(path, relative, problems) if path else None
    if marked is None:
        return Method()
    before = len(problems.errors)
    data = check_document(marked, "methode", problems)
    if len(problems.errors) > before:
        return Method()
    deviations: list[dict[str, str]] = data.get("deviations", [])
    for index, deviation in enumerate(deviations):
        if not any(deviation.get(lang) for lang in LANGUAGES):
            problems.add("SRC-127", marked.place(("deviations", index)))
    protocol: dict[str, Any] = data.get("protocol", {})
    _check_protocol(evaluation, protocol, marked, problems)
    _check_deviations(deviations, protocol, marked, problems)
    return Method(
        sections=data.get("sections", {}),
        deviations=tuple(_dated(deviation) for deviation in sorted(deviations, key=lambda one: one["on"])),
        protocol_frozen_on=protocol.get("frozen_on", ""),
        standards=_standards(data, marked, problems),
    )


def _dated(deviation: dict[str, str]) -> Words:
    return {
        lang: say("sources.method.deviation", lang, date=date(deviation["on"], lang), words=deviation[lang])
        for lang in LANGUAGES
        if deviation.get(lang)
    }


def _check_protocol(
    evaluation: Evaluation, protocol: dict[str, Any], marked: Marked, problems: Problems
) -> None:
    """Hold the protocol against its hash; tell the hash to write where none is written."""
    path = evaluation.file(protocol.get("file", PROTOCOL))
    if not protocol:
        if path is not None:
            told = protocol_hash(path)
            problems.warn("SRC-451", marked.place(("protocol",)), file=PROTOCOL, sha256=told)
    elif path is None:
        problems.add("SRC-125", marked.place(("protocol", "file")))
    elif "sha256" not in protocol:
        problems.warn("SRC-450", marked.place(("protocol", "sha256")), sha256=protocol_hash(path))
    elif protocol_hash(path) != protocol["sha256"]:
        place = marked.place(("protocol", "sha256"))
        problems.add("SRC-126", Place(protocol["file"]), frozen_on=protocol["frozen_on"], file=place.file)


def _check_deviations(
    deviations: list[dict[str, str]], protocol: dict[str, Any], marked: Marked, problems: Problems
) -> None:
    """Remark what is called a deviation and is older than the protocol: it could still change then."""
    frozen = protocol.get("frozen_on", "")
    for index, deviation in enumerate(deviations):
        if deviation["on"] < frozen[: len(deviation["on"])]:
            place = marked.place(("deviations", index, "on"))
            problems.warn("SRC-452", place, frozen_on=frozen)


def _standards(data: dict[str, Any], marked: Marked, problems: Problems) -> tuple[Standard, ...]:
    """Read what was answered for each standard that the annex maps."""
    asked: list[Any] = data.get("standards", [])
    reporting: dict[str, dict[str, dict[str, Words]]] = data.get("reporting", {})
    for name in (name for name in reporting if name not in asked):
        problems.warn("SRC-458", marked.place(("reporting", name)), standard=name.upper())
    for name, answers in reporting.items():
        for item, answer in answers.items():
            if len(answer) > 1:
                problems.add("SRC-456", marked.place(("reporting", name, item)))
    return tuple(
        Standard(
            id=name,
            answers=tuple(
                Answer(item=int(item), where=answer.get("where", {}), not_done=answer.get("not_done", {}))
                for item, answer in reporting.get(name, {}).items()
            ),
        )
        for name in dict.fromkeys(asked)
    )


def check_frozen_first(method: Method, first_meeting: str, problems: Problems, name: str) -> None:
    """Remark that a protocol was frozen after the first meeting (SRC-128): it then binds nothing.

    >>> problems = Problems()
    >>> check_frozen_first(Method(protocol_frozen_on="2024-03-02"), "2024-03-01", problems, "methode.yaml")
    >>> [item.code for item in problems]
    ['SRC-128']
    """
    frozen = method.protocol_frozen_on
    if frozen and first_meeting and frozen[: len(first_meeting)] > first_meeting:
        problems.warn("SRC-128", Place(name, field="protocol.frozen_on"))
