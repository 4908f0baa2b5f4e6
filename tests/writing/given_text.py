"""A few exhibits for passages to speak of."""

from __future__ import annotations

from avis.exhibits import (
    Adoption,
    Cell,
    Chart,
    Dimension,
    Evidence,
    Exhibits,
    Figure,
    Question,
    Quote,
    Recommendation,
    Request,
    Setting,
    Source,
    Statement,
    Table,
    Value,
    Verdict,
    Wording,
)

RULE = Evidence(rule={"fr": "Règle.", "en": "Rule."})


def _values(*ids: str) -> tuple[Value, ...]:
    return tuple(Value(id=id, label={"fr": id, "en": id}) for id in ids)


def _answers(id: str, base: int) -> Table:
    """A question answered by `base` people, two thirds yes; one answer is hidden."""
    yes = base * 2 // 3
    return Table(
        id=id,
        subject=id,
        title={"fr": "Réponses", "en": "Answers"},
        measure="people",
        population=id,
        unit={"fr": "personnes", "en": "people"},
        dimensions=(Dimension(id="reponse", label={"fr": "réponse"}, values=_values("oui", "non", "autre")),),
        cells=(
            Cell(n=base),
            Cell(where=(("reponse", "oui"),), n=yes, share=yes / base),
            Cell(where=(("reponse", "non"),), status="hidden"),
            Cell(where=(("reponse", "autre"),), status="not_documented"),
        ),
        base=(),
        evidence=RULE,
    )


APPOINTMENTS = Table(
    id="rendez-vous-year",
    subject="rendez-vous",
    title={"fr": "Rendez-vous", "en": "Appointments"},
    measure="acts",
    population="rendez-vous",
    unit={"fr": "rendez-vous", "en": "appointments"},
    dimensions=(Dimension(id="year", label={"fr": "année"}, values=_values("2023", "2024")),),
    cells=(Cell(n=1500), Cell(where=(("year", "2023"),), n=600), Cell(where=(("year", "2024"),), n=900)),
    evidence=RULE,
    target=1600,
)

GIVEN = Exhibits(
    setting=Setting(
        slug="x",
        title={"fr": "X"},
        organisation="A",
        status="finished",
        start="2023",
        end="2024",
        request=Request(by={"fr": "la ville"}, questions=(Question(id="q1", text={"fr": "Pourquoi ?"}),)),
    ),
    sources=(
        Source(id="convention", kind="reference", title={"fr": "Convention, 2005", "en": "Convention, 2005"}),
        Source(id="rapport", kind="published", title={"fr": "Rapport"}),
    ),
    exhibits=(
        APPOINTMENTS,
        _answers("avant.accueil", 29),
        _answers("apres.accueil", 30),
        Chart(id="g1", table="rendez-vous-year", form="columns", title={"fr": "Rendez-vous"}, evidence=RULE),
        Quote(
            id="p1",
            wordings=(Wording(language="en", text="It closes early!", original=True),),
            audiences=("public",),
            setting={"fr": "atelier, 2024", "en": "workshop, 2024"},
            evidence=RULE,
        ),
        Quote(
            id="p2",
            wordings=(Wording(language="fr", text="Entre nous", original=True),),
            audiences=("members",),
            setting={},
            evidence=RULE,
        ),
        Statement(
            id="s1",
            question="q1",
            wordings=(Wording(language="fr", text="Trop tôt.", original=True),),
            adoption=Adoption(outcome="consensus"),
            evidence=RULE,
        ),
        Recommendation(
            id="r1",
            question="q1",
            number=2,
            wordings=(Wording(language="fr", text="Ouvrir.", original=True),),
            addressee={"fr": "la ville"},
            adoption=Adoption(outcome="consensus"),
            evidence=RULE,
        ),
        Figure(id="demandes", title={"fr": "demandes"}, n=12000, qualifier="about", evidence=RULE),
    ),
    verdict=Verdict(passed=True, threshold=11, cells=9, hidden=2, checks={}),
)
