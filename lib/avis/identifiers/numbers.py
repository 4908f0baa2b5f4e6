"""Numbers that administrations and banks give to one person: by their form, or by the word before.

python-stdnum ranks them: a right check digit makes a number certain, a wrong one is flagged all the same,
since people mistype. Forms: NIR (INSEE), AGDREF (10 digits), IBAN (ISO 13616), cards (ISO 7812), plates
(SIV 2009, FNI).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Certainty, Found

_NIR = re.compile(
    r"(?<![\w/])[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d{2}|"
    r"2[ABab])[ .-]?\d{3}[ .-]?\d{3}"
    r"(?:[ ./-]{0,3}(?:cle )?\d{2})?(?![\w/])"
)
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){3,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?!\w)")
_BIC = re.compile(
    r"(?<!\w)(?:bic|swift)(?: code)?(?: {0,2}[:=]| est| is|"
    r") {0,2}(?P<id>[A-Za-z]{6}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?)(?!\w)",
    re.I,
)
_CARD = re.compile(r"(?<![\w/.-])[3-6]\d{3}[ .-]?\d{4,6}[ .-]?\d{4,5}(?:[ .-]?\d{3,4})?(?![\w/]|[.-]\d)")
_SIV = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}(?:-\d{3}-| \d{3} |\d{3})[A-HJ-NP-TV-Z]{2}(?![\w-])")
_FNI = re.compile(r"(?<![\w/-])\d{2,4}[ -][A-HJ-NP-TV-Z]{2,3}[ -](?:\d{2}|2[AB]|97[1-6])(?![\w/-])")
_NIGERIAN_PLATE = re.compile(r"(?<![\w-])[A-Z]{3}[ -]\d{2,3}[ -]?[A-Z]{2}(?![\w-])")
_PLATE_CUE = re.compile(
    r"(?<!\w)(?:plaque|immatriculee?|immatriculation|plate(?: number)?|number plate|"
    r"registration)(?: {0,2}[:=]| est| is| (?:etait|was)|) {0,2}"
    r"(?P<id>[A-Za-z]{0,3}[ -]?\d{2,4}[ -]?[A-Za-z]{1,3}(?:[ -]?\d{2})?)(?!\w)",
    re.I,
)
_TEN = re.compile(
    r"(?<![\w/.,-])[1-9](?:\d{9}|\d{3} \d{3} \d{3}|\d \d{2} \d{2} \d{2} \d{2})(?![\w/]|[.,-]\d)"
)
_LONG = re.compile(r"(?<![\w/.,:=-])(?:\d{11,19}|[A-Z]{1,3}\d{7,9}|\d{2}[A-Z]{2}\d{5})(?![\w/]|[.,-]\d)")
"""Long numbers without a word before, and the forms of passports (a letter and eight digits; 12AB34567)."""
_SLASHED = re.compile(
    r"(?<![\w/])n(?:o|°|um(?:ero)?)?\.? {0,2}\d{2,4}[/-]\d{3,9}(?:[/-]\d{1,6}){0,2}(?![\w/])", re.I
)
_REQUEST = re.compile(r"(?<!\w)requetes? {0,2}(?:n[o°]\.? {0,2})?\d{7}(?![\w/])", re.I)
"""A request to an administrative court; those of Strasbourg (12345/20) are published."""
_REFERENCE = re.compile(r"(?<![\w/-])[A-Z]{2,5}[/-](?:19|20)\d\d[/-]\d{3,7}(?![\w/])")

_PUBLIC = re.compile(
    r"(?<!\w)(?:loi|lois|decret|arrete|ordonnance|circulaire|directive|reglement|resolution|"
    r"decision(?: cadre)?|instruction|journal officiel|jorf|jo|"
    r"law|act|decree|regulation|article|articles|art|isbn|issn|doi|siren|siret|rna|ecli|nor|cerfa|"
    r"arret|pourvoi|cedh|echr|cjue|recommandation|convention|bulletin|bo|numero special|"
    r"rapport|report|avis|note|fiche|deliberation|document|"
    r"projet|marche|facture|devis|subvention|episode|salle|bus|ligne|lot|version|page|"
    r"resolution|deal|budget|onu|hrc|issue|volume|vol|"
    r"question|rapports|st|ccpr|cedaw|crc|cat|res)(?:\W{1,2}(?:ue|ce|eu|ec|cee)\)?)?\W{0,4}(?:n[o°]?s?\W{0,3})?$"
)
_ID = (
    r"(?P<id>(?=[A-Z]{0,4}[ ./-]?\d)(?=(?:[A-Z ./-]{0,24}\d){3})"
    r"[A-Z0-9][A-Z0-9]*(?:[ ./-]{1,2}(?:[A-Z]{1,4}[./-])?[A-Z]{0,4}\d[A-Z0-9]*){0,6})(?!\w)"
)
_SAY = r"(?: (?:de |d'|du |la |le |l'|mon |ma |son |sa |my |her |his |the )?[a-z']{1,14}){0,3}?"
_NUMBER_WORD = (
    r"(?: {0,2}\(?(?:n[o°]s?|num(?:ero)?|number|no|nr|#|id)(?![a-z])\.?)?(?: {0,2}[:=#)]| c'est(?: le)?|"
    r" est(?: le)?| is| na| etait(?: le)?| was|) {0,2}"
)

_CUES: tuple[tuple[str, str], ...] = (
    (
        "asylum_number",
        (
            r"ofpra|cnda|guda|spada|dossier d'asile|demande d'asile|asile|asylum(?: (?:case|claim|"
            r"application|file))?|attestation de demande"
        ),
    ),
    (
        "prison_number",
        r"ecrou|numero d'ecrou|prison number|prisoner number|inmate|detenue? (?:n[o°])|matricule",
    ),
    ("passport", r"passeport|passport|passpor"),
    (
        "residence_permit",
        (
            r"titre de sejour|carte de sejour|recepisse|residence permit|permit number|titre|vls-ts|"
            r"visa|aps|carte de resident|convocation|permis de sejour"
        ),
    ),
    (
        "foreigner_number",
        (
            r"agdref|numero (?:d')?etrangere?|n[o°] (?:d')?etrangere?|numero (?:de )?prefecture|"
            r"identifiant etranger|foreigner(?:'s)? number|numero d'etrangere?|numero fne|fne"
        ),
    ),
    (
        "nir",
        (
            r"securite sociale|secu|numero de secu|nir|nss|social security(?: number)?|carte vitale|"
            r"assuree? sociale?|ameli"
        ),
    ),
    (
        "identity_number",
        (
            r"carte d'identite|cni|piece d'identite|identity card|id card|nin|bvn|allocataire|caf|cmu|"
            r"ame|matricule caf|permis de conduire|driving licen[cs]e|identifiant|pole emploi|france "
            r"travail|ofii|numero de compte|account number|compte bancaire|rib|compte|account|code "
            r"client|carte ame|numero unique|siao|dossier medical|ipp|dalo|logement social|nud|imei"
        ),
    ),
    (
        "case_number",
        (
            r"dossier|affaire|procedure|parquet|rg|pv|ase|mna|crip|pjj|aemo|uemo|mdph|(?:mes|vos|ses|vos|nos|sa|ma|"
            r"notre|votre|your|our|my) ref(?:erence)?s?|proces-verbal|proces verbal|case|case number|"
            r"case file|file number|file|plainte|complaint|minute|role|jugement|ordonnance|instruction|"
            r"enquete|audience|juge|reference du dossier|mes references|numero de procedure|main "
            r"courante|mc|oqtf|police report"
        ),
    ),
)
_CUED = tuple(
    (kind, re.compile(rf"(?<![\w/-])(?:{words})(?!\w){_SAY}{_NUMBER_WORD}{_ID}", re.I))
    for kind, words in _CUES
)
_NUMBERED = re.compile(
    rf"(?<!\w)(?:numero|number|sous le n[o°])(?: {{0,2}}[:=]| (?:c'est|est|is|na)(?: le)?|) {{0,2}}{_ID}",
    re.I,
)
"""A number of five digits or more that is called so, and nothing else: whose it is stands further away."""
_BEFORE_ITS_WORD = re.compile(
    rf"(?<!\w)(?:n[o°]|numero|number) {{0,2}}{_ID} "
    r"(?:d'(?P<prison>ecrou)|d'etrangere?|de (?:dossier|parquet|procedure))",
    re.I,
)
_IN_PRISON = re.compile(
    r"(?<!\w)(?:ecrouee?s?|ecrou|incarceree?s?|detenue?s?|detention|prison|maison d'arret|jail|inmate)(?!\w)"
)
_OF_EVERYBODY = re.compile(r"116 ?\d{3}|3\d{3}|1[15-9]\d?|0 ?8.*")
"""Numbers of services: 116 006, 3919, 115, 119."""
_LEAST = {"case_number": 4, "identity_number": 5, "residence_permit": 6, "prison_number": 3}
"""Digits that such a number has at least; five where nothing is said."""
_DATE = re.compile(r"\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)?\d{2}|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_NEAR = 60
"""Characters before a number in which the prison may be named."""
_WORD_BEFORE = re.compile(r"[a-z]{1,4} (?=[A-Z]{0,3}\d)")
_NOT_NUMBER = re.compile(r"\d{1,2}h\d{0,2}$|\d{1,3}(?:ans|euros?|e|h|mn|min|jours|mois|km)$", re.I)


def find_numbers(folded: Folded) -> Iterator[Found]:
    """Find the numbers of people; those of laws, books, published judgments and bodies are left."""
    yield from _by_form(folded)
    yield from _by_cue(folded)


def _by_form(folded: Folded) -> Iterator[Found]:
    text = folded.text
    for kind, pattern, valid in (
        ("nir", _NIR, _is_nir),
        ("iban", _IBAN, _is_iban),
        ("bank_card", _CARD, _is_card),
        ("plate", _SIV, None),
        ("plate", _FNI, None),
        ("plate", _NIGERIAN_PLATE, None),
        ("foreigner_number", _TEN, None),
        ("identity_number", _LONG, None),
        ("case_number", _SLASHED, None),
        ("case_number", _REQUEST, None),
        ("case_number", _REFERENCE, None),
    ):
        for found in pattern.finditer(text):
            if not _is_public(folded, found.start()):
                yield Found(*found.span(), kind, kind, certainty=_certainty(found[0], valid))
    for pattern, kind in ((_BIC, "iban"), (_PLATE_CUE, "plate")):
        for found in pattern.finditer(text):
            if any(map(str.isdigit, found["id"])) or kind == "iban":
                yield Found(*found.span("id"), kind, kind)


def _by_cue(folded: Folded) -> Iterator[Found]:
    for kind, pattern in _CUED:
        for found in pattern.finditer(folded.text):
            start, number = found.start("id"), found["id"]
            if word := _WORD_BEFORE.match(number):  # « jugé en 2021 »
                start, number = start + word.end(), number[word.end() :]
            if _is_count(number) and kind != "prison_number":
                continue
            if _is_number(number, _LEAST.get(kind, 5)) and not _is_public(folded, start):
                yield Found(start, found.end("id"), kind, f"{kind}_cue")
    for found in _NUMBERED.finditer(folded.text):
        start, number = found.span("id")[0], found["id"]
        if not _is_number(number, 5) or _OF_EVERYBODY.fullmatch(number) or _is_public(folded, found.start()):
            continue
        in_prison = _IN_PRISON.search(folded.lower, max(0, found.start() - _NEAR), found.start())
        kind = "prison_number" if in_prison else "identity_number"
        yield Found(start, found.end("id"), kind, f"{kind}_cue")

    for found in _BEFORE_ITS_WORD.finditer(folded.text):
        kind = "prison_number" if found["prison"] else "identity_number"
        if _is_number(found["id"], 3):
            yield Found(*found.span("id"), kind, f"{kind}_cue")


def _is_number(number: str, least: int) -> bool:
    if _DATE.fullmatch(number) or _NOT_NUMBER.search(number):
        return False
    return sum(map(str.isdigit, number)) >= least


def _is_count(number: str) -> bool:
    """Tell « 12 500 », which counts, from the number of a file."""
    return bool(_THOUSANDS.fullmatch(number))


def _is_public(folded: Folded, start: int) -> bool:
    return bool(_PUBLIC.search(folded.lower, max(0, start - 32), start))


def _certainty(number: str, valid: Callable[[str], bool] | None) -> Certainty:
    return "certain" if valid is not None and valid(number) else "likely"


def _is_nir(number: str) -> bool:
    from stdnum.fr import nir

    return bool(nir.is_valid(re.sub(r"\D*cle\D*", "", number)))


def _is_iban(number: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(number))


def _is_card(number: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(re.sub(r"\D", "", number)))
