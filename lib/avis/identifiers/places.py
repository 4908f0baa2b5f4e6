"""Addresses, and places finer than a département: streets, houses, stations, quarters, towns, routes.

Countries, regions, départements, Paris as a whole and its arrondissements are left (an arrondissement counts
more people than many départements); so are public bodies, and woods known to all (« bois de Vincennes »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.usage import after, before, begins_sentence
from avis.identifiers.vocabulary import (
    LONGEST_PLACE,
    common,
    first_names,
    general_places,
    innocents,
    lower_towns,
    place_starts,
    towns,
)

_LINK = r"(?:(?:de la|de l'|des|du|de|d'|la|le|les|l'|a la|au|aux|et|en|sur|sous|saint|sainte|st|ste)[ ']?)"
_CAP = r"[A-Z][\w'-]{0,30}|\d{1,2} [A-Z]\w{2,20}(?: \d{4})?"
_NAMED = (
    rf"(?:(?!et )(?i:{_LINK} ?){{0,3}}(?:{_CAP})"
    rf"(?:(?:[ -](?i:{_LINK}){{0,2}} ?)(?:[A-Z][\w'-]{{1,30}})){{0,4}})"
)
_STREET = (
    r"(?:rue|r\.|boulevard|boul\.?|bd\.?|bld|bvd|blvd|avenue|av\.?|ave\.?|chemin|che\.|ch\.|"
    r"impasse|imp\.|allees?|all\.|place|pl\.|quai|square|sq\.|cours|"
    r"passage|route|rte|villa|voie|sentier|ruelle|faubourg|fbg|fg|esplanade|promenade|"
    r"rond-point|venelle|mail|cite|residence|res\.|lotissement|hameau|zac)"
)
_NUMBERED = re.compile(
    rf"(?<![\w/.,-])\d{{1,4}}(?: {{0,2}}(?:bis|ter|quater|[a-d]))?,? {{1,2}}(?:{_STREET})(?![\w])"
    rf"(?: {{0,2}}{_LINK}){{0,3}}(?: ?[a-z0-9][\w'-]{{0,30}}){{1,2}}"
    rf"(?:[ -](?:{_LINK} ?){{0,2}}[A-Z][\w'-]{{1,30}}){{0,3}}"
)
_STREET_NAMED = re.compile(rf"(?<!\w)(?i:{_STREET}) (?:{_NAMED})")
_ROAD = re.compile(
    r"(?<![\w/.,-])(?:(?i:(?:no\.?|number|n°|plot|block|house) ?)?\d{1,4}[A-Da-d]?,? {1,2})(?:the "
    r")?(?:(?!on |in |of |at |the |from |and |for |to |people |women |hours |days "
    r")[A-Za-z][\w'-]{1,25} ){1,3}(?i:street|st|road|rd|avenue|ave|lane|close|crescent|"
    r"drive|estate|junction|way|court|square|terrace|layout|quarters)(?!\w)"
    r"|(?<!\w)(?!(?:The|This|That|A|An|My|Our|Your|Every|Each|One|No|In|On|At|Same|Which|What) "
    r")(?:[A-Z][\w'-]{1,25} ){1,3}(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Cc]rescent|"
    r"[Ee]state|[Jj]unction|[Ll]ayout|Close|Drive|[Mm]arket|[Bb]us [Ss]top|[Rr]oundabout|"
    r"[Mm]otor [Pp]ark|[Hh]ostel|[Pp]rison|[Qq]uarters|[Hh]otel)(?!\w)"
)
_ABROAD = re.compile(
    r"(?<!\w)(?i:via|viale|piazza|corso|vicolo|calle|avenida|plaza|strada|str\.|stra(?:ss|ß)e) "
    r"(?:(?:de|del|della|dei|di|la|los|las) ){0,2}[A-Z][\w'-]{1,25}(?: [A-Z][\w'-]{1,25}){0,2},? "
    r"(?:n[o°.]? ?)?\d{1,4}[a-z]?(?!\w)"
)
"""Streets of Italy, Spain and Romania, the number last: « Via Roma 14 »."""
_ORDINARY = frozenset(
    [
        "place",
        "pl",
        "cours",
        "passage",
        "mail",
        "cite",
        "route",
        "voie",
        "villa",
        "promenade",
        "square",
        "ch",
        "all",
        "residence",
    ]
)
"""Words for streets that are ordinary words too: what follows must have a capital."""
_HOUSE = (
    r"(?:foyer|hotel|hostel|auberge|residence|chrs|cada|huda|cph|camping|squat|bar|pub|cafe|"
    r"restaurant|resto|club|boite|discotheque|salon|coiffure|kebab|epicerie|"
    r"prison|maison d'arret|centre de detention|centre penitentiaire|mah|epm|commissariat|"
    r"gendarmerie|hopital|clinique|chu|maternite|centre medical|pmi|"
    r"ecole|college|lycee|creche|eglise|church|mosquee|mosque|paroisse|temple|stade|gymnase|"
    r"parc|park|jardin|marche|metro|station|gare|arret|terminus|porte|pont|parking|"
    r"quartier|cite|village|hameau|camp|ville|commune|bourg|domaine|tour|immeuble|batiment|cra|"
    r"centre de retention|local|librairie|supermarche|centre commercial|laverie|motel|guest ?house|"
    r"centre d'hebergement|maison des? [a-z]{3,12}|foret|bois|connection house|ghetto|"
    r"restaurant|zone industrielle|peripherique|aire)"
)
_HOUSE_NAMED = re.compile(rf"(?<!\w)(?P<head>{_HOUSE}) (?P<quote>\"? ?)(?P<name>(?-i:{_NAMED}))", re.I)
_HOUSE_QUOTED = re.compile(
    r"(?<!\w)(?i:hotel|foyer|bar|cafe|restaurant|club|residence|hostel|pub|salon|auberge) "
    r"\" ?(?P<name>[^\"\n]{2,40}?) ?\""
)
_POLICE_OF = re.compile(
    r"(?<!\w)(?:commissariat|gendarmerie|brigade des mineurs|police station)(?: central)? "
    r"(?:du|de la|of the) \d{1,2} ?(?:e|er|eme|th)(?: arrondissement)?(?!\w)"
)
"""No police station (DOMAIN, "Minors"): a number says which one."""
_WELL_KNOWN = re.compile(
    r"(?:bois de (?:vincennes|boulogne)|ville de paris|conseil de paris|mairie de paris|porte "
    r"parole|pont levis|prison break|camp de base|parc des princes|tour eiffel|"
    r"gare routiere|marche noir|ecole de la republique|ville de [a-z]+ \d|bois d[eu] "
    r"(?:vincennes|boulogne)|station assise|college (?:de france|des? )|hotel de (?:ville|"
    r"police)|maison de la|club (?:de|des) )"
)
_ROOM = re.compile(
    r"(?<!\w)(?:(?:appartement|appart|apt|app|appt|flat|apartment|bat|batiment|building|bloc|"
    r"block|escalier|esc|"
    r"digicode|interphone|boite aux lettres|hall)(?:\.? {1,2}|\. ?)(?:n[o°]\.? ?|no\.? ?|"
    r"number |: ?|c'est (?:le )?)?"
    r"(?:\d{1,4} ?[a-z]?|[b-hj-z]\d{0,3}|a\d{1,3})(?![\w'])"
    r"|(?<=[,;(] )code {0,2}:? ?(?=[a-z]?\d)[a-z]?\d{4}[a-z]?(?!\w)"
    r"|(?:digicode|code de la porte|code porte)(?: {0,2}[:=]"
    r"| est| c'est|) {0,2}(?=[a-z]{0,3}\d)[a-z0-9]{3,6}(?!\w)"
    r"|(?:chambre|porte|lit|cellule|room)\.? {1,2}(?:n[o°]\.? ?|no\.? ?|number |numero "
    r")?\d{1,4}[a-z]?(?!\w))"
)
_NOT_LIVED = re.compile(
    r"(?:salle|bus|ligne|bureau|de la salle|meeting|conference|\d+e|du tribunal|cour d'appel|"
    r"correctionnelle) {0,2}$"
)
_LIVED = re.compile(
    r"(?<!\w)(?:stay|stayed|staying|sleep|slept|live|lived|living|hotel|hostel|my|her|his|"
    r"house|foyer)(?!\w)"
)
_POSTCODE = re.compile(
    r"(?<![\w/.,-])(?:(?:F|I|D|B)-)?\d{5},? {1,2}(?P<town>[A-Z][\w'-]{1,30}(?:[ -](?:(?i:sur|"
    r"sous|en|les|la|le|de|du|des|l'|d')[ -]?)?[A-Z][\w'-]{1,30}){0,3})"
)
_POSTCODE_LOWER = re.compile(
    r"(?<![\w/.,-])(?:0[1-9]|[1-8]\d|9[0-58])\d{3} {1,2}(?P<town>[a-z][a-z'-]{3,30})"
)
_POSTCODE_CUE = re.compile(
    r"(?<!\w)(?:code postal|cp|postcode|post code|zip)(?: {0,2}[:=]| est| is|"
    r") {0,2}(?P<code>\d{5})(?!\d)"
)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:a|de|vers|depuis|in|at|from|to|near|via|par|through|towards|jusqu'a|pres d'|"
    r"pres de|d'|for|inside|reach|cross|enter|entre|reached|quitte|quitter|left|of) {0,2}$"
)
_WORD = re.compile(r"[A-Za-z]+")
_BODY = re.compile(
    r"(?<!\w)(?:salle|bois de|bois d'|protocole de|convention d[e']|convention de|accords? d[e']|"
    r"principes d[e']|traite d[e']|reglement(?: de)?|procedure|conseil de|mairie de|ville de|"
    r"universite(?: de)?|parquet (?:de|general de)|cour d'appel de|"
    r"protocol|convention|cour de|declaration d[e'])\s?$"
)


_BODY_AFTER = re.compile(r" (?:protocol|convention|principles|declaration|process|treaty|rules)(?!\w)")
"""« the Palermo Protocol »."""


def find_places(folded: Folded) -> Iterator[Found]:
    """Find addresses and places."""
    text, lower = folded.text, folded.lower
    for pattern in (_NUMBERED, _STREET_NAMED, _ROAD, _ABROAD):
        for found in pattern.finditer(lower if pattern is _NUMBERED else text):
            if _is_street(folded, found) and not _is_general(lower[found.start() : found.end()]):
                yield Found(*found.span(), "address", "address")
    for found in _ROOM.finditer(lower):
        context = before(folded, found.start())
        if found[0].startswith("room") and not _LIVED.search(context + after(folded, found.end())):
            continue  # a room where one meets
        if not _NOT_LIVED.search(context):
            yield Found(*found.span(), "address", "room")
    yield from _postcodes(folded)
    yield from _houses(folded)
    yield from _gazetteer(folded)


def _postcodes(folded: Folded) -> Iterator[Found]:
    for found in _POSTCODE.finditer(folded.text):
        word = folded.lower[found.start("town") : found.end("town")].split()[0]
        if word not in common():
            yield Found(*found.span(), "postcode", "postcode")
    for found in _POSTCODE_LOWER.finditer(folded.lower):
        if found["town"] in lower_towns() or found["town"] == "paris":
            yield Found(*found.span(), "postcode", "postcode")
    for found in _POSTCODE_CUE.finditer(folded.lower):
        yield Found(*found.span("code"), "postcode", "postcode")


def _is_street(folded: Folded, found: re.Match[str]) -> bool:
    """Tell « 12 place Verte » from « 2 cours de français » and from a year before an ordinary word."""
    words = found[0].lower().split()
    if re.fullmatch(r"(?:19|20)\d\d", words[0]):
        return False
    ordinary = any(word in _ORDINARY for word in words[:3])
    return not ordinary or any(map(str.isupper, folded.text[found.start() : found.end()]))


def _is_general(place: str) -> bool:
    name = re.sub(rf"^(?:\d+ )?{_STREET} ", "", place)
    return bool(_WELL_KNOWN.match(place)) or name.replace("-", " ") in ("paris", "de paris")


def _houses(folded: Folded) -> Iterator[Found]:
    for found in _HOUSE_NAMED.finditer(folded.text):
        whole = folded.lower[found.start() : found.end()]
        name = folded.lower[found.start("name") : found.end("name")]
        words = _WORD.findall(name)
        kept = [word for word in words if word not in common() and word not in innocents()]
        specific = kept or (
            found["head"].lower() in ("foyer", "hotel", "bar", "cafe", "metro", "gare") and len(words) > 1
        )
        if specific and not _WELL_KNOWN.match(whole):
            yield Found(*found.span(), "place", "house")
    for found in _POLICE_OF.finditer(folded.lower):
        yield Found(*found.span(), "place", "house")
    for found in _HOUSE_QUOTED.finditer(folded.text):
        yield Found(*found.span(), "place", "house")


def _gazetteer(folded: Folded) -> Iterator[Found]:
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(folded.lower)]
    number = 0
    starts = place_starts()
    while number < len(words):
        if words[number][0] not in starts:
            number += 1
            continue
        taken = _place_at(folded, words, number)
        if taken > 0:
            start, end = words[number][1], words[number + taken - 1][2]
            if not (_BODY.search(before(folded, start)) or _BODY_AFTER.match(after(folded, end))):
                yield Found(start, end, "place", "town")
        number += abs(taken) or 1


def _place_at(folded: Folded, words: list[tuple[str, int, int]], number: int) -> int:
    """Count the words of a town that begins here, below 0 those of a region; 0 where neither does."""
    start = words[number][1]
    capital = folded.text[start].isupper()
    for length in range(min(LONGEST_PLACE, len(words) - number), 0, -1):
        span = words[number : number + length]
        if (
            span[-1][2] - start > 3 * length + sum(len(word) for word, _, _ in span)
            or "\n" in folded.text[start : span[-1][2]]
        ):
            continue
        name = " ".join(word for word, _, _ in span)
        if name in general_places() and length > 1:
            return -length
        if name in towns() and (capital or name in lower_towns()) and _names_a_town(folded, name, start):
            return length
    return 0


def _names_a_town(folded: Folded, name: str, start: int) -> bool:
    """Sens, Nice or Florence are towns only after a word that leads somewhere."""
    if name in lower_towns():
        return True
    if name in first_names():
        return bool(
            re.search(r"(?<!\w)(?:a|in|at|from|vers|near|pres de) {1,2}$", before(folded, start))
        ) and name not in ("florence", "mamou", "vinh", "sofia", "victoria")
    if name in common():
        return bool(_PREPOSITION.search(before(folded, start))) and not begins_sentence(folded, start)
    return not begins_sentence(folded, start) or len(name) > 4
