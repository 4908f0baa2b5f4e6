"""Carrying out what was asked: erasing words wherever the tool writes, and listing where it does not.

What is meant is on the disk before anything goes (`withdrawals`), and every step may be done twice: a run
that broke off is finished by the next one.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from avis.consent.judging import words_hash
from avis.editions.manifest import FOLDER as EDITIONS
from avis.editions.manifest import folder_of, sweep_unfinished
from avis.editions.register import Edition, TakenBack
from avis.editions.register import append as note_edition
from avis.errors import AvisError, Problem, Problems
from avis.evaluation import Evaluation
from avis.rights import tracked
from avis.rights.messages import write_messages
from avis.rights.notes_erased import Uneditable, rewrite_note, rewrite_record
from avis.rights.notices import replace_by_notice, signed_by
from avis.rights.passages_erased import take_calls_out
from avis.rights.searching import Matcher, search
from avis.rights.sessions_erased import KEPT_VOICES, erase_sessions, with_texts_amended
from avis.rights.sessions_suspended import suspend_sessions
from avis.rights.tables_erased import (
    Edit,
    agree_again,
    date_rows,
    edit_ledger,
    empty_free_answers,
    forget_reviews,
    remove_person,
    take_back_rows,
)
from avis.rights.withdraw import is_copy
from avis.rights.withdrawals import ByHand, Done, Standing, Withdrawal, append
from avis.sources.meetings import read_notes
from avis.sources.stories import TAKEN_BACK

MESSAGES = "messages"
NOTICE = b"[parole reprise / words taken back]\n"
MARK = TAKEN_BACK[0]
_SPEAKER = r"[^:\[\]\n]{1,40}\([a-zA-Z-]{2,12}\)\s?"
_REST = re.compile(
    rf"(?m)^([ \t]*(?:[-*>][ \t]+)?(?:\{{#[^{{}}\n]*\}}[^:\[\]\n]{{0,60}}|{_SPEAKER}):?[ \t]*)"
    rf"[«\"“\s]*{re.escape(MARK)}(?:(?!\n[ \t]*(?:\n|\{{#|#|[-*>]\s|\Z)|\n{_SPEAKER}:).)*",
    re.DOTALL,
)
"""A paragraph of a note that begins with the mark: what is left of it is hers too."""


@dataclass
class Erased:
    """What was done, and what is left for people to do."""

    hand: dict[str, ByHand] = field(default_factory=dict)
    unsearched: list[str] = field(default_factory=list)
    messages: list[Path] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    """What a disk or a permission refused."""

    def left(self, names: Iterable[str]) -> None:
        """Note files that somebody must mend."""
        for name in names:
            self.hand.setdefault(name, ByHand(file=name))


def carry_out(
    opened: Evaluation,
    key: bytes,
    asked: Withdrawal,
    editions: Iterable[Edition],
    today: dt.date,
    person: str = "",
    new_words: str = "",
    agreed: bool = False,
    history: bool = False,
    known: Matcher | None = None,
) -> Erased:
    """Do everything that one line of `retraits.jsonl` asks for, then say in it that it was done.

    `known` finds the words faster, while somebody still knows them. Errors: RUN-010 to RUN-012 where not even
    the register can be written.
    """
    done, gone = Erased(), frozenset(asked.contributions)
    forget_build(opened)
    _guarded(lambda: sweep_unfinished(opened.folders.root), done)
    out = [edition for edition in editions if asked.kind != "resumed"]
    _take_editions_back(opened, out, done, today)
    if asked.kind != "resumed":
        _guarded(lambda: _take_calls_out(opened, gone, done), done)
    if asked.kind in ("withdrawn", "changed"):
        _erase(opened, asked, gone, done, person, new_words)
        rows = _agreed_again(asked, new_words) if agreed and new_words else take_back_rows(gone, asked.on)
        _guarded(lambda: done.left(edit_ledger(opened, rows)), done)
        matcher = known or Matcher(key, asked.traces)
        look_into_git(opened, matcher, done, history)
        sweep(opened, matcher, done)
    else:
        kind: Literal["suspended", "resumed"] = "suspended" if asked.kind == "suspended" else "resumed"
        column, other = ("suspended_on", "resumed_on") if kind == "suspended" else ("resumed_on", "")
        rows = date_rows(gone, column, today.isoformat(), other)
        _guarded(lambda: done.left(edit_ledger(opened, rows)), done)
        _guarded(lambda: done.left(suspend_sessions(opened, asked.contributions, kind, asked.id)), done)
    unsearched = (ByHand(file=name, what="unsearched") for name in done.unsearched)
    hand = (*done.hand.values(), *unsearched)
    append(opened.folders.root, [Done(of=asked.id, on=today.isoformat(), hand=hand)])
    return done


def _take_calls_out(opened: Evaluation, gone: frozenset[str], done: Erased) -> None:
    """Take the calls of her words out of the texts; a sentence that calls them is the group's to mend."""
    for place in take_calls_out(opened, with_texts_amended(opened, gone)).inside:
        done.hand.setdefault(place.file, ByHand(file=place.file, what="text"))


def forget_build(opened: Evaluation) -> None:
    """Remove all that a build made, but for the lock that is held: it is made again."""
    folders = opened.folders
    for path in (folders.findings, folders.private / "notebooks", folders.drafts):
        shutil.rmtree(path, ignore_errors=True)
    for folder in (folders.private, folders.build):
        for path in folder.glob("*") if folder.is_dir() else ():
            if path.is_file() and path.name != ".lock":
                path.unlink()


def _take_editions_back(opened: Evaluation, editions: list[Edition], done: Erased, today: dt.date) -> None:
    signed, root = signed_by(opened.settings), opened.folders.root
    for edition in editions:
        try:
            folder = folder_of(root, edition.issued.edition)
        except AvisError as error:  # a line of the register that names no folder holds up nobody's words
            done.refused += error.problems
            continue
        if folder.is_symlink():  # what lies behind it is not ours to rewrite, and must not be forgotten
            done.left([folder.relative_to(root).as_posix()])
        elif folder.is_dir():
            _guarded(partial(replace_by_notice, folder, opened.settings.languages, today, signed), done)
        if not edition.taken_back_on:
            note_edition(root, [TakenBack(edition=edition.issued.edition, on=today.isoformat())])
    if editions:
        done.messages += write_messages(editions, root / MESSAGES, signed, today)


def _guarded(act: Callable[[], object], done: Erased, name: str = "") -> None:
    """Do one step; what a disk refuses stops no other step."""
    try:
        act()
    except AvisError as error:
        done.refused += error.problems
        done.left([name] if name else [])
    except (Uneditable, OSError):
        done.left([name] if name else [])


def _erase(
    opened: Evaluation, asked: Withdrawal, gone: frozenset[str], done: Erased, person: str, new_words: str
) -> None:
    """Take the words out of the sources; the ledger comes after, since it is what says who they were."""
    language, sources = opened.settings.languages[0], opened.settings.sources
    segments = read_notes(opened, Problems()).segments
    hers = segments[segments["id"].isin(gone)]
    for name, rows in hers.groupby("file", sort=False):
        wanted, meeting = dict.fromkeys(rows["id"], new_words), str(rows["meeting"].iloc[0])
        path = opened.folders.root / str(name)
        _guarded(partial(rewrite_note, path, meeting, wanted, language), done, str(name))
    for path in opened.files(sources.stories):
        _guarded(partial(rewrite_record, path, gone, language), done, opened.name(path))
    carried = asked.kind == "withdrawn"  # other words in the place of hers were adopted by nobody
    _guarded(lambda: done.left(erase_sessions(opened, gone, asked.id, carried)), done)
    _guarded(lambda: done.left(forget_reviews(opened, gone)), done)
    if person:
        _guarded(lambda: done.left(empty_free_answers(opened, person)), done)


def count_out(opened: Evaluation, person: str, done: Erased) -> None:
    """Take somebody out of the tables that are counted; who is in none any more is out already."""
    if person:
        _guarded(lambda: done.left(remove_person(opened, person)), done)


def _agreed_again(asked: Withdrawal, new_words: str) -> Edit:
    return agree_again(asked.contributions[0], words_hash(new_words), asked.on)


def sweep(opened: Evaluation, matcher: Matcher, done: Erased) -> None:
    """Look for what is left: copies that tools made go, the rest is listed for people."""
    for seen in search(opened, matcher):
        if not seen.whole and not seen.found:
            # The register tells what an edition holds, and the log whose a voice is.
            ours = seen.name.startswith((f"{EDITIONS}/", KEPT_VOICES))
            done.unsearched += [] if ours else [seen.name]
        elif is_copy(seen) or seen.path.is_relative_to(opened.folders.build):
            _guarded(seen.path.unlink, done, seen.name)
        else:
            texts = seen.path.is_relative_to(opened.folders.texts)
            done.hand.setdefault(seen.name, ByHand(file=seen.name, what="text" if texts else "words"))


def look_into_git(opened: Evaluation, matcher: Matcher, done: Erased, history: bool) -> None:
    """List the objects that keep the words, once history is rewritten where that was asked for.

    Where git refuses (something is set aside, another work tree), what was found stays on the list. What is
    kept below, by submodules and copies, is listed and never rewritten.
    """
    for folder in tracked.repositories_below(opened.folders.root):
        name = folder.relative_to(opened.folders.root).as_posix()
        try:
            kept = tuple(tracked.objects_with(folder, matcher))
        except tracked.GitFailed:
            kept = None
        if kept is None or kept:
            done.hand[name] = ByHand(file=name, what="git", objects=kept or ())
    _look_into_own(opened, matcher, done, history)


def _look_into_own(opened: Evaluation, matcher: Matcher, done: Erased, history: bool) -> None:
    objects: list[str] = []
    try:
        top = tracked.work_tree(opened.folders.root)
        objects = tracked.objects_with(top, matcher) if top else []
        if not objects or top is None:
            return
        if history:
            tracked.rewrite(top, objects, lambda data: cleaned(matcher, data))
            objects = tracked.still_there(top, objects)
    except tracked.GitFailed:
        done.hand[".git"] = ByHand(file=".git", what="git", objects=tuple(objects))
        return
    if objects:
        done.hand[".git"] = ByHand(file=".git", what="git", objects=tuple(objects))


def clean_history(opened: Evaluation, key: bytes, kept: Iterable[Standing], today: dt.date) -> Erased:
    """Rewrite history for withdrawals of before whose words git still keeps, and say in each what is left."""
    before, done = list(kept), Erased()
    traces = [trace for one in before for trace in one.asked.traces]
    look_into_git(opened, Matcher(key, traces), done, history=True)
    for one in before:
        others = [item for item in one.done.hand if item.what != "git"] if one.done else []
        hand = (*others, *done.hand.values())
        append(opened.folders.root, [Done(of=one.asked.id, on=today.isoformat(), hand=hand)])
    return done


def cleaned(matcher: Matcher, data: bytes) -> bytes:
    """Give an old version without the words: a text keeps the rest of it, anything else goes whole."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return NOTICE
    new = _REST.sub(rf"\1{MARK}", matcher.without(text, MARK)).encode("utf-8")
    return NOTICE if matcher.holds_any(new)[0] else new
