"""`avis consent`: consent sheets and code slips to print, and the rows of the ledger to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import Place, Problems, fail, tell
from avis.i18n import say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.rights.wording import Wording

MOST_SLIPS = 500


def run(arguments: argparse.Namespace) -> int:
    """Print sheets and slips; or copy their words to be changed; or print rows for words of the notes."""
    from avis.evaluation import open_evaluation

    if not 0 <= arguments.slips <= MOST_SLIPS:
        raise fail("CLI-021", most=MOST_SLIPS)
    languages = _languages(arguments.lang)
    opened = open_evaluation(arguments.evaluation)
    if arguments.words:
        return _print_rows(opened, arguments.words, languages)
    if arguments.templates:
        return _copy(opened)
    return _print_papers(opened, languages, arguments.slips, arguments.out)


def _languages(asked: str) -> tuple[str, ...]:
    from avis.rights.wording import LANGUAGE

    named = tuple(dict.fromkeys(part.strip().lower() for part in asked.split(",") if part.strip()))
    if named == ("all",):
        return ()
    if not named or not all(LANGUAGE.fullmatch(one) for one in named):
        raise fail("CLI-020")
    return named


def _print_papers(opened: Evaluation, languages: tuple[str, ...], slips: int, out: str | None) -> int:
    from avis.folders import write_whole
    from avis.rights.sheets import make_sheets
    from avis.rights.wording import keep_version, languages_of, read_wording

    problems = Problems()
    asked = languages or languages_of(opened)
    wordings = {lang: read_wording(opened, lang, problems) for lang in asked}
    problems.raise_errors()
    folder = Path(out) if out else opened.folders.private / "accord"
    print(say("cli.consent.written", folder=folder))
    for lang, wording in wordings.items():
        if wording is not None:
            keep_version(opened, wording)
        for sheet in make_sheets(opened, lang, wording):
            write_whole(folder / sheet.name, sheet.pdf)
            print(f"  {sheet.name} · {_state(wording)}")
            if sheet.spills:
                problems.warn("CON-024", Place(sheet.name))
    if problems.items:
        print(tell(problems.items))
    if slips:
        _print_slips(opened, [one for one in wordings.values() if one is not None], slips, folder)
    return 0


def _state(wording: Wording | None) -> str:
    if wording is None:
        return say("cli.consent.to_write")
    return say(f"cli.consent.{'signed' if wording.signed else 'draft'}", version=wording.version)


def _print_slips(opened: Evaluation, wordings: list[Wording], many: int, folder: Path) -> None:
    from avis.consent.ledger import read_consents
    from avis.folders import write_whole
    from avis.rights.slips import PRINTED, draw_codes, make_slips, printable
    from avis.rights.wording import packaged

    problems = Problems()
    known = read_consents(opened, problems)["return_code"]
    problems.raise_errors()
    chosen = printable(wordings) or [one for one in [packaged("fr"), packaged("en")] if one is not None]
    codes = draw_codes(opened, many, known)
    path = folder / PRINTED
    write_whole(path, make_slips(opened, codes, chosen))
    print(f"  {path.name} · {say('cli.consent.slips', n=many)}")
    print(say("cli.consent.erase", file=path))


def _copy(opened: Evaluation) -> int:
    from avis.rights.wording import OURS, copy_templates

    copied = copy_templates(opened, OURS)
    print("\n".join([say("cli.consent.copied"), *(f"  {opened.name(path)}" for path in copied)]))
    return 0


def _print_rows(opened: Evaluation, ids: list[str], languages: tuple[str, ...]) -> int:
    """Print the rows that a ledger needs for these words, with their hash; people fill in the rest."""
    from avis.consent.rows import rows_for
    from avis.rights.wording import keep_version, read_wording

    problems = Problems()
    lang = languages[0] if len(languages) == 1 else ""
    wording = read_wording(opened, lang, problems) if lang else None
    rows = rows_for(opened, ids, lang, wording.version if wording else "", problems)
    problems.raise_errors()
    if wording is not None:  # what a row of the ledger names can be shown
        keep_version(opened, wording)
    if problems.items:
        print(tell(problems.items))
    print("\n".join([say("cli.consent.rows"), *rows]))
    return 0
