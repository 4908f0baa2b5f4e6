"""Before and after: answers of the same people, paired by their code, as two distributions.

The passage of each person from one answer to another is not printed: so fine a table tells of one
person at once. A code that stands twice in a wave is not paired, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from avis.errors import Place, Problems
from avis.exhibits import Cell, Dimension, Evidence, Value, Where
from avis.findings.answers import (
    COUNTED,
    choice_values,
    groups_of,
    question_dimension,
    question_title,
    type_of,
)
from avis.findings.distribution import ANSWERED, Answered, Layout, across, lay_out, sort_answers
from avis.findings.model import Finding, Latent, Link, Ref, Relation
from avis.findings.pairs import codes_of, once, tell_pairing
from avis.findings.words import both, titled
from avis.settings import Settings, ShownQuestion
from avis.sources.surveys.wave import Survey

MOMENTS = ("before", "after")

CHOSEN = 3.0
"""Who asks for before and after reads that table first: rather hide in the table of a single wave."""


def before_after(
    before: Survey,
    after: Survey,
    shown: ShownQuestion,
    settings: Settings,
    problems: Problems | None = None,
    persons: pd.DataFrame | None = None,
) -> list[Finding]:
    """Compare one question in two waves among the people who answered both (see also `pairing`).

    The matched are most of all who answered, so the few who are not matched could be reckoned from the
    two tables together: they are counted too, unprinted, and linked to the answers of each wave. Where a
    wave shows the question by a column of `persons`, so are the matched and the others of each group.
    Remarks: FIN-005 a type that is not counted, FIN-008 codes that stand twice,
    FIN-030 codes that resemble one another. Errors: FIN-003,
    FIN-006, FIN-013.
    """
    kinds = {type_of(wave, shown.question) for wave in (before, after)}
    if len(kinds) != 1 or not kinds <= set(COUNTED):
        if problems is not None:
            problems.warn("FIN-005", Place("evaluation.yaml", field=shown.question))
        return []
    paired = frozenset(once(before)) & frozenset(once(after))
    if problems is not None:
        tell_pairing(before, after, problems)
    return [_compare(before, after, shown, settings, paired, persons)]


def _compare(
    before: Survey,
    after: Survey,
    shown: ShownQuestion,
    settings: Settings,
    paired: frozenset[str],
    persons: pd.DataFrame | None,
) -> Finding:
    population = f"matched.{before.id}.{after.id}"
    values = choice_values(after, shown.question, settings)
    codes = tuple(value.id for value in values)
    multiple = type_of(after, shown.question) == "select_multiple"
    layout = Layout([Cell(n=len(paired))])
    for moment, wave in zip(MOMENTS, (before, after), strict=True):
        given = sort_answers(wave, shown.question, codes, multiple)
        among = codes_of(wave).isin(paired)
        group = (("moment", moment),)
        lay_out(layout, given, group, among, (), population)
        _tie_wave(layout, wave, given, (group, ()), (among, pd.Series(True, index=among.index)), population)
        for by in _columns_shown(settings, wave, shown.question):
            if persons is not None:
                groups, _ = groups_of(wave, persons, by)
                _tie_groups(layout, wave, given, (group, among), (by, groups), population)
    moments = tuple(Value(id=moment, label=both(f"value.{moment}")) for moment in MOMENTS)
    return Finding(
        id=f"{before.id}-{after.id}.{shown.question}",
        subject=f"{before.id}-{after.id}.{shown.question}",
        title=titled(both("change", label=question_title(after, shown))),
        measure="people",
        population=population,
        dimensions=(
            question_dimension(after, shown, values, settings),
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


def _tie_wave(
    layout: Layout,
    wave: Survey,
    given: Answered,
    at: tuple[Where, Where],
    masks: tuple[pd.Series[bool], pd.Series[bool]],
    population: str,
) -> None:
    """Count those of a wave who are not matched, answer by answer: all minus matched gives them away.

    `at` is the moment, and the group of people where there is one; `masks` the matched, and that group.
    """
    (moment, group), (among, inside) = at, masks
    everyone = pd.Series(True, index=among.index)
    values = {"": everyone, ANSWERED: given.answered, **given.choices, **given.statuses}
    for value, mask in values.items():
        where: Where = tuple(sorted((*(((given.question, value),) if value else ()), *group)))
        all_of_them = Ref(population=wave.id, where=where)
        matched = Ref(population=population, where=tuple(sorted((*where, *(moment if value else ())))))
        left = Ref(population=wave.id, where=tuple(sorted((*where, (f"matched.{population}", "no")))))
        layout.latent.append(Latent(cell=all_of_them, n=int((mask & inside).sum())))
        layout.latent.append(Latent(cell=left, n=int((mask & inside & ~among).sum())))
        layout.links.append(Link(total=all_of_them, parts=(matched, left)))


def _columns_shown(settings: Settings, wave: Survey, question: str) -> list[str]:
    """Give the columns of persons by which a wave shows a question in a table of its own."""
    return sorted(
        {
            shown.by
            for source in settings.sources.surveys
            if source.id == wave.id
            for shown in source.show
            if shown.question == question and shown.by
        }
    )


def _tie_groups(
    layout: Layout,
    wave: Survey,
    given: Answered,
    matched: tuple[Where, pd.Series[bool]],
    parted: tuple[str, Mapping[str, pd.Series[bool]]],
    population: str,
) -> None:
    """Lay out the matched of each group as counts that nobody prints, and tie them to the wave's groups."""
    (moment, among), (by, groups) = matched, parted
    held = [((by, id),) for id in groups]
    for where, inside in zip(held, groups.values(), strict=True):
        inner = Layout([Cell(where=where, n=int((among & inside).sum()))])
        group = tuple(sorted((*moment, *where)))
        lay_out(inner, given, group, among & inside, where, population)
        layout.latent += [
            Latent(cell=Ref(population=population, where=cell.where), n=cell.n or 0) for cell in inner.cells
        ]
        layout.latent += inner.latent
        layout.relations += inner.relations
        layout.links += inner.links
        _tie_wave(layout, wave, given, (moment, where), (among, inside), population)
    layout.relations.append(Relation(total=(), parts=tuple(held)))
    across(layout, given, tuple(tuple(sorted((*moment, *where))) for where in held), moment)


def pairing(before: Survey, after: Survey, settings: Settings) -> Finding:
    """Count the people of two waves who could be paired, and those who are in one wave alone."""
    first, last = frozenset(once(before)), frozenset(once(after))
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
