"""Who begins to speak: codes, roles, the group, and labels that may be names.

Names are never kept. A word before a colon is a speaker where an id stands before it, where the note has
it at least twice, or, once somebody is known to speak in the note, where it looks like a label: nobody's
words may end up in the mouth of the person before. « Voici ce qui compte : les heures » stays a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from avis.sources.codes import person_code
from avis.spelling import fold

Kind = Literal["speech", "facilitation", "observation", "summary", "memo", "space", "withdrawn"]

GROUP = "group"
"""The speaker where the note says that the group spoke."""
SOMEBODY = "\ue000"
"""A label that was taken away since it may be a name; it stands in no text."""
FACILITATOR = "facilitator"
"""The speaker where she who leads speaks: her words are never counted nor quoted as those of participants."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("observation", "observations"), "observation"),
    **dict.fromkeys(("resume", "summary"), "summary"),
    **dict.fromkeys(("memo", "memos", "memo prive", "private memo"), "memo"),
}
_GROUPS = {
    "groupe",
    "group",
    "le groupe",
    "the group",
    "tous",
    "toutes",
    "tout le monde",
    "tou.te.s",
    "plusieurs",
}
_GROUPS |= {"ensemble", "everybody", "everyone", "all", "several"}
_LEADING = (
    "animation animatrice animateur enqueteur enquetrice enqueteuse intervieweur intervieweuse interviewer "
    "facilitation facilitatrice facilitateur facilitator moderatrice moderateur moderator"
)
_LEADS = frozenset(_LEADING.split())
_LEAD_LETTERS = {"e", "i", "q"}
"""E for the one who asks (enquêtrice), Q for her question, I for the interviewer; only where people speak."""
_PEOPLE = (
    r"participant(?:e|\(e\)|·e|\.e)?|personne|speaker|locuteur|locutrice|intervenante?|interviewee?|enquetee?"
    r"|repondante?|respondent|participante?s?"
)
_LABELS_OF_THINGS = (
    "mai juin aout mars may june july page note jour day art fig vol num axe lot acte etape point phase "
    "idee idees question questions remarque remarques objectif objectifs attention exemple exemples constat "
    "constats proposition propositions besoin besoins probleme problemes solution solutions action actions "
    "decision decisions points reponse reponses date lieu type langue langues theme themes avis sujet "
    "horaire horaires conclusion contexte introduction avantages inconvenients forces faiblesses ps nb "
    "idea ideas remark remarks objective example problem problems need needs answer answers participants "
    "presents presentes absents absentes guide cadre rendu source sources titre title "
    "transport transports logement sante travail emploi ecole education accueil argent cout prix budget "
    "resultat resultats bilan rappel important urgent definition precision consigne consignes suite total "
    "difficulte difficultes obstacle obstacles reussite reussites envie envies souhait souhaits priorite "
    "priorites pause methode duree contact contacts tel telephone email mail courriel adresse site lien "
    "lundi mardi mercredi jeudi vendredi samedi dimanche matin midi apres-midi soir octobre novembre "
    "decembre janvier fevrier juillet septembre oui non merci bon bien alors donc voila puis ensuite enfin "
    "mais car sinon sauf surtout note notes result results cost costs health housing work school first then"
)
_NO_SPEAKERS = frozenset(_LABELS_OF_THINGS.split())
"""Words that people put before a colon and that are nobody."""
_SOMEONE = (
    "femme homme dame monsieur madame fille garcon jeune enfant mari maman papa mere pere soeur frere tante "
    "personne participante participant voisine voisin habitante habitant benevole salariee salarie "
    "interprete traductrice traducteur mediatrice mediateur autre woman man girl boy mother father someone"
)

_CODE = re.compile(r"(?P<word>[^\W\d_]{1,4})[ -]?\d{1,4}")
_PERSON = re.compile(rf"(?:{_PEOPLE}|{_SOMEONE.replace(' ', '|')})[ _-]?(?:n°? ?)?\d{{1,3}}")
_ROLE = re.compile(r"[^\W\d_][\w'’-]{0,24}(?: \d{1,3})?")
_ONE_NAME = r"[^\W\d_][\w.'’-]{0,24}(?: [^\W\d_][\w.'’-]{0,24}){0,2}"
_NAME = re.compile(rf"{_ONE_NAME}(?:(?: ?[,/&+] ?| (?:et|and) ){_ONE_NAME}){{0,2}}")
_AND = re.compile(r"\s*[,;/&+]\s*(?:(?:et|and)\s+)?|\s+(?:et|and|ou|or|à|avec|with)\s+", re.IGNORECASE)
_MOST_TOGETHER = 6
_A_PERSON = re.compile(
    rf"(?:une?|la|le|l'|a|the)(?: ?autre| other)? ?(?:{_SOMEONE.replace(' ', '|')})(?: \d)?"
)
_ID = r"(?:\{[^{}]{0,100}\}\s*)?"
_WHO = r"(?P<who>[^:()\[\]{}#]{1,60}?)\s*"
_ASIDE = r"(?:\((?:(?P<language>[A-Za-z]{2,3})|(?P<aside>[^():]{1,40}))\)\s*)?"
"""A language, or what somebody noted beside the speaker, which may be a name: it is not kept."""
_LABEL = re.compile(rf"{_WHO}{_ASIDE}(?P<colon>\s*:\s*)(?P<text>.*)", re.DOTALL)
_BRACKETED = re.compile(rf"\[\s*{_WHO}{_ASIDE}\](?P<colon>\s*:?\s*)(?P<text>.*)", re.DOTALL)
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMES = (
    re.compile(
        rf"(?P<head>{_ID})(?:[\[(]\s*{_CLOCK}\s*[\])]|\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?)\s*(?:[-–]\s+)?"
    ),
    re.compile(rf"(?P<head>{_ID}[^:()\[\]{{}}#]{{1,40}}?)\s*[\[(]\s*{_CLOCK}\s*[\])]\s*(?=:)"),
)
"""The time of a recording, before a speaker or just after; « 10:30 accueil » is the hour of a programme."""


@dataclass(frozen=True)
class Turn:
    """Who begins to speak, and the words after it. `named`: the label may be a name, and is not kept."""

    kind: Kind
    speaker: str
    named: bool
    language: str
    text: str


def cut_time(line: str) -> tuple[str, int]:
    """Take the time of a recording away from the beginning of a turn; tell how many there were.

    >>> cut_time("[00:12:03] P3 : Oui."), cut_time("P3 (12:03) : Oui."), cut_time("10:30 accueil")
    (('P3 : Oui.', 1), ('P3: Oui.', 1), ('10:30 accueil', 0))
    """
    found = 0
    for time in _TIMES:
        if match := time.match(line):
            line, found = match["head"] + line[match.end() :], found + 1
    return line, found


def find_labels(lines: Iterable[str], interview: bool = False) -> frozenset[str]:
    """Find the words before a colon that are somebody's label: those that stand there twice look like one.

    Where a code or such a label shows that people speak, one that stands there once is a label too; in an
    interview a single letter is.

    >>> sorted(find_labels(["Awa : Oui.", "Joy : Non.", "AWA : Si.", "Idée : a", "Idée : b"]))
    ['awa', 'joy']
    >>> sorted(find_labels(["Lieux : ici", "E : Oui."])), sorted(find_labels(["E : Oui."], interview=True))
    ([], ['e'])
    """
    heads = [who for line in lines if (who := _who(_match(line)))]
    found = Counter(fold(who) for who in heads if is_name(who))
    labels = frozenset(label for label, times in found.items() if times > 1)
    if labels or any(
        is_code(who) or _together(who) or _speaks(fold(who)) or who == SOMEBODY for who in heads
    ):
        return labels | found.keys()
    return labels | {label for label in found if interview and len(label) == 1}


def _speaks(key: str) -> bool:
    return key in _GROUPS or _leads(key)


def _match(line: str) -> re.Match[str] | None:
    """Match a label; a bracket holds a code only, since people also put laughter into brackets."""
    found = _BRACKETED.match(line)
    if found:
        return found if is_code(_who(found)) else None
    return _LABEL.match(line)


def _who(found: re.Match[str] | None) -> str:
    return " ".join(found["who"].split()) if found else ""


def is_code(who: str) -> bool:
    found = _CODE.fullmatch(who)
    if found:
        return fold(found["word"]) not in _NO_SPEAKERS
    return bool(_PERSON.fullmatch(fold(who)))


def is_name(who: str) -> bool:
    words = who.split()
    capital = all(word[0].isupper() for word in (words[0], words[-1])) if words else False
    named = capital and bool(_NAME.fullmatch(who)) and fold(who) not in _NO_SPEAKERS
    return (named or bool(_A_PERSON.fullmatch(fold(who)))) and not is_reserved(who)


def is_reserved(who: str) -> bool:
    key = fold(who)
    return key in _KINDS or key in _GROUPS or _leads(key)


def _together(who: str) -> list[str]:
    """Give the labels of those who speak with one voice, « P2 et P3 »; none where they are no such labels."""
    parts = _AND.split(who)
    if not 1 < len(parts) <= _MOST_TOGETHER or not is_code(parts[0]):
        return []
    rest = all(is_code(part) or is_name(part) or re.fullmatch(r"\d{1,4}", part) for part in parts[1:])
    return parts if rest else []


def find_prefixes(lines: Iterable[str]) -> frozenset[str]:
    """Give the letters of the codes that speak in a note, folded.

    >>> sorted(find_prefixes(["P1 : Oui.", "Femme 2: Non.", "Art. 3"]))
    ['femme', 'p']
    """
    heads = (_who(_match(re.sub(r"^\{[^{}]*\}\s*", "", line))) for line in lines)
    return frozenset(fold(re.sub(r"[\W\d_]+", "", who)) for who in heads if who and is_code(who))


def _leads(key: str) -> bool:
    return re.sub(r" \d{1,2}$", "", key) in _LEADS


def read_turn(line: str, labels: frozenset[str], has_id: bool = False) -> Turn | None:
    """Read who begins to speak in a line; none where nobody does.

    >>> turn = read_turn("p 3 (en) : The desk closes.", frozenset())
    >>> turn.kind, turn.speaker, turn.language, turn.text
    ('speech', 'P3', 'en', 'The desk closes.')
    >>> read_turn("Animatrice : Pourquoi ?", frozenset()).kind, read_turn("On ouvre : tard.", frozenset())
    ('facilitation', None)
    """
    found, label = _match(line), False
    who = _who(found)
    if found is None or not who:
        return None
    known = is_code(who) or is_reserved(who) or who == SOMEBODY or bool(_together(who))
    if not known:
        label = fold(who) in labels and is_name(who)
        role = has_id and bool(_ROLE.fullmatch(who)) and fold(who) not in _NO_SPEAKERS
        if not (label or role) or not _is_spoken(found):
            return None
    kind, speaker, named = _speaker(who)
    return Turn(
        kind, speaker, named or bool(found["aside"]), (found["language"] or "").lower(), found["text"]
    )


def _is_spoken(found: re.Match[str]) -> bool:
    """Words follow a speaker's colon; « C:\\dossier », « Https://… » and « Marc 3:4 » are something else."""
    return bool(re.search(r"\s", found["colon"])) or found["text"][:1].isalpha()


def _speaker(who: str) -> tuple[Kind, str, bool]:
    """Give kind, speaker as written in the tables, and whether the label may be a name."""
    key = fold(who)
    if who == SOMEBODY:
        return "speech", "", True
    if together := _together(who):
        return "speech", "", any(is_name(one) for one in together)
    if key in _KINDS:
        return _KINDS[key], "", False
    if key in _GROUPS:
        return "speech", GROUP, False
    if _leads(key) or key in _LEAD_LETTERS:
        return "facilitation", FACILITATOR, False
    if is_code(who) or len(who) == 1:
        return "speech", person_code(who).replace(" ", ""), False
    return "speech", "", True
