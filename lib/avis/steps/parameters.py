"""Refuse parameters that nobody declared.

papermill only warns about them: `-p seuil 9` would run with the default, a protection that fails in
silence. The first call of every notebook comes here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from avis.errors import AvisError, Place, Problems, fail
from avis.exhibits import HOUSE, Audience
from avis.i18n import LANGUAGES, Language

COUNTING = ("evaluation",)
WRITING = ("evaluation", "langue", "audience")
_looked = False
AUDIENCES: tuple[Audience, ...] = (*HOUSE, "recipient")


def refuse_unknown(known: Iterable[str]) -> None:
    """Raise RUN-005 when the notebook holds a plain value that is none of its parameters.

    Looks once a kernel, at its first call: papermill injects before it, and what an evaluator tries
    out afterwards is her own. Outside a notebook there is nothing to look at.
    """
    global _looked
    if _looked:
        return
    names = tuple(known)
    problems = Problems()
    for name in _plain_values():
        if name not in names:
            problems.add("RUN-005", Place("-p"), name=name, known=", ".join(names))
    problems.raise_errors()
    _looked = True


def _plain_values() -> list[str]:
    """Name what the cells run so far set to a plain value: the declared parameters, and injected ones.

    Read from the cells and not from the kernel's names, where `_x` or `exit` would be taken for its own.
    """
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if isinstance(ipython, ModuleType) else None
    cells = shell.history_manager.input_hist_parsed if shell is not None else []
    found = {name for cell in cells for name in _assigned(cell)}
    return sorted(found)


def _assigned(cell: str) -> Iterator[str]:
    try:
        statements = ast.parse(cell).body
    except SyntaxError:  # a cell that could not run set nothing
        return
    for statement in statements:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_plain(statement.value):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_plain(value: ast.expr | None) -> bool:
    try:
        ast.literal_eval(value or "")
    except (ValueError, TypeError, SyntaxError):
        return False
    return value is not None


def check_language(langue: str) -> Language:
    """Give the language of a document, or raise RUN-006."""
    for known in LANGUAGES:
        if langue == known:
            return known
    raise _not_admitted("langue", LANGUAGES)


def check_audience(audience: str) -> Audience:
    """Give the audience of a document, or raise RUN-006."""
    for known in AUDIENCES:
        if audience == known:
            return known
    raise _not_admitted("audience", AUDIENCES)


def check_among(name: str, value: str, known: Iterable[str]) -> None:
    """Raise RUN-006 where a parameter is none of the values that it may have."""
    admitted = tuple(known)
    if value not in admitted:
        raise _not_admitted(name, admitted)


def _not_admitted(name: str, known: Iterable[str]) -> AvisError:
    return fail("RUN-006", Place("-p"), name=name, known=", ".join(known))
