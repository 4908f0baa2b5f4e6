"""Words that somebody recognises as hers: a meeting or a record read out, a code that many may bear."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from avis.errors import Place, fail, shown
from avis.i18n import say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.rights.asked import Asked
    from avis.rights.read_out import Said


def read_out(opened: Evaluation, name: str) -> int:
    """Show the words of a meeting or of a record to read aloud: their ids, and not who said them.

    Errors: CLI-028 nothing is called so, or nothing is said there.
    """
    from avis.rights.read_out import known_names, said_in

    said = said_in(opened, name)
    if not said:
        raise fail("CLI-028", Place(), known=", ".join(known_names(opened)))
    print(say("cli.withdraw.read_out", meeting=shown(name)))
    _print(said)
    print("\n" + say("cli.withdraw.then"))
    return 0


def which_are_hers(opened: Evaluation, asked: Asked, ask: bool) -> Asked:
    """Ask which paragraphs under the same speaker's code are hers; without a terminal, say which they are.

    A speaker's code may stand for somebody else in another meeting: nothing is taken by that code alone.
    """
    from avis.rights.read_out import of_ids

    said = of_ids(opened, asked.alike)
    if not said:
        return asked
    print(say("cli.withdraw.alike", n=len(said)))
    if not ask:
        for meeting in dict.fromkeys(one.meeting for one in said):
            ids = " ".join(shown(one.id) for one in said if one.meeting == meeting)
            print(f"  {shown(meeting)} : {ids}")
        print(say("cli.withdraw.alike_by_ids") + "\n")
        return asked
    _print(said)
    chosen = _chosen(said)
    left = tuple(id for id in asked.alike if id not in chosen)
    return replace(asked, contributions=(*asked.contributions, *chosen), alike=left)


def _chosen(said: list[Said]) -> list[str]:
    """Ask until every answer is the number of a word or of a meeting that was shown; nothing means none."""
    from avis.rights.asked import spelled

    known: dict[str, list[str]] = {}
    for one in said:
        known.setdefault(spelled(one.id), []).append(one.id)
        known.setdefault(spelled(one.meeting), []).append(one.id)
    while True:
        try:
            answers = [
                part for part in re.split(r"[\s,;]+", input(f"\n{say('cli.withdraw.which')} ")) if part
            ]
        except EOFError:
            return []
        if all(spelled(part) in known for part in answers):
            return list(dict.fromkeys(id for part in answers for id in known[spelled(part)]))
        print(say("cli.withdraw.which_unknown"))


def _print(said: list[Said]) -> None:
    for one in said:
        print(f"\n{shown(one.id)}\n  {shown(one.text)}")
