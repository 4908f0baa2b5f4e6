# ruff: noqa: E501 - sentences of a sample, kept whole
"""A rich document about an invented association: every kind of block, both languages, hidden figures, long words."""

from __future__ import annotations

from avis.exhibits import Cell, Chart, Dimension, Evidence, Table, Value
from avis.i18n import Language, amount, percent, pick
from avis.report.charts.data import description
from avis.report.document import (
    Agreed,
    Aside,
    Asked,
    Column,
    Count,
    Document,
    Emphasis,
    Facts,
    Grid,
    Heading,
    Inline,
    Items,
    Link,
    Mention,
    Note,
    Paragraph,
    Picture,
    Piece,
    Saying,
    Slot,
    Strong,
    Telling,
    Voice,
    Words,
)

EVIDENCE = Evidence(rule={"fr": "Compte des réponses.", "en": "Count of answers."}, base={"fr": "96 femmes qui ont répondu", "en": "96 women who answered"})  # fmt: skip
LEVELS = [
    ("1", "Pas du tout d’accord", "Strongly disagree"),
    ("2", "Plutôt pas d’accord", "Somewhat disagree"),
    ("3", "Ni d’accord ni pas d’accord", "Neither agree nor disagree"),
    ("4", "Plutôt d’accord", "Somewhat agree"),
    ("5", "Tout à fait d’accord", "Strongly agree"),
]
OBSTACLES = [
    ("horaires", "Les horaires d’ouverture de la permanence ne conviennent pas aux personnes qui travaillent le soir ou la nuit", "Opening hours do not suit people who work in the evening or at night", 51),
    ("interprete", "Pas d’interprète dans la langue demandée", "No interpreter in the language asked for", 44),
    ("garde", "Pas de garde d’enfants", "No childcare", 27),
    ("transport", "Le trajet coûte trop cher", "Travel costs too much", None),
    ("autre", "Autre", "Other", 0),
    ("nr", "Sans réponse", "No answer", 12),
]  # fmt: skip


def dimension(id: str, rows: list[tuple[str, str, str]], status: tuple[str, ...] = ("nr",)) -> Dimension:
    return Dimension(
        id=id,
        label={"fr": id, "en": id},
        values=tuple(
            Value(id=code, label={"fr": fr, "en": en}, role="status" if code in status else "choice")
            for code, fr, en in rows
        ),
    )


def table(id: str, title: tuple[str, str], dimensions: tuple[Dimension, ...], cells: list[Cell], **more: object) -> Table:  # fmt: skip
    return Table(
        id=id, subject=id, title={"fr": title[0], "en": title[1]}, measure="people", population="p",
        unit={"fr": "femmes", "en": "women"}, dimensions=dimensions, cells=tuple(cells), evidence=EVIDENCE, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def cell(n: float | None, share: float | None = None, **where: str) -> Cell:
    place = tuple(sorted(where.items()))
    return Cell(where=place, status="hidden" if n is None else "shown", n=n, share=share)


def obstacles() -> Table:
    return table(
        "obstacles", ("Ce qui empêche de venir", "What keeps people from coming"),
        (dimension("obstacle", [row[:3] for row in OBSTACLES]),),
        [cell(n, None if n is None else n / 96, obstacle=code) for code, _, _, n in OBSTACLES], multiple=True,
    )  # fmt: skip


def by_year() -> Table:
    years = [(year, year, year) for year in ("2021", "2022", "2023", "2024")]
    cells = [cell(12, annee="2021"), cell(None, annee="2022"), cell(27, annee="2023")]
    missing = Cell(where=(("annee", "2024"),), status="not_documented")
    return table("annees", ("Permanences par an", "Desk sessions by year"), (dimension("annee", years),), [*cells, missing])  # fmt: skip


def opinions() -> Table:
    questions = [
        ("accueil", "Je me suis sentie bien accueillie", "I felt welcome"),
        ("droits", "Je connais mieux mes droits et les lieux où les faire valoir", "I know my rights better"),
        ("masque", "Je sais à qui demander de l’aide", "I know whom to ask for help"),
    ]
    counts = {
        "accueil": (3, 6, 11, 34, 42),
        "droits": (11, 15, 22, 30, 18),
        "masque": (None, None, 20, 31, 30),
    }
    cells = [
        cell(n, None if n is None else n / 96, question=q, niveau=str(level))
        for q, row in counts.items()
        for level, n in enumerate(row, start=1)
    ]
    return table("avis", ("Ce que les femmes en disent", "What women say of it"), (dimension("question", questions), dimension("niveau", LEVELS)), cells)  # fmt: skip


def wave(id: str, counts: tuple[int | None, ...]) -> Table:
    rows = [
        ("droits", "Connaît ses droits", "Knows her rights"),
        ("seule", "Fait une démarche seule", "Takes a step alone"),
        ("aide", "Sait qui appeler", "Knows whom to call"),
    ]
    cells = [
        cell(n, None if n is None else n / 60, chose=row[0]) for row, n in zip(rows, counts, strict=True)
    ]
    return table(id, ("Avant et après", "Before and after"), (dimension("chose", rows),), cells)


def themes() -> Table:
    lines = [("h", "Horaires", "Hours"), ("i", "Interprètes et langues", "Interpreters and languages"), ("g", "Garde d’enfants", "Childcare")]  # fmt: skip
    meetings = [("1", "atelier 1", "workshop 1"), ("2", "atelier 2", "workshop 2"), ("3", "atelier 3", "workshop 3"), ("4", "entretiens", "interviews")]  # fmt: skip
    counts = {"h": (7, 4, 12, 3), "i": (2, 9, None, 5), "g": (1, 0, 4, 6)}
    cells = [cell(n, theme=t, rencontre=m[0]) for t, row in counts.items() for m, n in zip(meetings, row, strict=True)]  # fmt: skip
    return table("themes", ("Thèmes par rencontre", "Themes by meeting"), (dimension("theme", lines), dimension("rencontre", meetings)), cells)  # fmt: skip


def planned(id: str, title: tuple[str, str], target: int | None, done: int | None) -> Table:
    return table(id, title, (), [cell(done)], target=target)


def all_charts() -> list[tuple[Chart, tuple[Table, ...]]]:
    before, after = wave("avant", (21, 14, 30)), wave("apres", (44, 39, None))
    plans = (
        planned("rdv", ("Rendez-vous individuels", "Individual appointments"), 120, 150),
        planned("ateliers", ("Ateliers de préparation de l’avis", "Workshops"), 15, 13),
        planned("femmes", ("Femmes accompagnées", "Women supported"), 80, None),
    )
    return [
        (_chart("bars", "obstacles", ("Ce qui empêche de venir", "What keeps people from coming")), (obstacles(),)),
        (_chart("columns", "annees", ("Permanences tenues, par an", "Desk sessions held, by year")), (by_year(),)),
        (_chart("likert", "avis", ("Ce que les femmes disent de la permanence", "What women say of the desk")), (opinions(),)),
        (_chart("change", "avant", ("Ce qui a changé entre avant et après", "What changed between before and after"), "apres"), (before, after)),
        (_chart("dots", "themes", ("De quoi on a parlé, rencontre par rencontre", "What was talked about")), (themes(),)),
        (_chart("planned", "rdv", ("Prévu et réalisé", "Planned and done"), "ateliers", "femmes"), plans),
    ]  # fmt: skip


def _chart(form: str, table: str, title: tuple[str, str], *tables: str) -> Chart:
    return Chart(id=f"g-{form}", table=table, form=form, title={"fr": title[0], "en": title[1]}, evidence=EVIDENCE, tables=tables)  # type: ignore[arg-type]  # fmt: skip


def slot(cell: Cell | None, lang: Language, note: str) -> Slot:
    if cell is None or cell.status == "not_documented":
        return Slot(content=(), state="not_documented")
    if cell.status != "shown":
        return Slot(content=(), state=cell.status)
    text = amount(cell.n, cell.qualifier, lang)
    share = f" ({percent(cell.share, lang)})" if cell.share is not None else ""
    return Slot(content=(Count(text=text, note=note), Words(text=share)), state="shown")


def grid_of(id: str, caption: str, source: Table, lang: Language, note: str) -> Grid:
    """The table behind a chart, by its first dimension and, where there is one, its second."""
    if not source.dimensions:
        row = (Slot(content=(Words(text=pick(source.title, lang)[0]),)), slot(source.cell(()), lang, note))
        return Grid(
            id=id,
            caption=caption,
            columns=(Column(label=""), Column(label="n", align="end")),
            rows=(row,),
            note=note,
        )
    lines, columns = source.dimensions[0], source.dimensions[1:]
    heads = [v for d in columns for v in d.values]
    rows = []
    for value in lines.values:
        own = (lines.id, value.id)
        places = [tuple(sorted((own, (columns[0].id, head.id)))) for head in heads] or [(own,)]
        slots = [slot(source.cell(place), lang, note) for place in places]
        rows.append((Slot(content=(Words(text=pick(value.label, lang)[0]),)), *slots))
    labels = [pick(head.label, lang)[0] for head in heads] or ["n"]
    shown = (Column(label=""), *(Column(label=label, align="end") for label in labels))
    return Grid(id=id, caption=caption, columns=shown, rows=tuple(rows), note=note)


def picture(chart: Chart, tables: tuple[Table, ...], lang: Language) -> Picture:
    title = pick(chart.title, lang)[0]
    return Picture(
        id=chart.id, chart=chart, tables=tables, title=title, description=description(chart, tables, lang),
        base=pick(EVIDENCE.base, lang)[0], note="n-enquete",
        grid=grid_of(f"t-{chart.id}", title, tables[0], lang, "n-enquete"),
    )  # fmt: skip


def _(lang: Language, fr: str, en: str) -> tuple[Inline, ...]:
    return (Words(text=fr if lang == "fr" else en),)


def _one(lang: Language, fr: str, en: str) -> str:
    return fr if lang == "fr" else en


def telling(lang: Language) -> Telling:
    """A record of a method: facts, scores side by side, words in two languages."""
    scores = Grid(
        id="recit-1-scores", caption=_one(lang, "Notes des groupes", "Scores of the groups"),
        columns=(Column(label=_one(lang, "Indicateur", "Indicator")), Column(label=_one(lang, "Groupe du jour", "Daytime group"), align="end")),
        rows=((Slot(content=_(lang, "Écoute", "Listening")), Slot(content=(Words(text="4"),), state="shown")),),
    )  # fmt: skip
    return Telling(
        id="recit-1", label=_one(lang, "Carte de score", "Scorecard"), title=_(lang, "L’accueil noté", "The desk scored"),
        setting=_one(lang, "atelier, 2024", "workshop, 2024"), grid=scores, note="n-parole",
        facts=((_one(lang, "Qui n’était pas là", "Who was not there"), _(lang, "Celles qui travaillent le samedi", "Those who work on Saturdays")),),
        pieces=(
            Piece(label="Écoute", language="" if lang == "fr" else "fr", voices=(Voice(text="On nous écoute.", language="fr", label="Groupe"), Voice(text="Dem hear us.", language="pcm")), told_first=True, facts=((_one(lang, "Vérifié", "Verified"), _(lang, "par une membre", "by a member")),)),
            Piece(label=_one(lang, "Ensuite", "Next"), voices=(Voice(text="It stays open.", language="en"),), facts=((_one(lang, "Action", "Action"), _(lang, "ouvrir le soir", "open in the evening")),)),
        ),
    )  # fmt: skip


def sample_document(lang: Language) -> Document:
    pictures = [picture(chart, tables, lang) for chart, tables in all_charts()]
    reach = Grid(
        id="t-publics", caption=_one(lang, "Personnes accompagnées, par tranche d’âge et par an", "People supported, by age band and year"),
        columns=tuple(Column(label=label, align="start" if n == 0 else "end") for n, label in enumerate((_one(lang, "Tranche d’âge", "Age band"), "2021", "2022", "2023", "2024", "Total"))),
        rows=(
            (Slot(content=_(lang, "18 à 25 ans", "18 to 25")), _shown("31"), _shown("28"), Slot(content=(), state="hidden"), Slot(content=(), state="not_documented"), _shown("104")),
            (Slot(content=_(lang, "26 à 59 ans", "26 to 59")), _shown("57"), _shown("60"), _shown("72"), Slot(content=(), state="not_documented"), _shown("251")),
            (Slot(content=_(lang, "60 ans et plus", "60 and over")), Slot(content=(), state="hidden"), _shown("12"), Slot(content=(), state="hidden"), Slot(content=(), state="not_asked"), _shown("39")),
            (Slot(content=_(lang, "Ensemble", "All"), total=True), _shown("100", True), _shown("100", True), _shown("109", True), Slot(content=(), state="not_documented", total=True), _shown("394", True)),
        ),
        remark=_(lang, "Masqué : le chiffre existe, mais il est trop petit pour être montré sans risque pour une personne.", "Suppressed: the figure exists, but is too small to be shown without risk to a person."),
        note="n-activites",
    )  # fmt: skip
    statement = Agreed(
        id="constat-horaires", role="statement",
        voices=(Voice(text=_one(lang, "La permanence ferme avant la fin de nos journées de travail. Nous devons choisir entre perdre une journée de salaire et renoncer à un droit.", "The desk closes before our working day ends. We have to choose between losing a day’s pay and giving up a right."), language=lang),
                Voice(text=_one(lang, "The desk closes before our working day ends. We have to choose between losing a day’s pay and giving up a right.", "La permanence ferme avant la fin de nos journées de travail."), language=_one(lang, "en", "fr"), label=_one(lang, "Traduction à relire", "Translation to be proofread"))),
        outcome=_one(lang, "Adopté à une large majorité en mai 2024, après deux amendements. Une objection a été levée.", "Adopted by a large majority in May 2024, after two amendments. One objection was resolved."),
        dissents=((Voice(text=_one(lang, "Pour certaines d’entre nous, l’horaire n’est pas le problème : c’est la salle d’attente, où tout le monde entend tout.", "For some of us the hours are not the problem: it is the waiting room, where everybody hears everything."), language=lang),),),
        note="n-seance",
    )  # fmt: skip
    recommendation = Agreed(
        id="preco-1", role="recommendation", label=_one(lang, "Préconisation 1", "Recommendation 1"),
        addressee=_one(lang, "Ville de Port-Exemple, direction de l’accès aux droits", "City of Port-Exemple, department of access to rights"),
        voices=(Voice(text=_one(lang, "Ouvrir la permanence un soir par semaine, jusqu’à 21 h, avec une interprète présente.", "Open the desk one evening a week, until 9 pm, with an interpreter present."), language=lang),),
        outcome=_one(lang, "Consensus : aucune objection maintenue, en mai 2024.", "Consensus: no objection maintained, in May 2024."), note="n-seance",
    )  # fmt: skip
    other_voice = Agreed(
        id="preco-2", role="recommendation", label=_one(lang, "Préconisation 2", "Recommendation 2"),
        addressee=_one(lang, "Conseil départemental", "Department council"),
        voices=(Voice(text="[à écrire par une locutrice]", language="pcm", label=_one(lang, "en pidgin nigérian", "in Nigerian Pidgin")), Voice(text=_one(lang, "Financer une garde d’enfants pendant les permanences.", "Pay for childcare during desk sessions."), language=lang)),
        outcome=_one(lang, "Position adoptée par une minorité.", "A minority view."),
        dissents=((Voice(text=_one(lang, "Une garde sur place suffit.", "Childcare on the spot is enough."), language=lang),), (Voice(text="Nous préférons un chèque.", language="fr"),)),
    )  # fmt: skip
    blocks = (
        Aside(role="plain", title=_one(lang, "L’essentiel en mots simples", "The essential in plain words"), blocks=(
            Paragraph(content=(*_(lang, "Nous avons tenu ", "We held "), Count(text="150", note="n-activites", id="c1"), *_(lang, " rendez-vous avec ", " appointments with "), Count(text=_one(lang, "88 femmes", "88 women"), note="n-activites"), *_(lang, ". Une ville peut ouvrir une porte le soir ; elle ne l’a pas encore fait.", ". A city can open a door in the evening; it has not done so yet."))),
            Items(items=((Paragraph(content=_(lang, "Les horaires empêchent de venir.", "Opening hours keep people away.")),), (Paragraph(content=_(lang, "Les interprètes manquent.", "Interpreters are missing.")),))),
        )),
        Heading(level=2, id="demande", content=_(lang, "La demande", "The request")),
        Facts(items=((_one(lang, "Qui demande", "Who asks"), _(lang, "Conseil municipal de Port-Exemple", "Port-Exemple city council")), (_one(lang, "À quelle occasion", "On which occasion"), _(lang, "Plan local d’accès aux droits", "Local plan for access to rights")), (_one(lang, "Quand", "When"), _(lang, "mars 2024", "March 2024")))),
        Asked(id="q1", number=1, text=_one(lang, "La permanence d’accès aux droits répond-elle aux besoins des personnes qui travaillent en horaires décalés ?", "Does the access-to-rights desk meet the needs of people who work odd hours?"), language=lang),
        Heading(level=2, id="reponse", content=(*_(lang, "Ce que nous avons constaté ", "What we observed "), Emphasis(content=_(lang, "ensemble", "together")))),
        Paragraph(content=(*_(lang, "En France, la loi prévoit l’accueil de toutes ", "In France, the law provides for everybody’s reception "), Mention(text=_one(lang, "(loi n° 91-647)", "(law no. 91-647)"), note="n-loi"), *_(lang, ". Nous observons que ", ". We observe that "), Strong(content=_(lang, "les horaires", "opening hours")), *_(lang, " sont la première raison de ne pas venir. ", " are the first reason for not coming. "), Link(href="https://example.org/plan", content=_(lang, "Lire le plan local", "Read the local plan")), *_(lang, " ou ", " or "), Link(href="#preco-1", content=_(lang, "aller à la préconisation 1", "go to recommendation 1")), Words(text="."))),
        pictures[0],
        Saying(id="parole-1", text="Dem close door before I finish work.", language="pcm", setting=_one(lang, "atelier, 2024", "workshop, 2024"), translation=_one(lang, "Ils ferment la porte avant que je finisse le travail.", "They close the door before I finish work."), translation_approved=False, note="n-parole"),
        statement,
        Heading(level=3, id="causes", content=_(lang, "Causes", "Causes")),
        Items(ordered=True, items=((Paragraph(content=_(lang, "Le bureau ferme à 17 h.", "The office closes at 5 pm.")), Items(items=((Paragraph(content=_(lang, "y compris le vendredi", "Fridays included")),),))), (Paragraph(content=_(lang, "Aucun budget d’interprètes n’est prévu.", "No budget for interpreters is planned.")),))),
        Paragraph(content=(Words(text="No be small thing.", language="pcm"),), language="pcm"),
        recommendation,
        other_voice,
        telling(lang),
        Heading(level=2, id="chiffres", content=_(lang, "Activités et personnes touchées", "Activities and reach")),
        reach,
        *pictures[1:],
        Heading(level=2, id="methode", content=_(lang, "Qui parle, et comment", "Who speaks, and how")),
        Aside(role="notice", title=_one(lang, "Ce que cet avis ne dit pas", "What this avis does not say"), blocks=(Paragraph(content=_(lang, "Les mineures n’ont pas été interrogées. Les femmes en détention étaient absentes.", "Minors were not asked. Women in detention were absent.")),)),
        Aside(role="explanation", title=_one(lang, "Comment nous décidons", "How we decide"), blocks=(Paragraph(content=_(lang, "Un consensus veut dire qu’aucune objection n’a été maintenue, jamais que toutes étaient d’accord.", "Consensus means that no objection was maintained, never that all agreed.")),)),
    )  # fmt: skip
    return Document(
        kind="avis", audience="public", language=lang, slug="exemple-fictif",
        title=_one(lang, "Ouvrir la porte, le soir aussi", "Opening the door, in the evening too"),
        subtitle=_one(lang, "Avis d’évaluation participative sur la permanence d’accès aux droits", "Participatory evaluation of the access-to-rights desk"),
        author=_one(lang, "Le collectif de l’Association Exemple", "The collective of Association Exemple"),
        banners=(_one(lang, "Projet : ce texte n’est pas encore adopté", "Draft: this text is not adopted yet"), _one(lang, "Association fictive, paroles et chiffres inventés", "Fictional association, invented words and figures")),
        period=_one(lang, "de janvier 2021 à décembre 2024", "from January 2021 to December 2024"),
        blocks=blocks, notes=_notes(lang),
    )  # fmt: skip


def _shown(text: str, total: bool = False) -> Slot:
    return Slot(content=(Count(text=text, note="n-activites"),), state="shown", total=total)


def _notes(lang: Language) -> tuple[Note, ...]:
    rule, source = _one(lang, "Règle", "Rule"), _one(lang, "Source", "Source")
    return (
        Note(id="n-activites", title=_one(lang, "Rendez-vous et personnes accompagnées", "Appointments and people supported"), lines=((rule, _(lang, "Un rendez-vous est un acte. Les personnes sont comptées une fois, par code.", "An appointment is an act. People are counted once, by code.")), (_one(lang, "Protection", "Protection"), _(lang, "Les nombres de personnes sous 11 sont masqués.", "Counts of people under 11 are suppressed.")), (source, _(lang, "Registre d’activités de l’association", "The association’s activity log")))),
        Note(id="n-loi", title="Loi n° 91-647", lines=((source, (Link(href="https://www.legifrance.gouv.fr/", content=(Words(text="Légifrance", language="fr"),)),)),)),
        Note(id="n-enquete", title=_one(lang, "Questionnaire après la permanence", "Survey after the desk"), lines=((rule, _(lang, "Plusieurs réponses possibles.", "Several answers possible.")), (_one(lang, "Base", "Base"), _(lang, "96 femmes qui ont répondu", "96 women who answered")))),
        Note(id="n-parole", title=_one(lang, "Parole d’une participante", "Words of a participant"), lines=((_one(lang, "Accord", "Consent"), _(lang, "Donné pour la publication, mots exacts.", "Given for publication, exact words.")),)),
        Note(id="n-seance", title=_one(lang, "Séance d’adoption", "Adoption session"), lines=((rule, _(lang, "Échelle d’accord du groupe, version 1.", "The group’s scale of agreement, version 1.")),)),
    )  # fmt: skip
