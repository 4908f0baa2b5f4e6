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
ALL = ("all",)


def run(arguments: argparse.Namespace) -> int:
    """Print sheets and slips; or copy their words to be changed; or print rows for words of the notes."""
    from avis.evaluation import open_evaluation

    if not 0 <= arguments.slips <= MOST_SLIPS:
        raise fail("CLI-021", most=MOST_SLIPS)
    named = _named(arguments.lang)
    opened = open_evaluation(arguments.evaluation)
    if arguments.words:
        return _print_rows(opened, arguments.words, named)
    if arguments.templates:
        return _copy(opened)
    return _print_papers(opened, named, arguments.slips, arguments.out)


def _named(asked: str | None) -> tuple[str, ...]:
    """Read what `--lang` names: nothing, `all` alone, or codes of languages."""
    from avis.rights.wording import LANGUAGE

    if asked is None:
        return ()
    named = tuple(dict.fromkeys(part.strip().lower() for part in asked.split(",") if part.strip()))
    if not named or (named != ALL and (ALL[0] in named or not all(map(LANGUAGE.fullmatch, named)))):
        raise fail("CLI-020")
    return named


def _asked(opened: Evaluation, named: tuple[str, ...]) -> tuple[str, ...]:
    from avis.rights.wording import all_languages, languages_of

    if named == ALL:
        return all_languages(opened)
    return named or languages_of(opened)


def _print_papers(opened: Evaluation, named: tuple[str, ...], slips: int, out: str | None) -> int:
    from avis.folders import write_whole
    from avis.rights.sheets import make_sheets
    from avis.rights.wording import keep_version, read_wording

    problems = Problems()
    asked = _asked(opened, named)
    wordings = {lang: read_wording(opened, lang, problems) for lang in asked}
    problems.raise_errors()
    _tell_unsaid(opened, asked[0])
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
    if not named:
        print(say("cli.consent.others"))
    return 0


def _tell_unsaid(opened: Evaluation, lang: str) -> None:
    """Tell, before papers are printed, that they name nobody to ask, or an association still to be named."""
    from avis.checking.unfinished import SIGNS
    from avis.rights.sheets import contact_of

    problems = Problems()
    if any(sign in opened.settings.organisation.name for sign in SIGNS):
        problems.warn("EVA-036", opened.place("organisation", "name"))
    if not contact_of(opened, lang):
        problems.warn("CON-026", opened.place("processing", "contact"))
    if problems.items:
        print(tell(problems.items) + "\n")


def _state(wording: Wording | None) -> str:
    if wording is None:
        return say("cli.consent.to_write")
    return say(f"cli.consent.{'signed' if wording.signed else 'draft'}", version=wording.version)


def _print_slips(opened: Evaluation, wordings: list[Wording], many: int, folder: Path) -> None:
    from avis.consent.ledger import read_consents
    from avis.folders import write_whole
    from avis.rights.slips import PRINTED, draw_codes, hold_codes, make_slips, printable
    from avis.rights.wording import packaged

    problems = Problems()
    known = read_consents(opened, problems)["return_code"]
    problems.raise_errors()
    chosen = printable(wordings) or [one for one in [packaged("fr"), packaged("en")] if one is not None]
    path = folder / PRINTED
    with hold_codes(opened):  # two at once would print over each other: codes given out that nobody holds
        write_whole(path, make_slips(opened, draw_codes(opened, many, known), chosen))
    print(f"  {path.name} · {say('cli.consent.slips', n=many)}")
    print(say("cli.consent.erase", file=path))


def _copy(opened: Evaluation) -> int:
    from avis.rights.wording import OURS, copy_templates

    copied = copy_templates(opened, OURS)
    print("\n".join([say("cli.consent.copied"), *(f"  {opened.name(path)}" for path in copied)]))
    return 0


def _print_rows(opened: Evaluation, ids: list[str], named: tuple[str, ...]) -> int:
    """Print the rows that a ledger needs for these words, with their hash; people fill in the rest."""
    from avis.consent.rows import rows_for
    from avis.rights.wording import keep_version, read_wording

    problems = Problems()
    lang = named[0] if len(named) == 1 and named != ALL else ""
    wording = read_wording(opened, lang, problems) if lang else None
    rows = rows_for(opened, ids, lang, wording.version if wording else "", problems)
    problems.raise_errors()
    if wording is not None:  # what a row of the ledger names can be shown
        keep_version(opened, wording)
    if problems.items:
        print(tell(problems.items))
    print("\n".join([say("cli.consent.rows"), *rows]))
    return 0
