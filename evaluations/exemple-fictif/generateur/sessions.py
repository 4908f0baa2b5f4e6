"""The session logs: a written scenario becomes events and words, through the writer that sessions use."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from avis.errors import Problems
from avis.writing.deliberation import fold_logs, words_hash_of
from avis.writing.events import Entry, Word, append, make_word, name_word, read_log, words_path

Body = dict[str, Any]
Step = Mapping[str, Any]


class SessionLog:
    """One session being written: its events, the words beside them, and the versions of each text."""

    def __init__(
        self, chance: random.Random, session: Step, versions: dict[str, int], segments: Mapping[str, str]
    ) -> None:
        self.segments = segments
        self.chance = chance
        self.name: str = session["session"]
        self.at = dt.datetime.fromisoformat(f"{session['date']}T14:00:00+01:00")
        self.entries: list[Entry] = []
        self.words: dict[str, Word] = {}
        self.versions = versions

    def add(self, kind: str, body: Body) -> None:
        """Append an event, some seconds after the one before."""
        self.at += dt.timedelta(seconds=self.chance.randint(15, 90))
        self.entries.append(Entry(f"{self.chance.getrandbits(64):016x}", kind, body, self.at.isoformat()))

    def word(self, language: str, text: str) -> Body:
        """Put words in the side file; give what the log may hold, their name and salted hash."""
        name = f"{self.name}-m{len(self.words) + 1:02d}"
        self.words[name] = make_word(text, language, salt=f"{self.chance.getrandbits(128):032x}")
        return dict(name_word(name, self.words[name]))

    def tokens(self, many: int) -> list[str]:
        """Draw the voters' tokens of a round."""
        return [f"{self.chance.getrandbits(48):012x}" for _ in range(many)]


def _propose(log: SessionLog, step: Step) -> None:
    log.versions[step["propose"]] = 1
    body: Body = {"item": step["propose"], "kind": step["kind"], "question": step["question"]}
    body |= {"language": step["language"], "text": log.word(step["language"], step["text"])}
    log.add("proposed", body | ({"from": step["from"]} if "from" in step else {}))
    if "addressee" in step:
        log.add("addressee_set", {"item": step["propose"], "addressee": step["addressee"]})


def _read_limits(log: SessionLog, step: Step) -> None:
    text = f"limites lues en {step['limits']}"  # invented: the hash stands for the text that was read aloud
    log.add("limits_read", {"language": step["limits"], "hash": hashlib.sha256(text.encode()).hexdigest()})


def _reword(log: SessionLog, step: Step) -> None:
    body = {"item": step["reword"], "language": step["language"]}
    log.add("reworded", body | {"text": log.word(step["language"], step["text"])})
    log.versions[step["reword"]] += 1


def _merge(log: SessionLog, step: Step) -> None:
    log.add("merged", {"items": [*step["merge"], step["into"]], "into": step["into"]})
    log.versions[step["into"]] += 1


def _amend(log: SessionLog, step: Step) -> None:
    body: Body = {"item": step["amend"], "amendment": step["amendment"]}
    text = {"language": step["language"], "text": log.word(step["language"], step["text"])}
    log.add("amendment_proposed", body | text)
    why = {"reason": log.word(step["language"], step["reason"])} if "reason" in step else {}
    log.add(f"amendment_{step['outcome']}", body | why)
    if step["outcome"] == "accepted":
        log.versions[step["amend"]] += 1


def _translate(log: SessionLog, step: Step) -> None:
    body: Body = {"item": step["translate"], "version": log.versions.get(step["translate"], 1)}
    body |= {"language": step["language"], "text": log.word(step["language"], step["text"])}
    log.add("translated", body | {"approved": step.get("approved", True)})


def _vote(log: SessionLog, step: Step) -> None:
    reactions: Mapping[str, Mapping[str, int]] = step["reactions"]
    log.add("round_opened", {"round": step["round"], "items": list(reactions)})
    tokens = log.tokens(max(sum(levels.values()) for levels in reactions.values()))
    for item, levels in reactions.items():
        given = [level for level, times in levels.items() for _ in range(times)]
        voters = log.chance.sample(tokens, len(given))
        for voter, level in sorted(zip(voters, given, strict=True)):
            log.add("reacted", {"item": item, "version": log.versions[item], "voter": voter, "level": level})
    log.add("round_closed", {"round": step["round"]})


def _object(log: SessionLog, step: Step) -> None:
    body = {"item": step["object"], "version": log.versions[step["object"]], "objection": step["objection"]}
    log.add(
        "objected", body | {"text": log.word(step["language"], step["text"]), "language": step["language"]}
    )


def _resolve(log: SessionLog, step: Step) -> None:
    log.add(
        "objection_resolved", {"objection": step["resolve"], "how": log.word(step["language"], step["text"])}
    )


def _dissent(log: SessionLog, step: Step) -> None:
    body = {"item": step["beside"], "dissent": step["dissent"], "language": step["language"]}
    log.add("dissent_recorded", body | {"text": log.word(step["language"], step["text"])})


def _quote(log: SessionLog, step: Step) -> None:
    for audience in step["audiences"]:
        body = {"quote": step["quote"], "audience": audience, "language": step["language"]}
        exact = log.word(step["language"], log.segments[step["quote"]])
        log.add("quote_approved", body | {"text": exact})


def _adopt(log: SessionLog, step: Step) -> None:
    for item in step["adopt"]:
        log.add("adopted", {"item": item, "version": log.versions[item]})


def _withdraw(log: SessionLog, step: Step) -> None:
    log.add("withdrawn", {"item": step["withdraw"]})


def _publish_counts(log: SessionLog, step: Step) -> None:
    log.add("counts_published", {"item": step["publish_counts"]})


VERBS: dict[str, Callable[[SessionLog, Step], None]] = {
    "limits": _read_limits,
    "propose": _propose,
    "reword": _reword,
    "merge": _merge,
    "amend": _amend,
    "translate": _translate,
    "round": _vote,
    "object": _object,
    "resolve": _resolve,
    "dissent": _dissent,
    "quote": _quote,
    "adopt": _adopt,
    "withdraw": _withdraw,
    "publish_counts": _publish_counts,
}


def play(chance: random.Random, scenario: list[Step], segments: Mapping[str, str]) -> list[SessionLog]:
    """Play a scenario; each step's first key is its verb."""
    versions: dict[str, int] = {}
    logs = []
    for session in scenario:
        log = SessionLog(chance, session, versions, segments)
        opened = {key: session[key] for key in ("session", "date", "place", "languages", "scale", "present")}
        log.add("session_opened", opened)
        for step in session["steps"]:
            VERBS[next(iter(step))](log, step)
        logs.append(log)
    return logs


def write_logs(folder: Path, logs: list[SessionLog]) -> None:
    """Write `<session>.jsonl` and `<session>.mots.json` for each session, in place of former ones.

    The last session adopts the whole: the words that stand once all that was said before is known.
    """
    for log in logs:
        path = folder / f"{log.name}.jsonl"
        path.unlink(missing_ok=True)
        words_path(path).unlink(missing_ok=True)
        if log is not logs[-1]:
            log.add("session_closed", {})
        append(path, log.entries, log.words)
    last = logs[-1]
    last.add("edition_adopted", {"words_hash": _standing(folder, logs)})
    last.add("session_closed", {})
    append(folder / f"{last.name}.jsonl", last.entries, last.words)
    for lock in folder.glob(".*.lock"):
        lock.unlink()


def _standing(folder: Path, logs: list[SessionLog]) -> str:
    problems = Problems()
    read = [read_log(folder / f"{log.name}.jsonl", log.name, problems) for log in logs]
    problems.raise_errors()
    return words_hash_of(fold_logs(read, {}))
