"""Small projects of one association: what two made together, people, an earlier project, acts of one name."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Cell, Evidence, Exhibits, Figure, Measure, Setting, Source, Table, Verdict
from avis.exhibits import Words as Text
from avis.i18n import Qualifier


def both(fr: str, en: str) -> Text:
    return {"fr": fr, "en": en}


PAGE = Source(
    id="page", kind="published", title=both("Page publique", "Public page"), publisher="L’association"
)
EPISODES, WORKSHOPS = both("épisodes", "episodes"), both("ateliers", "workshops")


def table(
    id: str,
    n: int | None,
    measure: Measure = "acts",
    unit: Text = WORKSHOPS,
    title: Text | None = None,
    period: str = "2022/2023",
    items: tuple[str, ...] = (),
    qualifier: Qualifier = "exact",
    earlier: Text | None = None,
    status: str = "shown",
) -> Table:
    shown = Cell(n=n, qualifier=qualifier) if n is not None else Cell(status=status)  # type: ignore[arg-type]
    return Table(
        id=id,
        subject=id,
        title=title or both(f"{id} (fr)", f"{id} (en)"),
        measure=measure,
        population=id,
        unit=unit,
        dimensions=(),
        cells=(shown,),
        items=tuple((item, both(f"Nom {item}", f"Name {item}")) for item in items),
        earlier=earlier or {},
        evidence=Evidence(rule=both("Règle.", "Rule."), sources=(f"page-{id}",)),
        period=period,
    )


def project(
    slug: str, *exhibits: Table | Figure, start: str = "2022", end: str = "2023", **more: object
) -> Exhibits:
    sources = tuple(replace(PAGE, id=f"page-{item.id}", locator=slug) for item in exhibits)
    setting = Setting(
        slug=slug,
        title=both(f"Projet {slug}", f"Project {slug}"),
        organisation="Association Essai",
        status="finished",
        start=start,
        end=end,
        objectives=(both("Un but.", "A goal."),),
        not_documented=(both("Les âges.", "Ages."),),
    )
    return Exhibits(
        setting=replace(setting, **more),
        sources=sources,
        exhibits=exhibits,
        verdict=Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={}),
    )


def figure(id: str, n: int, earlier: Text | None = None) -> Figure:
    return Figure(
        id=id,
        title=both(f"{id} (fr)", f"{id} (en)"),
        n=n,
        qualifier="about",
        earlier=earlier or {},
        evidence=Evidence(rule=both("Règle.", "Rule."), sources=(f"page-{id}",)),
    )


FORMER = both("projet d’avant, 2018–2019", "project before, 2018–2019")
SHARED = tuple(f"true-talk-2-{n}" for n in range(6, 11))
LAW = project(
    "droit",
    table("episodes", 5, "productions", EPISODES, items=SHARED),
    table("formations", 2, title=both("Formations", "Trainings"), unit=both("formations", "trainings")),
    start="2022",
    end="2024",
    themes=("droits",),
    funders=(both("Fonds A", "Fund A"),),
)
TALK = project(
    "podcast",
    table(
        "episodes", None, "productions", EPISODES, items=("true-talk-2-5", *SHARED), status="not_documented"
    ),
    start="2021",
    end="2024",
    themes=("culture",),
)
YOUNG = project(
    "campagne",
    table("podcasts", 8, "productions", EPISODES),
    table("series", 4, "productions", both("séries", "series"), earlier=FORMER),
    figure("communaute", 12000, FORMER),
    start="2020-10",
    end="2022-08",
    funders=(both("Fonds B", "Fund B"),),
)
GROUP = project(
    "groupe",
    table("reçues", 88, "people", both("femmes", "women")),
    table("engagées", 32, "people", both("femmes", "women")),
    table("cachées", None, "people", both("femmes", "women"), status="hidden"),
    table("ateliers", 13, title=both("Ateliers d’art", "Art workshops")),
    themes=("culture", "droits"),
    funders=(both("Fonds A", "Fund A"), both("Fonds B", "Fund B")),
)
ALL = (LAW, TALK, YOUNG, GROUP)
THEMES = (("culture", both("Culture", "Culture")), ("droits", both("Droits", "Rights")))
