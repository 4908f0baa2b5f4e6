"""Before and after: answers of the same people, paired by their code, as two distributions.

The passage of each person from one answer to another is not printed: so fine a table tells of one
person at once. A code that stands twice in a wave is not paired, and said.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from avis.errors import Place, Problems
from avis.exhibits import Cell, Dimension, Evidence, Value, Where
from avis.findings.answers import COUNTED, choice_values, question_dimension, question_title, type_of
from avis.findings.distribution import ANSWERED, Answered, Layout, lay_out, sort_answers
from avis.findings.model import Finding, Latent, Link, Ref, Relation
from avis.findings.words import both, titled
from avis.settings import Settings, ShownQuestion
from avis.sources.survey import Survey

MOMENTS = ("before", "after")

CHOSEN = 3.0
"""Who asks for before and after reads that table first: rather hide in the table of a single wave."""


def before_after(
    before: Survey,
    after: Survey,
    shown: ShownQuestion,
    settings: Settings,
    problems: Problems | None = None,
) -> list[Finding]:
    """Compare one question in two waves among the people who answered both (see also `pairing`).

    The matched are most of all who answered, so the few who are not matched could be reckoned from the
    two tables together: they are counted too, unprinted, and linked to the answers of each wave.
    Remarks: FIN-005 a type that is not counted, FIN-008 codes that stand twice. Errors: FIN-003,
    FIN-006, FIN-013.
    """
    kinds = {type_of(wave, shown.question) for wave in (before, after)}
    if len(kinds) != 1 or not kinds <= set(COUNTED):
        if problems is not None:
            problems.warn("FIN-005", Place("evaluation.yaml", field=shown.question))
        return []
    paired = frozenset(_once(before)) & frozenset(_once(after))
    _tell_repeats((before, after), problems)
    return [_compare(before, after, shown, settings, paired)]


def _once(wave: Survey) -> pd.Series[str]:
    """Give the person codes that stand once in a wave."""
    codes = wave.records["person"].fillna("").astype(str)
    return codes[(codes != "") & ~codes.duplicated(keep=False)]


def _tell_repeats(waves: tuple[Survey, Survey], problems: Problems | None) -> None:
    for wave in waves:
        codes = wave.records["person"].fillna("").astype(str)
        repeated = codes[codes != ""].duplicated(keep=False)
        if repeated.any() and problems is not None:
            problems.warn("FIN-008", Place(wave.id), n=int(codes[codes != ""][repeated].nunique()))


def _compare(
    before: Survey, after: Survey, shown: ShownQuestion, settings: Settings, paired: frozenset[str]
) -> Finding:
    population = f"matched.{before.id}.{after.id}"
    values = choice_values(after, shown.question, settings)
    codes = tuple(value.id for value in values)
    multiple = type_of(after, shown.question) == "select_multiple"
    layout = Layout([Cell(n=len(paired))])
    for moment, wave in zip(MOMENTS, (before, after), strict=True):
        given = sort_answers(wave, shown.question, codes, multiple)
        among = wave.records["person"].fillna("").isin(paired)
        group = (("moment", moment),)
        lay_out(layout, given, group, among, (), population)
        for latent, link in _unmatched(wave, given, group, among, population):
            layout.latent += latent
            layout.links.append(link)
    moments = tuple(Value(id=moment, label=both(f"value.{moment}")) for moment in MOMENTS)
    return Finding(
        id=f"{before.id}-{after.id}.{shown.question}",
        subject=f"{before.id}-{after.id}.{shown.question}",
        title=titled(both("change", label=question_title(after, shown))),
        measure="people",
        population=population,
        dimensions=(
            question_dimension(after, shown, values),
            Dimension(id="moment", label=both("variable.moment"), values=moments),
        ),
        cells=tuple(layout.cells),
        relations=tuple(layout.relations),
        links=tuple(layout.links),
        latent=tuple(layout.latent),
        public=tuple(layout.public),
        base=((shown.question, ANSWERED),),
        multiple=multiple,
        unit=both("unit.people"),
        evidence=Evidence(
            rule=both("rule.change"),
            base=both("base.matched"),
            sources=(f"questionnaire-{before.id}", f"questionnaire-{after.id}"),
        ),
        minors=settings.minors != "none",
        focus=CHOSEN,
        chart="change",
    )


def _unmatched(
    wave: Survey, given: Answered, group: Where, among: pd.Series[bool], population: str
) -> Iterator[tuple[list[Latent], Link]]:
    """Count those of a wave who are not matched, answer by answer: all minus matched gives them away."""
    masks = {ANSWERED: given.answered, **given.choices, **given.statuses}
    everyone = pd.Series(True, index=among.index)
    for value, mask in (("", everyone), *masks.items()):
        where: Where = ((given.question, value),) if value else ()
        all_of_them = Ref(population=wave.id, where=where)
        matched = Ref(population=population, where=tuple(sorted((*where, *group))) if value else ())
        left = Ref(population=wave.id, where=(*where, (f"matched.{population}", "no")))
        latent = [
            Latent(cell=all_of_them, n=int(mask.sum())),
            Latent(cell=left, n=int((mask & ~among).sum())),
        ]
        yield latent, Link(total=all_of_them, parts=(matched, left))


def pairing(before: Survey, after: Survey, settings: Settings) -> Finding:
    """Count the people of two waves who could be paired, and those who are in one wave alone."""
    first, last = frozenset(_once(before)), frozenset(_once(after))
    sets = {"matched": first & last, "before_only": first - last, "after_only": last - first}
    cells = tuple(Cell(where=(("pairing", id),), n=len(held)) for id, held in sets.items())
    population = f"pairs.{before.id}.{after.id}"
    return Finding(
        id=f"{before.id}-{after.id}.pairing",
        subject=f"{before.id}-{after.id}.pairing",
        title=both("pairing"),
        measure="people",
        population=population,
        dimensions=(
            Dimension(
                id="pairing",
                label=both("variable.pairing"),
                values=tuple(Value(id=id, label=both(f"value.{id}")) for id in sets),
            ),
        ),
        cells=(Cell(n=len(first | last)), *cells),
        relations=(Relation(total=(), parts=tuple(cell.where for cell in cells)),),
        links=tuple(_pairing_links(before, after, population)),
        latent=tuple(_pairing_latent(before, after, first, last)),
        unit=both("unit.people"),
        evidence=Evidence(
            rule=both("rule.pairing"),
            sources=(f"questionnaire-{before.id}", f"questionnaire-{after.id}"),
        ),
        minors=settings.minors != "none",
    )


def _pairing_links(before: Survey, after: Survey, population: str) -> Iterator[Link]:
    """Paired people are the matched; a wave's records are its paired, its lone and its other records."""
    matched = Ref(population=f"matched.{before.id}.{after.id}", where=())
    paired = Ref(population=population, where=(("pairing", "matched"),))
    yield Link(total=matched, parts=(paired,))
    for moment, wave in zip(MOMENTS, (before, after), strict=True):
        alone = Ref(population=population, where=(("pairing", f"{moment}_only"),))
        other = Ref(population=wave.id, where=(("code", "none or twice"),))
        yield Link(total=Ref(population=wave.id, where=()), parts=(paired, alone, other))


def _pairing_latent(
    before: Survey, after: Survey, first: frozenset[str], last: frozenset[str]
) -> Iterator[Latent]:
    matched = Ref(population=f"matched.{before.id}.{after.id}", where=())
    yield Latent(cell=matched, n=len(first & last))
    for wave, held in ((before, first), (after, last)):
        yield Latent(cell=Ref(population=wave.id, where=()), n=len(wave.records))
        other = Ref(population=wave.id, where=(("code", "none or twice"),))
        yield Latent(cell=other, n=len(wave.records) - len(held), harmless=True)
