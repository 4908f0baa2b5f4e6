"""`avis carry`: go on with what the avis before asked."""

from __future__ import annotations

import argparse

from avis.i18n import say


def run(arguments: argparse.Namespace) -> int:
    """Add the recommendations of the former avis that `suites.csv` lacks, and say which."""
    from avis.checking.carried import place_of
    from avis.evaluation import open_evaluation
    from avis.skeleton.carrying import carry

    opened = open_evaluation(arguments.evaluation)
    added = carry(opened)
    file = opened.name(place_of(opened))
    print(say("cli.carry.added", n=len(added), file=file) if added else say("cli.carry.nothing", file=file))
    for id in added:
        print(f"  {id}")
    if added and not opened.settings.sources.follow_up:
        print(say("cli.carry.name_it", file=file))
    return 0
