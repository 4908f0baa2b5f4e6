"""`revue.yaml`: who read which document, as it is now, and who decided that it goes out.

Names stay in this file, in the evaluation: no edition and no register holds one.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avis.errors import Place, Problems
from avis.evaluation import as_of
from avis.folders import Folders
from avis.i18n import say
from avis.marked import Marked, load_yaml
from avis.release.papers import Paper
from avis.schema import check_document, read_as
from avis.spelling import fold

NAME = "revue.yaml"
READERS = 2


class Read(msgspec.Struct, frozen=True):
    """Somebody read documents, or decided that they go out, on a day; each with its state then."""

    by: str
    on: str
    documents: dict[str, str]
    why: str = ""

    def __repr__(self) -> str:
        """Show no name: what is shown may be pasted somewhere."""
        return f"Read(on={self.on!r}, documents={len(self.documents)})"


class Review(msgspec.Struct, frozen=True):
    """All of `revue.yaml`."""

    readings: tuple[Read, ...] = ()
    decisions: tuple[Read, ...] = ()


def read_review(folders: Folders, problems: Problems) -> Review | None:
    """Read `revue.yaml`; none where there is none or where it is wrong.

    Errors: REL-010 there is none yet, REL-013 a day to come; those of `check_document`.
    """
    path = folders.root / NAME
    if not path.exists() or (path.is_file() and not path.stat().st_size):  # made, and not written yet
        problems.add("REL-010", Place(NAME))
        return None
    marked, before = load_yaml(path, NAME, problems), len(problems.errors)
    if marked is None:
        return None
    data = check_document(marked, "revue", problems)
    if len(problems.errors) > before:
        return None
    review = read_as(data, Review)
    _check_days(review, marked, problems)
    return review


def _check_days(review: Review, marked: Marked, problems: Problems) -> None:
    today = as_of().isoformat()
    for key, acts in (("readings", review.readings), ("decisions", review.decisions)):
        for index, act in enumerate(acts):
            if act.on > today:
                problems.add("REL-013", marked.place((key, index, "on")))


def check_review(review: Review, papers: Iterable[Paper], problems: Problems) -> str:
    """Check that two people read each document as it is now, and that its release was decided after.

    Gives the day of the edition: the last of the decisions. Errors: REL-011 too few readers, REL-012 no
    decision, REL-014 decided before it was read.
    """
    days = []
    for paper in papers:
        read = {fold(act.by): act.on for act in _covering(review.readings, paper)}
        decided = [act.on for act in _covering(review.decisions, paper)]
        place = Place(NAME, field=paper.stem)
        if len(read) < READERS:
            problems.add("REL-011", place, n=len(read), needed=READERS, state=paper.state)
        if not decided:
            problems.add("REL-012", place, state=paper.state)
        elif len(read) >= READERS and max(decided) < sorted(read.values())[READERS - 1]:
            problems.add("REL-014", place)
        days += decided
    return max(days, default="")


def _covering(acts: Iterable[Read], paper: Paper) -> list[Read]:
    return [act for act in acts if act.documents.get(paper.stem) == paper.state]


def to_write(papers: Iterable[Paper]) -> str:
    """Give the lines that people complete by hand in `revue.yaml`: their name beside what they read."""
    listed = "".join(f"      {paper.stem}: {paper.state}\n" for paper in papers)
    today = as_of().isoformat()
    act = f'  - by: ""\n    on: {today}\n    documents:\n{listed}'
    told = [
        f"# {say('release.write_readers')}",
        f"readings:\n{act}{act}",
        f"# {say('release.write_decision')}",
    ]
    return "\n".join([*told, f"decisions:\n{act}"])
