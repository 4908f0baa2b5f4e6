"""Whether an evaluation may go out, and if not, every reason at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from avis.checking.check import check
from avis.editions.manifest import sha256_of
from avis.editions.printed import kept_printed
from avis.errors import AvisError, Place, Problem, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Audience, Exhibits
from avis.i18n import LANGUAGES, Language
from avis.release.papers import Paper, compose_papers, exhibits_for, unwritten
from avis.release.review import check_review, read_review
from avis.sealing import load
from avis.steps.fresh import is_fresh
from avis.steps.renamed import refuse_doubts
from avis.writing.deliberation import deliberate, words_hash_of

NAKED = "TXT-020"
"""Numbers of a text that lead to no source: a remark while it is written, a reason not to publish it."""
UNFINISHED = "EVA-036"
"""Words of the model that nobody replaced: the same."""


@dataclass(frozen=True)
class Ready:
    """What would go out; `on` is empty where nobody decided."""

    exhibits: Exhibits
    sha256: str
    """Of the sealed exhibits that it was composed from."""
    papers: list[Paper]
    on: str


def prepare(
    opened: Evaluation, languages: Iterable[Language], audience: Audience, problems: Problems, call: str = ""
) -> Ready | None:
    """Compose what would go out and note every reason not to let it; none where there are no exhibits.

    For the recipient of a call, which `call` names, the exhibits are those that this call may have.

    Errors: all of `avis check`; REL-008 numbers without a source; REL-009 exhibits that are not up to date;
    REL-010 to REL-014 of the review; REL-016 words not for this audience; REL-018 words that are not those
    which the group adopted; REL-025 what nobody wrote yet; DIS-056 to DIS-058 rows that may have been renamed
    since an edition; those of the register and the seal.
    """
    wanted = tuple(languages)
    _check(opened, wanted, problems)
    _check_adopted(opened, problems)
    review, exhibits = read_review(opened.folders, problems), _exhibits(opened, problems)
    if exhibits is None:
        return None
    sha256 = sha256_of(opened.folders.exhibits)
    exhibits = exhibits_for(exhibits, call)
    papers = compose_papers(opened, exhibits, wanted, audience, problems, call)
    _check_written(papers, problems)
    on = check_review(review, papers, problems) if review else ""
    return Ready(exhibits, sha256, papers, on)


def _check(opened: Evaluation, languages: tuple[Language, ...], problems: Problems) -> None:
    found = check(opened.folders)
    problems.extend(found.errors)
    naked = [item for item in found if item.code == NAKED]
    if naked:
        problems.add("REL-008", Place(opened.folders.texts.name), n=len(naked))

    for item in found:
        if item.code == UNFINISHED and not _is_of_another(item, languages):
            problems.add("REL-025", item.place)


def _is_of_another(item: Problem, languages: tuple[Language, ...]) -> bool:
    """Tell whether a remark is about a text in a language that does not go out."""
    return any(item.place.file.endswith(f".{lang}.md") for lang in LANGUAGES if lang not in languages)


def _check_written(papers: Iterable[Paper], problems: Problems) -> None:
    """What was told at the line of a file is not told again of the document made from it."""
    if any(item.code == "REL-025" for item in problems):
        return
    for paper in papers:
        for heading in unwritten(paper):
            problems.add("REL-025", Place(paper.stem, field=heading))


def _check_adopted(opened: Evaluation, problems: Problems) -> None:
    """What the log says wrong is told by `check`; here only whether the group adopted these very words."""
    found = deliberate(opened, Problems())
    if found.edition_adopted and found.edition_adopted != words_hash_of(found):
        problems.add("REL-018", opened.place("sources", "sessions"))


def _exhibits(opened: Evaluation, problems: Problems) -> Exhibits | None:
    try:
        exhibits = load(opened.folders.exhibits)
    except AvisError as error:
        problems.extend(error.problems)
        return None
    if not is_fresh(opened):
        problems.add("REL-009", Place(opened.folders.exhibits.name))
    kept = kept_printed(opened.folders.private)
    refuse_doubts(kept.doubts if kept else (), problems)  # without it the tables are missed too: REL-030
    return exhibits
