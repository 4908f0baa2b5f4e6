"""What is said below a table: its base, its period, its target, whether its lines add up."""

from __future__ import annotations

from avis.exhibits import Table, Where
from avis.i18n import Language, amount, date, pick, say
from avis.report import figures
from avis.report.compose.evidence import phrase


def place(*pairs: tuple[str, str]) -> Where:
    """Name a cell by its pairs, in the order that tables have."""
    return tuple(sorted(pairs))


def label(text: dict[str, str], language: Language) -> str:
    """Choose a label; never empty, since a column without a header is read aloud as nothing."""
    return phrase(text, language) or say("common.not_documented", language)


def remark(table: Table, language: Language) -> str:
    """Say below a table its base, its period, and that people do not add up."""
    parts = []
    whole = based(table, language)
    if whole:
        parts.append(sentence(say("report.compose.base", language, base=whole)))
    when = said_period(table.period, language)
    if when and when not in whole:
        parts.append(sentence(when[:1].upper() + when[1:]))
    if table.multiple:
        of_people = table.measure in ("people", "engaged")
        parts.append(say(f"report.compose.{'multiple' if of_people else 'multiple_things'}", language))
    elif table.measure == "people" and table.dimensions and table.base is None and not _adds_up(table):
        parts.append(say("report.compose.never_added", language))
    if _ranked(table):
        hidden = any(cell.status == "hidden" for cell in table.cells)
        parts.append(say(f"report.compose.order.{'ranked_hidden' if hidden else 'ranked'}", language))
    if len(table.dimensions) > 1:
        parts.append(say("report.compose.in_units", language, unit=pick(table.unit, language)[0]))
    parts += planned(table, language)
    return " ".join(part for part in parts if part)


def _ranked(table: Table) -> bool:
    """Tell whether the choices that are shown stand from the greatest to the least, as their order says."""
    if len(table.dimensions) != 1 or not table.multiple:
        return False
    first = table.dimensions[0]
    cells = [table.cell(place((first.id, one.id))) for one in first.values if one.role == "choice"]
    shown = [cell.n for cell in cells if cell is not None and cell.status == "shown" and cell.n is not None]
    behind = [cell is None or cell.status != "shown" for cell in cells]  # what is hidden has no rank
    return len(set(shown)) > 2 and shown == sorted(shown, reverse=True) and behind == sorted(behind)


def _adds_up(table: Table) -> bool:
    """Tell whether the lines of a table are seen to add up to its whole: nothing in it is hidden."""
    if len(table.dimensions) != 1 or any(cell.status != "shown" or cell.n is None for cell in table.cells):
        return False
    whole, parts = table.cell(()), [cell.n or 0 for cell in table.cells if cell.where]
    return whole is not None and whole.qualifier == "exact" and sum(parts) == whole.n


def based(table: Table, language: Language) -> str:
    """Name the base of a table: who was counted, and how many; empty where nothing tells it."""
    whole, named = figures.base_cell(table), phrase(table.evidence.base, language)
    if all(cell.share is None for cell in table.cells):
        return named
    n = figures.figure(whole, language) if whole is not None else _bases(table, language)
    return f"{named} ({n})" if named and n not in named else named or n


def _bases(table: Table, language: Language) -> str:
    """Say the base of each group, where shares are taken inside groups; empty where no cell holds it."""
    held = {variable for variable, _ in table.base or ()}
    groups = [dimension for dimension in table.dimensions if dimension.id not in held]
    if table.base is None or len(groups) != 1:
        return ""
    told = []
    for value in groups[0].values:
        cell = table.cell(place(*table.base, (groups[0].id, value.id)))
        if cell is not None:
            name, n = label(value.label, language), figures.figure(cell, language)
            told.append(say("report.compose.pair", language, name=name, value=n))
    return say("report.compose.separator", language).join(told)


def planned(table: Table, language: Language) -> list[str]:
    """Say the target of a table and the evaluation's own explanation of the gap, where it has them."""
    if table.target is None:
        return []
    parts = [say("report.compose.target", language, n=amount(table.target, "exact", language))]
    if table.gap:
        parts.append(sentence(phrase(table.gap, language)))
    return parts


def sentence(text: str) -> str:
    """End words as a sentence ends."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def said_period(period: str, language: Language) -> str:
    """Write a period of a table: `2024`, `2023-01/2024-12`, or words that were given as such.

    >>> said_period("2023-01/2024-12", "en"), said_period("2022/2022", "fr"), said_period("", "fr")
    ('from January 2023 to December 2024', '2022', '')
    """
    ends = list(dict.fromkeys(period.split("/")))
    try:
        told = [date(end, language) for end in ends]
    except (ValueError, KeyError, IndexError):  # "de 2021 à 2024": already words
        return period
    return say("common.period", language, start=told[0], end=told[1]) if len(told) == 2 else told[0]
