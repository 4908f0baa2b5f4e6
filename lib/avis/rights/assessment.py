"""A draft impact assessment (GDPR art. 35) and a sheet for the register of processing (art. 30).

They are written from `evaluation.yaml`, once; what it does not say is a blank, for people to fill. At their
top stands what they were written from, so that `avis check` tells when that changes. Nothing here weighs a
risk: likelihood and severity are judged by people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import read_regular, write_whole
from avis.i18n import LANGUAGES, Language, date, join, language, period, pick, say
from avis.keeping import KINDS, ends, files_of, read_erased
from avis.marked import MOST_BYTES, parse_yaml
from avis.settings import Settings
from avis.sources.notes.front import split_front

FOLDER = "protection"
DRAFTS = ("aipd", "registre")
SIGNS: dict[Language, str] = {"fr": "[à compléter]", "en": "[to be completed]"}


def held_kinds(opened: Evaluation) -> list[str]:
    """Give the kinds of data that an evaluation holds today; the vault where it names one."""
    vault = opened.settings.vault is not None
    return [what for what in KINDS if (vault if what == "vault" else files_of(opened, what))]


def draft_names(settings: Settings) -> dict[str, tuple[str, Language]]:
    """Give the files to write, each with its draft and language: French always, since the law is.

    >>> from avis.settings import Organisation, Period
    >>> sorted(draft_names(Settings({}, Organisation("A"), Period("2024", "2024"), "running", ("fr",))))
    ['protection/aipd.md', 'protection/registre.md']
    """
    languages = [lang for lang in LANGUAGES if lang == "fr" or lang in settings.languages]
    return {
        f"{FOLDER}/{draft}{'' if lang == 'fr' else f'.{lang}'}.md": (draft, lang)
        for draft in DRAFTS
        for lang in languages
    }


def write_drafts(opened: Evaluation) -> list[str]:
    """Write the drafts that are not there, and again those in which nobody wrote; give their names.

    What people wrote is never touched: a draft tells by a hash of its body whether somebody did.

    Errors: RUN-010 to RUN-012.
    """
    written = []
    for name, (draft, lang) in draft_names(opened.settings).items():
        path = opened.folders.root / name
        if not path.exists() or _is_untouched(path, name):
            write_whole(path, compose(opened, draft, lang))
            written.append(name)
    return written


def compose(opened: Evaluation, draft: str, lang: Language) -> str:
    """Write a draft as Markdown, with what it was written from at its top."""
    front = "\n".join(f"{key}: {value}" for key, value in facts(opened).items())
    body = say(f"rights.assessment.{draft}", lang, **_told(opened, lang))
    return f"---\n# {say('rights.assessment.front', lang)}\n{front}\ndraft: {_mark(body)}\n---\n{body}"


def _mark(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:16]


def _is_untouched(path: Path, name: str) -> bool:
    text = _read(path)
    split = split_front(text, name, Problems()) if text is not None else None
    return split is not None and _mark(split[1]) == (_facts_of(text or "", name) or {}).get("draft")


def facts(opened: Evaluation) -> dict[str, str]:
    """Give what decides the drafts, as their first lines hold it: when one changes, they are read again."""
    settings = opened.settings
    kept, gone = ends(settings), read_erased(opened.folders.root, Problems())
    named = set(held_kinds(opened)) | gone.keys()
    return {
        "minors": settings.minors,
        "data": " ".join(what for what in KINDS if what in named) or "none",
        "kept": " ".join(f"{what}:{kept[what].isoformat()}" for what in KINDS if what in kept) or "none",
        "end": settings.period.end,
        "threshold": str(settings.disclosure.threshold),
        "vault": "yes" if settings.vault else "no",
    }


def _told(opened: Evaluation, lang: Language) -> dict[str, str]:
    settings = opened.settings
    part, sign = settings.processing, SIGNS[lang]

    def blank(key: str) -> str:
        return f"{sign} {say(f'rights.assessment.blank.{key}', lang)}"

    def words(given: dict[str, str], key: str) -> str:
        return pick(given, lang)[0] or blank(key)

    def listed(given: Iterable[dict[str, str]], key: str) -> str:
        return "\n".join(f"- {pick(one, lang)[0]}" for one in given) or f"- {blank(key)}"

    unnamed = any(mark in settings.organisation.name for mark in SIGNS.values())
    organisation = blank("organisation") if unnamed else settings.organisation.name
    title = pick(settings.title, lang)[0]
    return {
        "title": title if title and not any(mark in title for mark in SIGNS.values()) else blank("title"),
        "fictional": say("rights.assessment.fictional", lang)
        if settings.organisation.fictional and not unnamed
        else "",
        "organisation": organisation,
        "controller": pick(part.controller, lang)[0] or organisation,
        "period": period(settings.period.start, settings.period.end, lang),
        "minors": say(f"rights.assessment.minors.{settings.minors}", lang),
        "data": _data(opened, lang),
        "keeping": _keeping(opened, lang),
        "threshold": str(settings.disclosure.threshold),
        "vault": say(f"rights.assessment.vault.{'yes' if settings.vault else 'no'}", lang),
        "recipients": listed(part.recipients, "recipients"),
        "measures": listed(part.measures, "measures"),
        "risks": listed(part.risks, "risks"),
        "sign": sign,
        **{
            key: words(getattr(part, key), key)
            for key in ("contact", "officer", "purpose", "legal_basis", "transfers", "storage", "consulted")
        },
    }


def _data(opened: Evaluation, lang: Language) -> str:
    """The kinds of data held, each with what is in it."""
    held = held_kinds(opened)
    told = [say(f"rights.assessment.data.{what}", lang) for what in held]
    return (
        "\n".join(f"- {line}" for line in told)
        or f"- {SIGNS[lang]} {say('rights.assessment.blank.data', lang)}"
    )


def _keeping(opened: Evaluation, lang: Language) -> str:
    """How long each kind is kept, and why, one a line; a blank where nobody decided it."""
    kept = ends(opened.settings)
    reasons: dict[str, dict[str, str]] = {rule.what: rule.reason for rule in opened.settings.retention}
    lines = []
    for what in dict.fromkeys([*held_kinds(opened), *(what for what in KINDS if what in kept)]):
        name = say(f"rights.retention.kinds.{what}", lang)
        until = date(kept[what].isoformat(), lang) if what in kept else ""
        blank = f"{SIGNS[lang]} {say('rights.assessment.blank.keeping', lang)}"
        told = say("rights.assessment.until", lang, date=until) if until else blank
        reason = pick(reasons.get(what, {}), lang)[0]
        lines.append(f"- {name} : {told}" if lang == "fr" else f"- {name}: {told}")
        lines[-1] += f" ({reason})" if reason and until else ""
    return "\n".join(lines) or f"- {SIGNS[lang]} {say('rights.assessment.blank.keeping', lang)}"


def tell_drafts(opened: Evaluation, problems: Problems) -> None:
    """Tell which drafts are missing, how many blanks each holds, and what they say that is true no more.

    Where everything is invented, or nobody's data are held, a missing one is not asked for. Warnings: RIG-050
    missing, RIG-051 blanks, RIG-052 `evaluation.yaml` says something else than drafts in which people wrote,
    RIG-053 its first lines are gone, RIG-054 it says something else than drafts in which nobody wrote.
    """
    asked = bool(held_kinds(opened)) and not opened.settings.organisation.fictional
    changed: dict[tuple[str, ...], list[str]] = {}
    for name, (_, lang) in draft_names(opened.settings).items():
        path = opened.folders.root / name
        text = _read(path)
        if text is not None:
            keys = _tell_draft(opened, name, text, problems)
            if keys:
                changed.setdefault(keys, []).append(name)
        elif asked and lang == "fr":
            problems.warn("RIG-050", Place(name))
    for keys, names in changed.items():
        _tell_changed(opened, keys, names, problems)


def _read(path: Path) -> str | None:
    try:
        return read_regular(path, MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return None


def _tell_draft(opened: Evaluation, name: str, text: str, problems: Problems) -> tuple[str, ...]:
    """Tell of one draft, and give the facts that changed since it was written."""
    blanks = list(_blanks(text))
    if blanks:
        problems.warn("RIG-051", Place(name, line=blanks[0]), n=len(blanks))
    written = _facts_of(text, name)
    if written is None:
        problems.warn("RIG-053", Place(name, line=1))
        return ()
    present = facts(opened)
    return tuple(key for key, value in present.items() if written.get(key) != value)


def _tell_changed(opened: Evaluation, keys: tuple[str, ...], names: list[str], problems: Problems) -> None:
    """Tell once of all drafts for which the same changed: those that are made again, those to read again."""
    present = facts(opened)
    what = join([say(f"rights.assessment.facts.{key}") for key in keys], language())
    untouched = [name for name in names if _is_untouched(opened.folders.root / name, name)]
    touched = [name for name in names if name not in untouched]
    if untouched:
        problems.warn("RIG-054", Place(untouched[0]), what=what, files=join(untouched, language()))
    if touched:
        lines = "\n".join(f"{key}: {present[key]}" for key in keys)
        files = join(touched, language())
        problems.warn("RIG-052", Place(touched[0], line=1), told=f"{lines}\n", what=what, files=files)


def _blanks(text: str) -> Iterator[int]:
    for number, line in enumerate(text.splitlines(), 1):
        if any(sign in line for sign in SIGNS.values()):
            yield number


def _facts_of(text: str, name: str) -> dict[str, str] | None:
    """Read what a draft was written from; none where its first lines hold it no more."""
    split = split_front(text, name, Problems())
    if split is None:
        return None
    marked = parse_yaml(split[0], name, Problems())
    if marked is None or not isinstance(marked.data, dict):
        return None
    return {str(key): str(value) for key, value in marked.data.items()}
