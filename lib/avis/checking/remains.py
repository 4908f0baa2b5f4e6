"""Words that were taken back and that are still there, or that came back; counts that wait too long.

Only keyed hashes say what is looked for: nobody can read them, and without the key nothing can be compared.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from avis.editions.keyed import KEY, Trace, read_key
from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation, as_of
from avis.folders import read_regular, write_whole
from avis.rights import tracked
from avis.rights.searching import Matcher, Seen, search
from avis.rights.withdrawals import NAME, Standing, read_withdrawals
from avis.sources.meetings import read_notes

SEARCHED = "git-cherche.txt"
"""In the private folder of the build: objects of git that hold none of the words, each looked into once."""
_MOST = 200_000_000


def tell_remains(opened: Evaluation, problems: Problems) -> None:
    """Look for what people took back in every file of the folder, and in the objects of git that were found.

    Errors: RIG-003 a line of `retraits.jsonl` that cannot be read, RIG-010 a file that holds the words,
    RIG-017 a passage of the group that quotes them, RIG-011 objects of git, RIG-012 a withdrawal that broke
    off, RIG-013 words that came back, RIG-014 no key here, RIG-016 counts that waited too long, RIG-018 git
    cannot be asked. Warnings RIG-015 people who wait to leave the counts,
    RIG-018 git could not be searched on the day, RIG-019 a file that could not be searched on the day.
    """
    standing = list(read_withdrawals(opened.folders.root, problems).values())
    if not standing:
        return
    _tell_waiting(standing, as_of(), problems)
    broken = [one for one in standing if one.done is None and one.asked.kind != "counts"]
    if broken:
        problems.add("RIG-012", Place(NAME), n=len(broken))
    erased = [one for one in standing if one.erases]
    matcher = _tell_words(opened, erased, problems)
    _tell_git(opened, standing, matcher, problems)


def _tell_waiting(standing: Iterable[Standing], today: dt.date, problems: Problems) -> None:
    waiting = Counter(one.asked.due for one in standing if one.asked.kind == "counts" and one.done is None)
    for due, n in sorted(waiting.items()):
        (problems.add if due < today.isoformat() else problems.warn)(
            "RIG-016" if due < today.isoformat() else "RIG-015", Place(NAME), n=n, day=due
        )


def _tell_words(opened: Evaluation, erased: list[Standing], problems: Problems) -> Matcher | None:
    """Tell the files that hold the words; gives what finds them."""
    if not erased:
        return None
    back = _tell_back(opened, erased, problems)
    key = read_key(opened.folders.root)
    if key is None:
        problems.add("RIG-014", Place(KEY))
        return None
    traces: list[Trace] = [trace for one in erased for trace in one.asked.traces]
    matcher = Matcher(key, traces)
    hand = [item for one in erased if one.done for item in one.done.hand]
    listed = {item.file for item in hand if item.what == "unsearched"}
    for seen in search(opened, matcher) if matcher.wanted else ():
        if seen.found and seen.name not in back:
            _tell_file(opened, matcher, seen, problems)
        elif not seen.found and seen.name in listed:
            problems.warn("RIG-019", Place(seen.name))
    return matcher


def _tell_back(opened: Evaluation, erased: list[Standing], problems: Problems) -> set[str]:
    """Tell the paragraphs that have words again under an id that was taken back; gives their files."""
    last = {id: one.asked.kind for one in erased for id in one.asked.contributions}
    segments = read_notes(opened, Problems()).segments
    files = set()
    for id, text, file, line in zip(
        segments["id"], segments["text"], segments["file"], segments["line"], strict=True
    ):
        if text and last.get(id) == "withdrawn":
            problems.add("RIG-013", Place(str(file), line=int(line)), id=str(id))
            files.add(str(file))
    return files


def _tell_file(opened: Evaluation, matcher: Matcher, seen: Seen, problems: Problems) -> None:
    if seen.path.is_relative_to(opened.folders.texts):
        problems.add("RIG-017", Place(seen.name, line=_line(matcher, seen)))
    else:
        problems.add("RIG-010", Place(seen.name, line=_line(matcher, seen)))


def _line(matcher: Matcher, seen: Seen) -> int:
    """Give the line on which the words end, in a text; 0 where it cannot be told."""
    try:
        lines = seen.path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    first = bisect_left(range(len(lines)), True, key=lambda n: matcher.holds("\n".join(lines[: n + 1])))
    return first + 1 if first < len(lines) else 0


def _tell_git(
    opened: Evaluation, standing: list[Standing], matcher: Matcher | None, problems: Problems
) -> None:
    """Tell what git keeps: the objects that were listed, and those that came since."""
    hand = [item for one in standing if one.done for item in one.done.hand if item.what == "git"]
    listed = dict.fromkeys(id for item in hand for id in item.objects)
    root, failed = opened.folders.root, False
    left: set[str] = set()
    known = _known(opened, matcher)
    before = len(known)
    for folder in (root, *tracked.repositories_below(root)):
        try:
            if folder != root or tracked.work_tree(root):
                left |= {*tracked.still_there(folder, listed)}
                left |= {*tracked.objects_with(folder, matcher, known)} if matcher else set()
        except tracked.GitFailed:
            failed = True
    if matcher and len(known) > before:
        _remember(opened, matcher, known)
    if failed:
        (problems.add if hand else problems.warn)("RIG-018", Place(".git"))
    elif not all(item.objects for item in hand):
        problems.warn("RIG-018", Place(".git"))
    if left:
        problems.add("RIG-011", Place(".git"), n=len(left))


def _known(opened: Evaluation, matcher: Matcher | None) -> set[str]:
    """Give the objects in which the same words were looked for before, and not found."""
    try:
        lines = read_regular(opened.folders.private / SEARCHED, _MOST).decode("ascii").split()
    except (OSError, UnicodeDecodeError):
        return set()
    return set(lines[1:]) if matcher and lines[:1] == [_sought(matcher)] else set()


def _remember(opened: Evaluation, matcher: Matcher, known: set[str]) -> None:
    with contextlib.suppress(AvisError, OSError):  # it is searched anew where nothing can be kept
        write_whole(opened.folders.private / SEARCHED, "\n".join([_sought(matcher), *sorted(known)]) + "\n")


def _sought(matcher: Matcher) -> str:
    sought = " ".join(
        f"{size}:{hash}" for size in sorted(matcher.wanted) for hash in sorted(matcher.wanted[size])
    )
    return hashlib.sha256(sought.encode("ascii")).hexdigest()
