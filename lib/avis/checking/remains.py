"""Words that were taken back and that are still there, or that came back; counts that wait too long.

Only keyed hashes say what is looked for: nobody can read them, and without the key nothing can be compared.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from avis.editions.keyed import KEY, Trace, read_key
from avis.errors import Place, Problems
from avis.evaluation import Evaluation, as_of
from avis.rights import tracked
from avis.rights.searching import Matcher, Seen, search
from avis.rights.withdrawals import NAME, Standing, read_withdrawals
from avis.sources.meetings import read_notes


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
    _tell_words(opened, erased, problems)
    _tell_git(opened, standing, problems)


def _tell_waiting(standing: Iterable[Standing], today: dt.date, problems: Problems) -> None:
    waiting = Counter(one.asked.due for one in standing if one.asked.kind == "counts" and one.done is None)
    for due, n in sorted(waiting.items()):
        (problems.add if due < today.isoformat() else problems.warn)(
            "RIG-016" if due < today.isoformat() else "RIG-015", Place(NAME), n=n, day=due
        )


def _tell_words(opened: Evaluation, erased: list[Standing], problems: Problems) -> None:
    if not erased:
        return
    back = _tell_back(opened, erased, problems)
    key = read_key(opened.folders.root)
    if key is None:
        problems.add("RIG-014", Place(KEY))
        return
    traces: list[Trace] = [trace for one in erased for trace in one.asked.traces]
    matcher = Matcher(key, traces)
    hand = [item for one in erased if one.done for item in one.done.hand]
    listed = {item.file for item in hand if item.what == "unsearched"}
    for seen in search(opened, matcher) if matcher.wanted else ():
        if seen.found and seen.name not in back:
            _tell_file(opened, matcher, seen, problems)
        elif not seen.found and seen.name in listed:
            problems.warn("RIG-019", Place(seen.name))


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


def _tell_git(opened: Evaluation, standing: list[Standing], problems: Problems) -> None:
    hand = [item for one in standing if one.done for item in one.done.hand if item.what == "git"]
    if not hand:
        return
    try:
        left = tracked.still_there(
            opened.folders.root, dict.fromkeys(id for item in hand for id in item.objects)
        )
    except tracked.GitFailed:
        problems.add("RIG-018", Place(".git"))
        return
    if not all(item.objects for item in hand):
        problems.warn("RIG-018", Place(".git"))
    if left:
        problems.add("RIG-011", Place(".git"), n=len(left))
