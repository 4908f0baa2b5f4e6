"""The decisions of those who reread for identifiers, bound to the exact words of the notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generateur.consents import words_hash
from generateur.tables import write_csv

COLUMNS = ["contribution", "sha256", "debut", "fin", "nature", "decision", "remplacement", "raison"]
COLUMNS += ["relu_par", "relu_le"]
QUOTED = ("quote", "public")


def write_review(
    path: Path,
    reread: Mapping[str, Any],
    agreements: Sequence[Mapping[str, Any]],
    segments: Mapping[str, str],
) -> None:
    """Write `relecture.csv`: decisions first, then a row for each reader and each quotable contribution.

    What expired, was taken back, or changed since, nobody rereads.
    """
    stopped = ("words", "withdrawn")
    quotable = [
        agreement["segment"]
        for agreement in agreements
        if agreement["scope"] in QUOTED
        and not any(agreement.get(key) for key in stopped)
        and agreement.get("expires", "9") > reread["decided"]
    ]
    decisions = [_decision(decision, segments, reread) for decision in reread["decisions"]]
    write_csv(path, COLUMNS, [*decisions, *_signatures(quotable, segments, reread)])


def _decision(
    decision: Mapping[str, Any], segments: Mapping[str, str], reread: Mapping[str, Any]
) -> dict[str, object]:
    words = segments[decision["segment"]]
    start = words.index(decision["words"])
    return {
        "contribution": decision["segment"],
        "sha256": words_hash(words),
        "debut": start,
        "fin": start + len(decision["words"]),
        "nature": decision["kind"],
        "decision": decision["decision"],
        "remplacement": decision.get("replacement", ""),
        "raison": decision.get("reason", ""),
        "relu_par": reread["readers"][0],
        "relu_le": reread["decided"],
    }


def _signatures(
    quotable: Sequence[str], segments: Mapping[str, str], reread: Mapping[str, Any]
) -> Iterator[dict[str, object]]:
    for segment in quotable:
        for reader, day in zip(reread["readers"], reread["reread"], strict=True):
            yield {
                "contribution": segment,
                "sha256": words_hash(segments[segment]),
                "decision": "relu",
                "relu_par": reader,
                "relu_le": day,
            }
