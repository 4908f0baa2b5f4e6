"""Exhibits to compose from: a rich invented evaluation, and one like the fiche of a real project."""

from __future__ import annotations

from avis.exhibits import (
    Adoption,
    BudgetLine,
    Cell,
    Chart,
    Dimension,
    Dissent,
    Evidence,
    Exhibits,
    Figure,
    FollowUp,
    Level,
    Measure,
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
from avis.exhibits import Words as Text


def both(fr: str, en: str) -> Text:
    return {"fr": fr, "en": en}


def evidence(*sources: str, protection: Text | None = None) -> Evidence:
    return Evidence(rule=both("Règle.", "Rule."), sources=sources, protection=protection or {})


def dimension(id: str, fr: str, en: str, **values: str) -> Dimension:
    found = tuple(Value(id=key.strip("_"), label=both(label, label)) for key, label in values.items())
    return Dimension(id=id, label=both(fr, en), values=found)


YEAR = dimension("year", "année", "year", _2023="2023", _2024="2024")
ANSWER = dimension("accueil", "réponse", "answer", oui="oui", non="non", nsp="je ne sais pas")


def whole(
    id: str, n: int | None, measure: Measure, target: int | None = None, gap: Text | None = None
) -> Table:
    return Table(
        id=id,
        subject=id,
        title=both(f"{id} en français", f"{id} in English"),
        measure=measure,
        population=id,
        unit=both(id, id),
        dimensions=(),
        cells=(Cell(n=n, status="shown" if n is not None else "hidden"),),
        evidence=evidence("activities"),
        target=target,
        gap=gap or {},
        period="2023-01/2024-12",
    )


BY_YEAR = Table(
    id="rendez-vous-year",
    subject="rendez-vous",
    title=both("Rendez-vous par année", "Appointments by year"),
    measure="acts",
    population="rendez-vous",
    unit=both("rendez-vous", "appointments"),
    dimensions=(YEAR,),
    cells=(
        Cell(n=150),
        Cell(where=(("year", "2023"),), n=60, share=0.4),
        Cell(where=(("year", "2024"),), n=90, share=0.6),
    ),
    base=(),
    evidence=evidence("activities"),
)
SURVEY = Table(
    id="avant.accueil",
    subject="avant.accueil",
    title=both("L’accueil m’a aidée", "The desk helped me"),
    measure="people",
    population="avant",
    unit=both("personnes", "people"),
    dimensions=(ANSWER,),
    cells=(
        Cell(n=40),
        Cell(where=(("accueil", "oui"),), status="hidden"),
        Cell(where=(("accueil", "non"),), n=15, share=0.375),
        Cell(where=(("accueil", "nsp"),), status="hidden"),
    ),
    base=(),
    evidence=evidence("avant", protection=both("Deux nombres masqués.", "Two numbers suppressed.")),
)
THEMES = Table(
    id="themes",
    subject="themes",
    title=both("Ce dont on a parlé", "What was spoken of"),
    measure="acts",
    population="segments",
    unit=both("passages", "passages"),
    dimensions=(dimension("theme", "thème", "theme", horaires="horaires"),),
    cells=(Cell(where=(("theme", "horaires"),), n=12),),
    evidence=evidence("ateliers"),
)
CHART = Chart(
    id="avant.accueil-graphique",
    table="avant.accueil",
    form="bars",
    title=SURVEY.title,
    evidence=SURVEY.evidence,
)
AGREED = Adoption(
    outcome="large_majority",
    month="2024-11",
    amendments=1,
    counts=(("oui", 12), ("non", None)),
    scale="accord",
)


def quote(id: str, language: str, *audiences: str) -> Quote:
    return Quote(
        id=id,
        wordings=(Wording(language=language, text=f"words of {id}", original=True),),
        audiences=audiences,  # type: ignore[arg-type]
        setting=both("atelier, 2024", "workshop, 2024"),
        evidence=evidence("ateliers"),
    )


STATEMENT = Statement(
    id="s1",
    question="q1",
    wordings=(
        Wording(language="fr", text="L’accueil ferme trop tôt.", original=True),
        Wording(language="en", text="The desk closes too early.", approved=False),
    ),
    adoption=AGREED,
    dissents=(Dissent(id="d1", wordings=(Wording(language="en", text="Not for all.", original=True),)),),
    evidence=evidence("seances"),
)
RECOMMENDATION = Recommendation(
    id="r1",
    question="q2",
    number=1,
    wordings=(Wording(language="fr", text="Ouvrir un soir.", original=True),),
    addressee=both("la ville", "the town"),
    adoption=Adoption(outcome="consensus"),
    evidence=evidence("seances"),
)
FIGURE = Figure(
    id="ville-demandes",
    title=both("demandes reçues par la ville", "requests received by the town"),
    n=12000,
    qualifier="about",
    evidence=evidence("ville-demandes"),
)
FOLLOW_UP = FollowUp(
    id="rendez-vous",  # as the table: notes must not be mixed up
    recommendation=both("Afficher les horaires", "Post the hours"),
    addressee=both("la mairie", "the town hall"),
    asked_on="2022-05",
    answer="in_part",
    words={"fr": "Nous le ferons."},
    evidence=evidence("suites"),
)
BUDGET = BudgetLine(
    id="interpretes",
    title=both("Interprètes", "Interpreters"),
    planned=3000,
    realised=2500,
    explanation=both("Moins d’heures.", "Fewer hours."),
    evidence=evidence("budget"),
)
SOURCES = (
    Source(id="activities", kind="activities", title=both("Journal d’activité", "Activity log")),
    Source(id="avant", kind="survey", title=both("Questionnaire", "Survey")),
    Source(id="ateliers", kind="notes", title=both("Notes d’ateliers", "Workshop notes")),
    Source(id="seances", kind="session", title=both("Séances", "Sessions")),
    Source(id="suites", kind="published", title=both("Courrier", "Letter")),
    Source(id="budget", kind="activities", title=both("Comptes", "Accounts")),
    Source(
        id="ville-demandes",
        kind="published",
        title=both("Rapport annuel", "Annual report"),
        publisher="Ville de Valmarin",
        url="https://valmarin.example/rapport",
        locator="p. 12",
        consulted_on="2024-10-02",
    ),
    Source(id="convention", kind="reference", title=both("Convention, 2005", "Convention, 2005")),
)
VERDICT = Verdict(
    passed=True, threshold=11, cells=40, hidden=2, checks=both("Contrôles faits.", "Checks made.")
)

RICH = Exhibits(
    setting=Setting(
        slug="exemple",
        title=both("Ouvrir la porte", "Opening the door"),
        organisation="Association Exemple",
        fictional=True,
        status="finished",
        start="2023-01",
        end="2024-12",
        languages=("fr", "en"),
        request=Request(
            by=both("la commission", "the commission"),
            date="2024-03",
            questions=(
                Question(id="q1", text=both("L’accueil aide-t-il ?", "Does the desk help?")),
                Question(id="q2", text={"fr": "Les horaires vont-ils ?"}),
                Question(id="q3", text=both("Et après ?", "And then?")),
            ),
        ),
        method={"limits": both("Peu de réponses.", "Few answers."), "ties": both("Aucun.", "None.")},
        withdrawal=both("Dites-le.", "Say so."),
        scales={"accord": (Level(id="oui", label=both("d’accord", "agree")),)},
    ),
    sources=SOURCES,
    exhibits=(
        whole("rendez-vous", 150, "acts", target=160, gap=both("Travaux.", "Works.")),
        whole("personnes", 88, "people"),
        whole("engagees", 22, "engaged"),
        whole("passages", 412, "attendances"),
        BY_YEAR,
        SURVEY,
        THEMES,
        CHART,
        quote("p-public", "en", "public", "funder", "members"),
        quote("p-membres", "fr", "members"),
        STATEMENT,
        RECOMMENDATION,
        FIGURE,
        FOLLOW_UP,
        BUDGET,
    ),
    verdict=VERDICT,
)

PAGE = Source(
    id="public_source",
    kind="published",
    title={"fr": "Nos projets"},
    publisher="Mist",
    url="https://mist.example/projets",
    consulted_on="2026-11-02",
)


def published(id: str, n: int, measure: Measure) -> tuple[Table, Figure]:
    """Give an indicator taken over from a published figure, as protection hands them both over."""
    table = Table(
        id=id,
        subject=id,
        title=both(id, id),
        measure=measure,
        population=id,
        unit=both(id, id),
        dimensions=(),
        cells=(Cell(n=n),),
        evidence=evidence(f"f-{id}"),
    )
    return table, Figure(id=f"f-{id}", title=both(f"{id} publié", id), n=n, evidence=evidence(f"f-{id}"))


_PUBLISHED = (
    published("rendez-vous", 150, "acts"),
    published("femmes", 88, "people"),
    published("autres", 32, "people"),
)

FICHE = Exhibits(
    setting=Setting(
        slug="force-du-groupe",
        title={"fr": "Force du groupe"},
        organisation="Mist",
        status="finished",
        start="2023",
        end="2024",
        funders=(both("Fondation de France", "Fondation de France"),),
        not_documented=(both("le nombre de présences", "the number of attendances"),),
        public_source=PAGE,
        removal_contact=both("projet@exemple.example", "projet@exemple.example"),
    ),
    sources=tuple(
        Source(
            id=figure.id,
            kind="published",
            title={"fr": "Nos projets"},
            publisher="Mist",
            consulted_on="2026-11-02",
        )
        for _, figure in _PUBLISHED
    ),
    exhibits=tuple(item for pair in _PUBLISHED for item in pair),
    verdict=VERDICT,
)
EMPTY = Exhibits(
    setting=Setting(
        slug="vide", title={"fr": "Vide"}, organisation="A", status="planned", start="2024", end="2024"
    ),
    sources=(),
    exhibits=(),
    verdict=VERDICT,
)
