"""What somebody is called in print: drawn at random, the same all through an evaluation, known to the vault.

Pseudonymised words stay personal data (GDPR art. 4.5): a pseudonym hides a name, not a story.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import count

import msgspec

from avis.spelling import fold
from avis.vault.contents import Contents, Given

_NAMES = """
    Acacia Agave Altaïr Amarante Amaryllis Antarès Aster Azalée Bégonia Boréale Cactus Camélia Canopée
    Catalpa Clématite Cosmos Crocus Cyprès Deneb Érable Eucalyptus Ficus Forsythia Freesia Fuchsia
    Gardénia Genévrier Gentiane Ginkgo Girofle Glycine Hibiscus Horizon Indigo Jacaranda Lagune Lantana Litchi
    Lobélia Lotus Lupin Magnolia Manguier Mimosa Moringa Muscari Nebula Opaline Origan Palmier
    Papaye Papyrus Pétunia Phlox Polaris Primevère Quartz Romarin Safran Saule Sauge Séquoia Sésame Sirius
    Sorgho Spirée Sumac Tamaris Tilleul Tournesol Tulipe Véga Verveine Viburnum Yucca Zénith Zinnia
"""
PSEUDONYMS = tuple(_NAMES.split())
"""Plants, stars and stones: no origin, no age, no sex, and the same in two languages or nearly."""
LINKED = ""
"""Stands for the evaluation where several share their pseudonyms."""


def pseudonym_for(
    held: Contents, evaluation: str, person: str, taken: Iterable[str] = ()
) -> tuple[Contents, str]:
    """Give the pseudonym of a person in an evaluation, and the vault that remembers it.

    One that was given stays. A new one is drawn from what stands in no register, in none of the words `taken`
    (those of the texts), and was given to nobody in another evaluation: two editions cannot be joined by it.
    `evaluation` is LINKED where the collective wants them to be.

    >>> empty = Contents(recipients=("age1a", "age1b"))
    >>> once, name = pseudonym_for(empty, "essai", "K7M2")
    >>> pseudonym_for(once, "essai", "K7M2")[1] == name, pseudonym_for(once, "autre", "K7M2")[1] == name
    (True, False)
    """
    given = {(one.evaluation, one.person): one.pseudonym for one in held.pseudonyms}
    if (evaluation, person) in given:
        return held, given[evaluation, person]
    used = {fold(one.pseudonym) for one in held.pseudonyms} | {fold(word) for word in taken}
    used |= {" ".join(name.words) for name in held.names}
    drawn = secrets.choice(_free(used))
    added = (*held.pseudonyms, Given(evaluation, person, drawn))
    return msgspec.structs.replace(held, pseudonyms=added), drawn


def _free(used: set[str]) -> list[str]:
    """Give the names that nobody has; where all are given, the same ones with a number."""
    for round in count(1):
        named = PSEUDONYMS if round == 1 else tuple(f"{name} {round}" for name in PSEUDONYMS)
        free = [name for name in named if fold(name) not in used]
        if free:
            return free
    raise AssertionError  # counting never ends
