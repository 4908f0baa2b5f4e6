"""avis: a Jupyter workbench for participatory evaluation and research.

The names below are those that notebooks use; each is loaded when it is first asked for, so that
`import avis` costs nothing. Nothing else is public.
"""

import sys
from importlib import import_module
from typing import Any

# jupyterlab brings rfc3987_syntax, which jsonschema loads to check IRIs: one second in every process,
# kernels included, for a check that nothing here asks for. Absent, jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__version__ = "0.6.0"

_NAMES = {
    "load_activities": "activities",
    "count_activities": "activities",
    "load_surveys": "survey",
    "count_surveys": "survey",
    "load_workshops": "workshops",
    "count_workshops": "workshops",
    "look_at_themes": "themes",
    "compare_coders": "themes",
    "look_at_criteria": "themes",
    "load_stories": "stories",
    "keep": "counted",
    "load_rereading": "rereading",
    "decide": "deciding",
    "sign": "deciding",
    "keep_rereading": "rereading",
    "open_room": "session",
    "close_room": "session",
    "show_history": "history",
    "protect_together": "protection",
    "hand_exhibits_over": "protection",
    "show_charts": "charts",
    "load_exhibits": "documents",
    "read_texts": "documents",
    "write_avis": "documents",
    "write_restitution": "documents",
    "write_compte_rendu": "documents",
    "read_answers": "documents",
    "write_contribution": "documents",
    "write_fiche": "documents",
    "load_projects": "portfolio",
    "write_portfolio": "portfolio",
    "show": "documents",
}
__all__ = list(_NAMES)  # the keys are the names


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'avis' has no attribute {name!r}")
    return getattr(import_module(f"avis.steps.{_NAMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
