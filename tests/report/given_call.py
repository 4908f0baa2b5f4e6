"""Exhibits for a call: one quote for its recipient, one for everybody, adopted texts, a treaty."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import (
    Adoption,
    Call,
    CallQuestion,
    Dissent,
    Evidence,
    Exhibits,
    Quote,
    Recommendation,
    Setting,
    Source,
    Statement,
    Table,
    Verdict,
    Wording,
)
from avis.exhibits import Cell as Cell
from avis.setting import Confidentiality

RULE = Evidence(rule={"fr": "Règle.", "en": "Rule."}, sources=("notes",))
OWN, PARTNER, FUNDER = "Association Tilleul", "Maison Ronce", "Fondation Aubépine"


def both(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def call(confidentiality: Confidentiality = "confidential", words: int = 0) -> Call:
    return Call(
        id="onu",
        recipient="rapporteuse",
        to=both("Rapporteuse inventée", "Invented rapporteur"),
        title=both("Appel inventé", "Invented call"),
        due_on="2025-02-28",
        words=words,
        confidentiality=confidentiality,
        asked_by=both("le groupe", "the group"),
        questions=(
            CallQuestion(id="a1", text=both("Que voyez-vous ?", "What do you see?"), answers=("q1",)),
            CallQuestion(id="a2", text=both("Que demandez-vous ?", "What do you ask for?"), answers=("q2",)),
        ),
    )


def quote(id: str, text: str, *audiences: str, recipients: tuple[str, ...] = ()) -> Quote:
    return Quote(
        id=id,
        wordings=(Wording(language="fr", text=text, original=True),),
        audiences=audiences,  # type: ignore[arg-type]
        recipients=recipients,
        setting=both("atelier, 2024", "workshop, 2024"),
        evidence=RULE,
    )


def exhibits(one: Call | None = None) -> Exhibits:
    held = Adoption(outcome="consensus", month="2024-12")
    wordings = (
        Wording(language="fr", text="La porte était fermée.", original=True),
        Wording(language="en", text="The door was closed."),
    )
    asked = (
        Wording(language="fr", text="Ouvrir le soir.", original=True),
        Wording(language="en", text="Open in the evening."),
    )
    dissent = Dissent(id="d1", wordings=(Wording(language="fr", text="Pas pour toutes.", original=True),))
    return Exhibits(
        setting=Setting(
            slug="tilleul",
            title=both("Le banc vert", "The green bench"),
            organisation=OWN,
            partners=(both(PARTNER, PARTNER),),
            funders=(both(FUNDER, FUNDER),),
            status="finished",
            start="2023-01",
            end="2024-12",
            method={"absent": both("Celles du soir.", "Those of the evening.")},
            calls=(one or call(),),
        ),
        sources=(
            Source(id="notes", kind="notes", title=both("Notes des rencontres", "Notes of meetings")),
            Source(
                id="cedef",
                kind="reference",
                title=both("Convention", "Convention"),
                call=both("Convention, 1979", "Convention, 1979"),
            ),
        ),
        exhibits=(
            quote("p-tous", "Le bus part trop tôt.", "public", "funder", "members"),
            quote("p-onu", "Une lettre me coûte un jour.", recipients=("rapporteuse",)),
            quote("p-autre", "Cela reste entre nous.", "members", recipients=("comite",)),
            Statement(
                id="s1", question="q1", wordings=wordings, adoption=held, dissents=(dissent,), evidence=RULE
            ),
            Recommendation(
                id="r1",
                question="q2",
                number=1,
                wordings=asked,
                addressee=both("la ville", "the town"),
                adoption=held,
                evidence=RULE,
            ),
            Table(
                id="rdv",
                subject="rdv",
                title=both("rendez-vous", "appointments"),
                measure="acts",
                population="rdv",
                unit=both("rendez-vous", "appointments"),
                dimensions=(),
                cells=(Cell(n=40),),
                evidence=RULE,
            ),
        ),
        verdict=Verdict(passed=True, threshold=11, cells=1, hidden=0, checks={}),
    )


def named_otherwise(found: Exhibits, **setting: object) -> Exhibits:
    return replace(found, setting=replace(found.setting, **setting))  # type: ignore[arg-type]
