"""Ages in figures and in words, in French, English and Pidgin, generalised to a band (DOMAIN, "Consent").

Not flagged: lengths of time, sentences of prison, thresholds of the law and bands of ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.usage import after, before


def _years(written: str) -> dict[str, int]:
    return {word: int(years) for word, years in (one.split("=") for one in written.split(", "))}


_FR_AGES = _years(
    "dix=10, onze=11, douze=12, treize=13, quatorze=14, quinze=15, seize=16, dix-sept=17, "
    "dix sept=17, dix-huit=18, dix huit=18, dix-neuf=19, dix neuf=19, vingt=20, vingt et un=21, "
    "vingt-et-un=21, vingt-deux=22, vingt-trois=23, vingt-quatre=24, vingt-cinq=25, vingt-six=26, "
    "vingt-sept=27, vingt-huit=28, vingt-neuf=29, trente=30, trente-deux=32, trente-cinq=35, "
    "quarante=40, cinquante=50, deux=2, trois=3, quatre=4, cinq=5, six=6, sept=7, huit=8, neuf=9, "
    "soixante=60"
)
_EN_AGES = _years(
    "ten=10, eleven=11, twelve=12, thirteen=13, fourteen=14, fifteen=15, sixteen=16, seventeen=17, "
    "eighteen=18, nineteen=19, twenty=20, twenty-one=21, twenty one=21, twenty-two=22, "
    "twenty two=22, twenty-three=23, twenty-four=24, twenty-five=25, twenty-six=26, twenty-seven=27, "
    "twenty-eight=28, twenty-nine=29, thirty=30, forty=40, fifty=50, two=2, three=3, four=4, five=5, "
    "six=6, seven=7, eight=8, nine=9"
)


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FR_N = rf"(?:\d{{1,2}}|{_any(_FR_AGES)})"
_EN_N = rf"(?:\d{{1,2}}|{_any(_EN_AGES)})"
_ANS = re.compile(rf"(?<![\w/.,-])(?P<age>(?P<n>{_FR_N}) {{0,2}}ans?(?: et demie?)?)(?!\w)")
_YEARS_OLD = re.compile(
    rf"(?<![\w/.,-])(?P<age>(?P<n>{_EN_N})[ -]{{0,2}}(?:years?[ -]{{1,2}}old|years? of age|"
    rf"yrs? old|y/?o|yo)(?:s)?)(?!\w)"
)
_BE = (
    r"(?:i'?m|i am|i was|i be|i don be|i dey|she is|she's|she was|she be|he is|he's|he was|he "
    r"be|we were|they were|you are|i turned|turned|"
    r"she turned|just turned|aged?|my age (?:is|na|be)|her age (?:is|na|be)|his age (?:is|na)|"
    r"age of|age is|age na|when i reach|(?:i|she|he|e)(?: don)? reach|na|i'm|im|who is|who was|being|"
    r"girl of|boy of|child of|daughter of|son is|daughter is|sister is|brother is|sister was|"
    r"brother was|son was|daughter was|at the age of|at age|age|since i was|until i was|when i "
    r"was|and i was|i get|i get like)"
)
_UNIT = (
    r"(?! {0,2}(?:%|hours?|minutes?|mins?|days?|weeks?|months?|euros?|kilos?|kg|km|metres?|"
    r"meters?|people|persons?|of (?:us|them)|times|women|girls|men|"
    r"in (?:the|a|one|that|my) (?:room|car|boat|line|queue|group|list)|to \d|naira|"
    r"pounds?|dollars?|percent|others|weeks|am|pm|o'clock|or \d|children|kids|years? (?:in|"
    r"here|there|for|ago|late|of (?!age))|place|number|numbers|seats|pages|stops))"
)
_ENGLISH_AGE = re.compile(
    rf"(?<!\w){_BE}(?: (?:only|just|still|about|around|like|maybe|almost|nearly|not yet|"
    rf"already|even|small|barely|exactly)){{0,2}} "
    rf"(?P<age>(?P<n>\d{{1,2}}|{_any({k: v for k, v in _EN_AGES.items() if v > 9})})(?: "
    rf"years?)?)(?![\w%:/€$£-]|[.,]\d){_UNIT}"
)
_NO_HOUR = "".join(
    f"(?<!{verb} )"
    for verb in (
        *("open", "opens", "close", "closes", "start", "starts", "begins", "come", "arrive", "leave", "meet"),
        *("finish", "ends", "opened", "closed", "started"),
    )
)
_AT_AGE = re.compile(
    rf"(?<!\w){_NO_HOUR}(?:at|since|from|until|only|before) "
    r"(?P<age>(?P<n>1\d|2[0-5]|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))"
    r"(?= {0,2}(?:(?:i|she|he|we|they|with (?:a|my|no)|when|years?)(?!\w)|,|\.|;|!|$|\n))(?!,\d|\.\d|:|h)"
)
_SPELLED = _any({word: years for word, years in _FR_AGES.items() if 11 < years < 60})
_EN_AI = re.compile(
    r"(?<!\w)(?:j'en ai|elle en a|il en a|j'en avais|elle en avait|j'en aurai) "
    rf"(?:seulement |deja |juste |a peine )?(?P<age>(?P<n>[1-5]\d|{_SPELLED}))"
    r"(?= {0,2}(?:[.,;!)]|$|\n|maintenant|aujourd'hui))"
)
_GET_YEARS = re.compile(
    rf"(?<!\w)(?:i|she|he|my \w{{2,12}}|you|una|e) (?:dey|don dey|get|don get|don reach|get like|have|has|"
    rf"had|make|reach) (?P<age>(?P<n>{_EN_N}) years?)(?!\w)(?! (?:of|in|here|there|for|to|more|left))"
)
_MONTHS_OLD = re.compile(
    r"(?<!\w)(?:petite?|bebe|fils|fille|enfant|garcon|jumeaux|jumelles|baby|pikin|son|daughter|child)"
    r"(?:(?: qui)? (?:a|avait|ont|avaient|is|was|has|get|dey)| de| age de| agee de|,)"
    r"(?: only| seulement| a peine)? "
    rf"(?P<age>(?P<n>{_FR_N}|{_EN_N}) (?:mois|months?)(?: old)?)(?!\w)(?! de | d'|plus tard)"
)
_BARE_WORD = re.compile(
    r"(?:^|(?<=[.!?\n:] )|(?<=\n)|(?<=, ))(?P<age>(?P<n>thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen))(?=\.|!|\?| years|$|\n|, (?:i|she|he|when|and|my|pregnant|alone))"
)
_AGE_CUE = re.compile(
    r"(?<!\w)(?:age|mon age|son age|my age|her age) {0,2}(?:[:=]|c'est|est de|est|is|na|etait "
    r"de) {0,2}(?P<age>(?P<n>\d{1,2}))(?![\w/%-]|[.,]\d)(?! {0,2}(?:a|-|to|et) {0,2}\d)"
)

_LIKEWISE = re.compile(
    r" {0,2}(?:,|et|and|puis|,? mais|but) {1,2}(?:moi|elle|lui|(?:l'|mon|ma|son|sa|mes|le|la|my|her|his|the)"
    r" ?(?:autre|other|petite?|small|grande?|big|plus jeune|youngest)? ?[a-z]{0,12}) {1,2}"
    r"(?:only |seulement |juste )?"
    rf"(?P<age>(?P<n>[1-4]\d|{_any({**_FR_AGES, **_EN_AGES})}))(?= {{0,2}}(?:[.,;!?)]|$|\n))"
)
"""« j'avais quinze ans et mon frère douze »: a number in the wake of an age."""

_NOT_BEFORE = re.compile(
    r"(?<!\w)(?:depuis|pendant|durant|il y a|y'?a|y a|en|dans|pour|apres|avant|plus de|plus "
    r"que|moins de|moins que|tous les|toutes les|chaque|au bout de|peine de|condamnee?s? a|"
    r"carte de|carte|titre de|titre|visa de|passe|passee?s?|attendu|attends|attend|attendre|"
    r"restee?s?|vecu|travaille|travaillee?|dure|duree de|dure pendant|bail de|les|ces|ses|fait|"
    r"faire|prendre|pris|prise?|purge|"
    r"interdiction de|contrat de|delai de|prescription de|sur|ces|projet de|plan de|entre|et|"
    r"ou|a|jusqu'a|des|majorite a|majorite (?:est )?a|environ|presque|deja|encore|quelques|"
    r"quelque|cela fait|ca fait|voila|"
    r"sejour de|subi|souffert|formation de|experience de|anciennete de|mandat de|bilan de|"
    r"dernieres|premieres|prochaines|lutte de|over|under|than|for|in|after|every|about|feter "
    r"ses|anniversaire de|nos|les|risque|risquent|encourt|encourent|prends|prenait|mis|pris)"
    r" {1,2}(?:environ |presque |plus de |les |ses |pres de )?$"
)
_SAYS_AGE = re.compile(
    r"(?<!\w)(?:(?:j'|j |je n'|n'|elle |il |on |qui |tu |nous |fille |fils |soeur |frere |ils |"
    r"elles |qu'elle |enfant |bebe |petit |petite |grande |lui |moi |\w{2,15} |(?<=\w)')?(?:ai|"
    r"as|a|avais|avait|aurai|aura|avons|ont|avaient|ayant|eu|fete|feter|fetais)(?: (?:que|"
    r"seulement|a peine|juste|deja|environ|presque|tout juste|pas|pas encore|bientot|eu|"
    r"maintenant))?"
    r"|agee?s? de|age de|a l'age de|l'age de|des|d'|mes|ses|tes|mon age|son age|fille de|"
    r"garcon de|enfant de|jeune de|femme de|fils de|mineure? de|soeur de|frere de|bebe de|"
    r"petite de|gamine de|quand j'avais|parent de|celle de|dame de)"
    r" {0,2}$"
)
_AT_FR = re.compile(r"(?<!\w)a {1,2}(?:peine |seulement |environ )?$")
_NOT_AFTER = re.compile(
    r" {0,2}(?:de (?:prison|procedure|demarches?|bail|travail|lutte|reclusion|detention|sejour|"
    r"residence|galere|rue|presence|vie|mariage|suivi|projet|recul|accompagnement|permanences?|"
    r"trottoir|maraudes?|benevolat|cotisation|ferme)|"
    r"d'(?:attente|experience|existence|activite|emprisonnement|anciennete|interdiction|"
    r"errance|exil|exploitation|ecart|etudes?|association|asile)|ferme|avec sursis|sans|apres|"
    r"plus tard|ici|en france|que|qu'|"
    r"de (?:l'association|l'asso|la loi)|a attendre|dans la rue|a la rue|avant|de plus|et plus|"
    r"ou plus|et moins|revolus|pour (?:avoir|obtenir|un)|renouvelable|-\d|a \d|/|in |here|ago)"
)
_BAND = re.compile(
    r"(?:\d{1,2} {0,2}(?:-|a|et|to|/|ou|or|and|ans a|ans et) {0,2}|moins de |plus de |under |over |de )$"
)
_OF_A_THING = re.compile(
    r"(?<!\w)(?:protocol|law|convention|association|house|act|centre|center|building|it|policy|project) "
    r"(?:is|was|turned) $"
)
_BANDS = ((0, 2), (3, 5), (6, 10), (11, 14), (15, 17), (18, 25), (26, 34), (35, 44), (45, 59), (60, 120))
"""Bands that never cross 18: a minor's age stays a minor's."""


def find_ages(folded: Folded) -> Iterator[Found]:
    """Find ages of somebody; each with the band that may stand instead."""
    for age in _ages(folded):
        yield age
        if following := _LIKEWISE.match(folded.lower, age.end):
            yield _age(following, _FR_AGES | _EN_AGES)


def _ages(folded: Folded) -> Iterator[Found]:
    lower = folded.lower
    for found in _ANS.finditer(lower):
        if _is_age_fr(folded, found):
            yield _age(found, _FR_AGES)
    for found in _EN_AI.finditer(lower):
        yield _age(found, _FR_AGES)
    for found in _MONTHS_OLD.finditer(lower):
        yield Found(*found.span("age"), "age", "age", facts=(("band", "0-2"),))
    for pattern in (_YEARS_OLD, _ENGLISH_AGE, _AT_AGE, _GET_YEARS, _BARE_WORD, _AGE_CUE):
        for found in pattern.finditer(lower):
            context = before(folded, found.start("age"))
            if not (_BAND.search(context) or _OF_A_THING.search(context) or _threshold(folded, found)):
                yield _age(found, _EN_AGES)


def _threshold(folded: Folded, found: re.Match[str]) -> bool:
    """Tell a limit of the law from an age: « over 18 years old », « 16 to 25 »."""
    rest = after(folded, found.end("age"))
    return bool(
        re.match(
            r" {0,2}(?:to|-|or|and|years? to) {0,2}\d|(?: years?)? (?:and|or) (?:over|under|older|"
            r"younger|more|less)",
            rest,
        )
    )


def _is_age_fr(folded: Folded, found: re.Match[str]) -> bool:
    context, rest = before(folded, found.start("age")), after(folded, found.end("age"))
    if _BAND.search(context) and not re.search(
        r"(?:agee?s?|l'age|age|fille|fils|garcon|femme|enfant|jeune|soeur|frere|bebe|mineure?|dame|"
        r"petite) de $",
        context,
    ):
        return False
    if _NOT_AFTER.match(rest):
        return False
    if _SAYS_AGE.search(context):
        return not re.search(
            r"(?:y|deja fait|ca) (?:en )?a {1,2}$|(?:majorite|peine|condamnee?|reduite?|limitee?|"
            r"porte[er]?|passee?) a $",
            context,
        )
    if _AT_FR.search(context):
        return not re.search(
            r"(?:majorite|peine|condamnee?|reduite?|limitee?|portee?|passee?|fixee?|\d|ans) a $", context
        )
    return not _NOT_BEFORE.search(context)


def _age(found: re.Match[str], words: dict[str, int]) -> Found:
    number = found["n"]
    years = int(number) if number.isdigit() else words.get(number, 0)
    low, high = next((band for band in _BANDS if band[0] <= years <= band[1]), _BANDS[-1])
    facts = (("band", f"{low}-{high}" if high < 120 else f"{low}+"),)
    return Found(*found.span("age"), "age", "age", facts=facts)
