"""Run the notebooks of a build by papermill, and export their documents.

Executed notebooks stay under `build/private/`: their outputs hold paths, parameters and private
counts. A document replaces its last draft only when its whole export succeeded.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from avis import locks
from avis.errors import AvisError, Place, Problem, fail, problem
from avis.evaluation import Evaluation
from avis.folders import Folders, make_private_file, write_whole
from avis.pipeline.older import take_away
from avis.pipeline.plan import EXPORTERS, State, Task, notebook_path, tasks, waves

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_SECONDS = 600
"""A cell that runs longer hangs: the largest workshop takes seconds."""
_ONE_EXPORT = Lock()
"""matplotlib keeps one set of fonts and settings a process: two threads that draw crash each other."""


@dataclass(frozen=True)
class Wanted:
    """What a build was asked for."""

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("fr",)
    audience: str = ""
    """For whom; where it is empty, each document is for its own audience."""
    formats: tuple[str, ...] = ("html", "pdf")
    jobs: int = 2
    force: bool = False


@dataclass
class Built:
    """What a build did: the drafts, what was run, what was still good."""

    drafts: list[Path] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    """Drafts of before that were taken away: words were taken back, or their reader is no more."""


Progress = Callable[[str, int, int], None]
"""Called with a task's name, how many are done, and how many there are."""


def build(evaluation: Evaluation, wanted: Wanted, progress: Progress = lambda *_: None) -> Built:
    """Bring the drafts of one evaluation up to date.

    Runs what is stale, independent notebooks side by side. Raises `AvisError` with every failure of
    the first wave that has one (RUN-001… and the errors of the notebooks' own calls); the last good
    drafts stay in place, but for those that hold words taken back. Errors: RUN-008 somebody else is
    building it.
    """
    held = locks.take(evaluation.folders.private / ".lock")
    if held is None:
        raise fail("RUN-008", Place(evaluation.slug))
    with held:
        return _build(evaluation, wanted, progress)


def _build(evaluation: Evaluation, wanted: Wanted, progress: Progress) -> Built:
    documents = wanted.documents or evaluation.settings.documents
    planned = tasks(evaluation.settings, documents, wanted.languages, wanted.audience)
    state, built = State(evaluation), Built()
    try:
        for wave in waves(planned):
            stale = [task for task in wave if wanted.force or state.reason(task, wanted.formats)]
            built.fresh += [task.name for task in wave if task not in stale]
            _run_wave(evaluation.folders, stale, wanted, state, built, progress, len(planned))
    finally:  # where one document fails, words taken back leave the drafts of before all the same
        made = [task for task in planned if task.step.document and task.name in {*built.ran, *built.fresh}]
        built.drafts = [path for task in made for path in task.outputs(state.folders, wanted.formats)]
        built.gone = take_away(state, built.drafts)
    return built


def _run_wave(
    folders: Folders,
    stale: list[Task],
    wanted: Wanted,
    state: State,
    built: Built,
    progress: Progress,
    total: int,
) -> None:
    failures: list[Problem] = []
    with ThreadPoolExecutor(max_workers=wanted.jobs) as pool:
        running: dict[Future[None], Task] = {
            pool.submit(run_task, folders, task, wanted.formats): task for task in stale
        }
        for future in as_completed(running):
            task = running[future]
            error = future.exception()
            if error is not None:
                failures += told_failure(error, task)
                continue
            state.finish(task, wanted.formats if task.step.document else ())
            built.ran.append(task.name)
            progress(task.name, len(built.ran) + len(built.fresh), total)
    if failures:
        raise AvisError(dict.fromkeys(failures))


def told_failure(error: BaseException, task: Task) -> list[Problem]:
    """Say a failure in our words; what nobody foresaw is named by its kind, never by its data."""
    if isinstance(error, AvisError):
        return list(error.problems)
    return [problem("RUN-009", Place(task.name), kind=type(error).__name__)]


def run_task(folders: Folders, task: Task, formats: tuple[str, ...]) -> None:
    """Run one notebook in a kernel of its own and export its document, if it makes one."""
    executed = _execute(folders, task)
    if task.step.document:
        _export(folders, task, executed, formats)


def _execute(folders: Folders, task: Task) -> NotebookNode:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from avis.pipeline.kernels import QUIET, PrivateKernelManager

    output = folders.private / "notebooks" / f"{task.name}.ipynb"
    make_private_file(output)
    _quiet()
    try:
        executed: NotebookNode = papermill.execute_notebook(
            notebook_path(task.step),
            output,
            parameters=task.parameters(folders),
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
            kernel_manager_class=PrivateKernelManager,
            extra_arguments=QUIET,
            cwd=os.fspath(Path.cwd()),
        )
        return executed
    except PapermillExecutionError as error:
        raise _explained(error, task) from None
    except TimeoutError:
        raise fail("RUN-003", Place(task.step.notebook), minutes=CELL_SECONDS // 60) from None
    except RuntimeError:  # the kernel died: out of memory, or killed
        raise fail("RUN-004", Place(task.step.notebook)) from None


def _quiet() -> None:
    """papermill and traitlets log cells and addresses that tell an evaluator nothing."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="(papermill|nbformat|jupyter_client|zmq).*")


def _explained(error: object, task: Task) -> AvisError:
    """Say what happened in a cell: our own words, never the traceback, which holds data."""
    name = str(getattr(error, "ename", ""))
    cell = int(getattr(error, "exec_count", 0) or 0)
    place = Place(f"{task.step.notebook}.ipynb")
    if name == "AvisError":
        told = str(getattr(error, "evalue", ""))
        return AvisError([problem("RUN-001", place, cell=cell, told=told)])
    return AvisError([problem("RUN-002", place, cell=cell, kind=name)])


def _export(folders: Folders, task: Task, executed: NotebookNode, formats: tuple[str, ...]) -> None:
    """Make every format first, then put them in place: readers never see half a change."""
    from avis.report import exporters

    made = {}
    with _ONE_EXPORT:
        for ending in formats:
            exporter = getattr(exporters, EXPORTERS[ending])()
            made[ending], _ = exporter.from_notebook_node(executed)
    for ending, content in made.items():
        write_whole(folders.drafts / f"{task.stem}.{ending}", content, shared=True)
