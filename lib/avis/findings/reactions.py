"""How a group reacted to a text, level by level, where it decided to publish that.

The population is the room: everybody in it was there and saw how many they were, so its size is known
to all. What each person answered is protected as in a survey, unanimity included. The outcome in words
(consensus, large majority) is printed beside the counts and says something of them: the audit has it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from avis.exhibits import Cell, Dimension, Evidence, Value
from avis.findings.model import Finding, Latent, Ref, Relation, Stated, changed, ref_of
from avis.findings.words import both
from avis.settings import Scale
from avis.writing.deliberation import outcome
from avis.writing.items import Item

NO_ANSWER = "no_answer"
ROOM = "room."
"""Begins the name of the people of a session; sessions and their texts keep their ids for good."""


def reactions_id(item: Item) -> str:
    """Name the finding of the reactions to a text."""
    return f"reactions.{item.id}"


def count_reactions(items: Iterable[Item], scales: Mapping[str, Scale], minors: bool) -> list[Finding]:
    """Count the reactions to each adopted text whose counts the group decided to publish.

    Two texts of one session are about the same people: they share the cell of the room. Nothing for a
    text that nobody reacted to at its current version, or whose scale is not known (SES-026).
    """
    published = [item for item in items if item.adopted and item.counts_published]
    told = [item for item in published if item.votes and item.scale in scales]
    rooms: dict[str, int] = {}
    for item in told:  # somebody may come in after the session was opened
        rooms[item.session] = max(rooms.get(item.session, 0), item.present, len(item.votes))
    return [_reactions(item, scales[item.scale], rooms[item.session], minors) for item in told]


def _reactions(item: Item, scale: Scale, room: int, minors: bool) -> Finding:
    counted = item.reactions
    values = (
        *(Value(id=level.id, label=level.label) for level in scale.levels),
        Value(id=NO_ANSWER, label=both("status.no_answer"), role="status"),
    )
    levels = tuple(((item.id, level.id),) for level in scale.levels)
    silent, answered = ((item.id, NO_ANSWER),), ((item.id, "answered"),)
    finding = Finding(
        id=reactions_id(item),
        subject=reactions_id(item),
        title=both("reactions", item=item.id),
        measure="people",
        population=f"{ROOM}{item.session}",
        dimensions=(Dimension(id=item.id, label=both("variable.reaction"), values=values),),
        cells=(
            Cell(n=room),
            *(Cell(where=at, n=counted.get(at[0][1], 0)) for at in levels),
            Cell(where=silent, n=room - len(item.votes)),
        ),
        relations=(
            Relation(total=(), parts=(answered, silent)),
            Relation(total=answered, parts=levels, telling=levels),
        ),
        public=((),),
        base=(),
        unit=both("unit.people"),
        evidence=Evidence(rule=both("rule.reactions"), base=both("base.room"), sources=("session",)),
        minors=minors,
    )
    return changed(
        finding,
        latent=(Latent(cell=ref_of(finding, answered), n=len(item.votes)),),
        stated=_told_by_outcome(finding, item, scale),
    )


def _told_by_outcome(finding: Finding, item: Item, scale: Scale) -> tuple[Stated, ...]:
    """Write what the outcome says of the levels: it is printed in words beside them, hidden or not.

    Consensus: nobody opposed. Large majority: at least three quarters agreed, of those who took a side. A
    position of a minority: at most three quarters (a text on which nobody took a side is one too).
    """
    kinds = {level.id: level.kind for level in scale.levels}
    against = tuple(level for level, kind in kinds.items() if kind == "oppose")
    agreed = tuple(level for level, kind in kinds.items() if kind in ("support", "reserve"))
    found = outcome(item, scale)
    if found == "not_adopted" or not against:
        return ()

    def terms(levels: tuple[str, ...], factor: float) -> tuple[tuple[Ref, float], ...]:
        return tuple((ref_of(finding, ((item.id, level),)), factor) for level in levels)

    if found == "consensus":
        return (Stated(terms=terms(against, 1.0), low=0.0, high=0.0, public=True),)
    weighed = (*terms(agreed, 1.0), *terms(against, -3.0))
    majority = found == "large_majority"
    low, high = (0.0, inf) if majority else (-inf, 0.0)
    return (Stated(terms=weighed, low=low, high=high, public=True),)
