"""What became of the group's texts: why one that a passage calls may not appear, and which none places.

Only `avis check` stands on both sides of the wall between the log of sessions and documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from avis.errors import Fact, Place, Problem, Problems, problem
from avis.evaluation import Evaluation
from avis.folders import passages
from avis.writing.chain import Log, read_log
from avis.writing.deliberation import fold_state, read_logs
from avis.writing.items import Deliberation, Item
from avis.writing.naked import naked_numbers
from avis.writing.text import read_words

_PLACED = re.compile(
    r"\{(?:constat|statement|recommandation|recommendation)\}[`\s]*([\w.:-]+)", re.IGNORECASE
)
Facts = dict[str, Fact]


@dataclass(frozen=True)
class Standing:
    """For each text that was ever proposed and cannot be placed: the code that says why, and its facts."""

    lost: Mapping[str, tuple[str, Facts]] = field(default_factory=dict)
    adopted: tuple[str, ...] = ()

    def explain(self, told: Problem) -> Problem | None:
        """Say of a role that calls a text of the group what became of it: more than that it is unknown."""
        id = str(dict(told.facts).get("id", ""))
        if told.code != "TXT-013" or id not in self.lost:
            return None
        code, facts = self.lost[id]
        return problem(code, told.place, id=id, **facts)


def standing_of(opened: Evaluation) -> Standing:
    """Read from the logs what became of each text; what is wrong with the logs is told where they are read.

    Codes: TXT-041 amended since its adoption, TXT-042 suspended, TXT-043 withdrawn, TXT-044 merged into
    another, TXT-045 never adopted.
    """
    state = fold_state(read_logs(opened, Problems()), opened.settings.scales)
    lost = {id: found for id, item in state.items.items() if (found := _lost(item))}
    for id in state.gone:
        home = state.home(id)
        lost[id] = ("TXT-044", {"into": home}) if home != id else ("TXT-043", {})
    return Standing(lost, tuple(id for id in state.items if id not in lost))


def _lost(item: Item) -> tuple[str, Facts] | None:
    if item.adopted:
        return None
    if item.withdrawn:
        return "TXT-043", {}
    if item.suspended:
        return "TXT-042", {}
    if item.adopted_version:
        return "TXT-041", {"adopted": item.adopted_version, "current": item.version}
    return "TXT-045", {}


def tell_orphans(opened: Evaluation, standing: Standing, problems: Problems) -> None:
    """Remark on adopted texts that no passage places (TXT-046): a document puts them at the end of a part."""
    placed: dict[str, set[str]] = {}
    unread = set[str]()
    for language in opened.settings.languages:
        for path in passages(opened.folders.texts, f"*.{language}.md", Problems()):
            text = read_words(path, path.name, Problems())
            placed.setdefault(language, set()).update(_PLACED.findall(text or ""))
            unread |= {language} if text is None else set()  # told where it is read
    for id in standing.adopted:
        missing = [language for language, ids in placed.items() if id not in ids and language not in unread]
        if missing:
            problems.warn("TXT-046", Place(opened.folders.texts.name), id=id, languages=", ".join(missing))


def tell_unproved(opened: Evaluation, deliberation: Deliberation, problems: Problems) -> None:
    """Remark on adopted texts that hold a number which no figure stands behind (TXT-047).

    One that was proposed from a figure has its evidence. What the room adopted is not refused for it: nobody
    but the room changes a word of it.
    """
    place = Place("seances")
    for id, item in deliberation.items.items():
        said = any(naked_numbers(wording.text, id) for wording in item.wordings)
        if item.adopted and said and not item.origin.startswith("figure:"):
            problems.warn("TXT-047", place, id=id)


def tell_open(opened: Evaluation, problems: Problems) -> None:
    """Remark on sessions left open (SES-041), and on rounds whose answers count nowhere yet (SES-042)."""
    for path in opened.files(opened.settings.sources.sessions):
        log = read_log(path, opened.name(path), Problems())
        kinds = [event.type for event in log.events]
        place = Place(log.name, line=log.events[-1].seq if log.events else 0)
        if kinds and "session_closed" not in kinds:
            problems.warn("SES-041", place)
        left = path.with_name(f".{path.stem}.urne").exists()
        if left or _rounds(log, "round_opened") - _rounds(log, "round_closed"):
            problems.warn("SES-042", place)


def _rounds(log: Log, kind: str) -> set[str]:
    return {event.body["round"] for event in log.events if event.type == kind}


def tell_proofread(opened: Evaluation, deliberation: Deliberation, problems: Problems) -> None:
    """Remark on plain words proofread before the last text was adopted (EVA-040): that is no FALC."""
    last = max((item.adopted_on[:7] for item in deliberation.items.values() if item.adopted), default="")
    for language, read in opened.settings.proofread.items():
        if read.on < last:
            problems.warn("EVA-040", opened.place("proofread", language, "on"), read=read.on, last=last)
