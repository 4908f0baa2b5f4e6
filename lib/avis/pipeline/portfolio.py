"""Bring the portfolio of an association up to date, once its projects are built.

It is made by a notebook of its own from sealed exhibits; the sheets of the projects are put beside it, so
that the folder can be taken as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from avis import locks
from avis.errors import AvisError, Place, fail
from avis.evaluation import Evaluation
from avis.folders import Folders, write_whole
from avis.i18n import say
from avis.inputs import hash_file, workbench
from avis.look import look_digest
from avis.pipeline.plan import EXPORTERS, State, Step, Task, notebook_path, tasks
from avis.pipeline.run import Built, Progress, Wanted, run_task, told_failure
from avis.portfolios import NAME, SHEET, Project, folders_of, projects_of
from avis.steps.portfolio import sheet_file, sheet_name

DOCUMENT = "portefeuille"
STEP = Step("90-portefeuille", document=DOCUMENT)


@dataclass(frozen=True)
class Gathering(Task):
    """One run of the portfolio's notebook: one association, one language, one audience."""

    evaluations: Path = Path()
    organisation: str = ""

    def parameters(self, folders: Folders) -> dict[str, str]:
        """What papermill injects; nothing but what the notebook's `parameters` cell declares."""
        given = {"evaluations": str(self.evaluations), "organisation": self.organisation}
        return given | {"langue": self.language, "audience": self.audience}


@dataclass(frozen=True)
class Portfolio:
    """The portfolio of an association: where it is made, its projects."""

    evaluations: Path
    organisation: str

    @property
    def folders(self) -> Folders:
        """Where it is made."""
        return folders_of(self.evaluations, self.organisation)

    @property
    def projects(self) -> list[Project]:
        """Its projects, by name."""
        return projects_of(self.evaluations, self.organisation)

    def runs(self, wanted: Wanted) -> list[Gathering]:
        """List what would be run: the notebook once a language."""
        audience = wanted.audience or STEP.audience
        return [
            Gathering(STEP, lang, audience, evaluations=self.evaluations, organisation=self.organisation)
            for lang in wanted.languages
        ]


def portfolios(roots: Iterable[Path]) -> list[Portfolio]:
    """List the portfolios in which the evaluations of these folders stand, each once."""
    named = {root.resolve() for root in roots}
    found: dict[Path, Portfolio] = {}
    for evaluations in sorted({root.parent for root in named}):
        for project in projects_of(evaluations):
            if project.folders.root in named:
                place = folders_of(evaluations, project.organisation)
                found.setdefault(place.root, Portfolio(evaluations, project.organisation))
    return [found[root] for root in sorted(found)]


def build_portfolio(portfolio: Portfolio, wanted: Wanted, progress: Progress = lambda *_: None) -> Built:
    """Bring a portfolio's drafts up to date; its projects must be built before.

    Raises what its notebook raises (RUN-001…): the last good drafts stay. Errors: RUN-008 somebody
    else is building it.
    """
    folders, built = portfolio.folders, Built()
    held = locks.take(folders.private / ".lock")
    if held is None:
        raise fail("RUN-008", Place(folders.slug))
    planned = portfolio.runs(wanted)
    with held:
        for task in planned:
            if wanted.force or _reason(portfolio, task, wanted.formats):
                _make(portfolio, task, wanted.formats)
                built.ran.append(task.name)
            else:
                built.fresh.append(task.name)
            progress(task.name, len(built.ran) + len(built.fresh), len(planned))
    built.drafts = [path for task in planned for path in task.outputs(folders, wanted.formats)]
    return built


def _make(portfolio: Portfolio, task: Gathering, formats: tuple[str, ...]) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        error = pool.submit(run_task, portfolio.folders, task, formats).exception()
    if error is not None:
        raise AvisError(dict.fromkeys(told_failure(error, task)))
    _put_sheets(portfolio, task)
    kept, digest = _kept(portfolio.folders), _digest(portfolio, task)
    if kept.get(task.name) != digest:  # formats that were not asked for say what was before
        kept |= {f"{task.name}.{ending}": "before" for ending in EXPORTERS if ending not in formats}
    kept = {name: told for name, told in kept.items() if name not in _names(task, formats)}
    kept |= {task.name: digest}
    write_whole(_path(portfolio.folders), json.dumps(kept, indent=1, sort_keys=True))


def _put_sheets(portfolio: Portfolio, task: Gathering) -> None:
    """Put the sheets that the page leads to beside it; those of projects that left are taken away."""
    folder, named = portfolio.folders.drafts, set[Path]()
    for project in portfolio.projects:
        sheet = sheet_file(project, task.audience, task.language)
        if sheet.is_file():
            put = folder / sheet_name(project, task.audience, task.language)
            write_whole(put, sheet.read_bytes(), shared=True)
            named.add(put)
    for old in folder.glob(f"fiches/*.{task.audience}.{task.language}.html"):
        if old not in named:
            old.unlink()


def _digest(portfolio: Portfolio, task: Gathering) -> str:
    """Hash all that decides the page: exhibits, sheets beside it, names of themes, look, workbench."""
    parts = [workbench(), hash_file(notebook_path(task.step)), str(task.parameters(portfolio.folders))]
    parts.append(_bytes(portfolio.evaluations / NAME))
    for project in portfolio.projects:
        sheet = sheet_file(project, task.audience, task.language)
        parts += [project.folders.slug, _bytes(project.folders.exhibits), _bytes(sheet)]
        parts.append(look_digest(project.folders.root))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _bytes(path: Path) -> str:
    return hash_file(path) if path.is_file() else "missing"


def _path(folders: Folders) -> Path:
    return folders.private / "plan.json"


def _kept(folders: Folders) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads(_path(folders).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return kept


def _reason(portfolio: Portfolio, task: Gathering, formats: tuple[str, ...]) -> str:
    """Say why a portfolio must be made again (a key of `cli.reasons`), nothing where it need not."""
    done = _kept(portfolio.folders)
    if task.name not in done:
        return "never"
    if done[task.name] != _digest(portfolio, task):
        return "changed"
    if not all(path.is_file() for path in task.outputs(portfolio.folders, formats)):
        return "missing"
    return "changed" if _names(task, formats) & set(done) else ""


def _names(task: Gathering, formats: Iterable[str]) -> set[str]:
    """Name the formats of a page as they are noted where they say what was before."""
    return {f"{task.name}.{ending}" for ending in formats}


def stale(opened: Evaluation, wanted: Wanted) -> bool:
    """Tell whether something of a project would be made again: its portfolio follows."""
    state, planned = State(opened), tasks(opened.settings, (SHEET,), wanted.languages, wanted.audience)
    return any(state.reason(task, wanted.formats) for task in planned)


def explain_portfolio(portfolio: Portfolio, wanted: Wanted, before: bool) -> str:
    """Say, a line a language, whether it is up to date; `before`: one of its projects is not."""
    lines = []
    for task in portfolio.runs(wanted):
        reason = _reason(portfolio, task, wanted.formats) or ("before" if before else "")
        told = say(f"cli.reasons.{reason}") if reason else ""
        name = f"{portfolio.folders.slug} › {task.name}"
        lines.append(say("cli.explain_stale" if reason else "cli.explain_fresh", name=name, reason=told))
    return "\n".join(lines)
