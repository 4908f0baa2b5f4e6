"""What was changed without a trace: the document that came back against the one that was sent.

Tracked changes are set aside first: they are listed for themselves. Kinds of spaces make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from avis.returned.model import Paragraph, Remark, Returned

ALIKE = 0.5
"""Share of words that two paragraphs have in common, from which one is the other, changed."""
AROUND = 4
"""Words kept on either side of a change."""
MOST = 400
"""Paragraphs of one stretch that are matched one by one: beyond, it is told as taken out and put in."""


def differences(sent: Returned, back: Returned) -> tuple[Remark, ...]:
    """List every difference in wording between what was sent and what came back, in order.

    >>> one = Returned("a", (Paragraph(1, "", "Le bureau ferme à 17 h.", "Le bureau ferme à 17 h."),))
    >>> two = Returned("b", (Paragraph(1, "", "Le bureau ferme à 18 h.", "Le bureau ferme à 18 h."),))
    >>> [(found.kind, found.words, found.told) for found in differences(one, two)]
    [('changed', '… bureau ferme à 17 h.', '… bureau ferme à 18 h.')]
    """
    before = [one for one in sent.paragraphs if one.now]
    after = [one for one in back.paragraphs if one.sent]
    matcher = SequenceMatcher(None, [one.now for one in before], [one.sent for one in after], autojunk=False)
    found: list[Remark] = []
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag != "equal":
            found += _stretch(before[i:j], after[k:n], after[k - 1] if k else None)
    return tuple(found)


def _stretch(
    before: Sequence[Paragraph], after: Sequence[Paragraph], above: Paragraph | None
) -> Iterator[Remark]:
    """Tell a stretch that differs: paragraphs that are alike are one that was changed."""
    left = list(before) if len(before) * len(after) <= MOST**2 else []
    for one in after:
        match = next((other for other in left if _alike(other.now, one.sent)), None)
        if match is None:
            yield Remark("added", one.number, one.heading, "", one.sent)
            continue
        for gone in left[: left.index(match)]:
            yield _removed(gone, one)
        left = left[left.index(match) + 1 :]
        words, told = _around(match.now, one.sent)
        yield Remark("changed", one.number, one.heading, words, told)
    for gone in left if left or len(before) * len(after) <= MOST**2 else before:
        yield _removed(gone, above)


def _removed(gone: Paragraph, near: Paragraph | None) -> Remark:
    return Remark("removed", near.number if near else 1, gone.heading, gone.now)


def _alike(before: str, after: str) -> bool:
    matcher = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _around(before: str, after: str) -> tuple[str, str]:
    """Give the words that differ, with a few around them."""
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: list[str], start: int, end: int) -> str:
    first, last = max(start - AROUND + 1, 0), min(len(words) - end + AROUND, len(words))
    return " ".join([*(["…"] if first else []), *words[first:last], *(["…"] if last < len(words) else [])])
