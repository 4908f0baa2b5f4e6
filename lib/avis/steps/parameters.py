"""Refuse parameters that nobody declared.

papermill only warns about them: `-p seuil 9` would run with the default, a protection that fails in
silence. The first call of every notebook comes here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from avis.errors import AvisError, Place, Problems, fail
from avis.exhibits import Audience
from avis.i18n import LANGUAGES, Language

COUNTING = ("evaluation",)
WRITING = ("evaluation", "langue", "audience")
_looked = False
AUDIENCES: tuple[Audience, ...] = ("public", "funder", "members")


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
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if isinstance(ipython, ModuleType) else None
    if shell is None:
        return []
    hidden = shell.user_ns_hidden
    plain = (str, int, float, bool, list, dict, tuple, type(None))
    return sorted(
        name
        for name, value in shell.user_ns.items()
        if isinstance(value, plain) and not name.startswith("_") and name not in hidden
    )


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


def _not_admitted(name: str, known: Iterable[str]) -> AvisError:
    return fail("RUN-006", Place("-p"), name=name, known=", ".join(known))
