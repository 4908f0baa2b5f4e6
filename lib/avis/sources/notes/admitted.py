"""What a note may say of its languages and of who led it: codes, names of languages, roles; never a person.

Source of the codes: ISO 639-1 (all of two letters); of three letters (ISO 639-3) those of languages that
people speak around associations, since any short first name looks like one of them.
"""

from __future__ import annotations

import re

from avis.spelling import fold

_LANGUAGES = {
    **dict.fromkeys(("francais", "french"), "fr"),
    **dict.fromkeys(("anglais", "english"), "en"),
    **dict.fromkeys(("espagnol", "spanish"), "es"),
    **dict.fromkeys(("arabe", "arabic"), "ar"),
    **dict.fromkeys(("portugais", "portuguese"), "pt"),
    **dict.fromkeys(("pidgin", "pidgin nigerian", "nigerian pidgin"), "pcm"),
    **dict.fromkeys(("edo", "bini"), "bin"),
    **dict.fromkeys(("allemand", "german"), "de"),
    **dict.fromkeys(("italien", "italian"), "it"),
    **dict.fromkeys(("russe", "russian"), "ru"),
    **dict.fromkeys(("ukrainien", "ukrainian"), "uk"),
    **dict.fromkeys(("roumain", "romanian"), "ro"),
    **dict.fromkeys(("turc", "turkish"), "tr"),
    **dict.fromkeys(("chinois", "mandarin", "chinese"), "zh"),
    **dict.fromkeys(("persan", "farsi", "persian"), "fa"),
    **dict.fromkeys(("albanais", "albanian"), "sq"),
    **dict.fromkeys(("georgien", "georgian"), "ka"),
    **dict.fromkeys(("armenien", "armenian"), "hy"),
    **dict.fromkeys(("bengali", "bangla"), "bn"),
    **dict.fromkeys(("ourdou", "urdu"), "ur"),
    **dict.fromkeys(("pachto", "pashto"), "ps"),
    **dict.fromkeys(("somali",), "so"),
    **dict.fromkeys(("tigrinya",), "ti"),
    **dict.fromkeys(("amharique", "amharic"), "am"),
    **dict.fromkeys(("lingala",), "ln"),
    **dict.fromkeys(("wolof",), "wo"),
    **dict.fromkeys(("bambara",), "bm"),
    **dict.fromkeys(("peul", "fula"), "ff"),
    **dict.fromkeys(("yoruba",), "yo"),
    **dict.fromkeys(("igbo",), "ig"),
    **dict.fromkeys(("haoussa", "hausa"), "ha"),
    **dict.fromkeys(("swahili",), "sw"),
    **dict.fromkeys(("tamoul", "tamil"), "ta"),
    **dict.fromkeys(("dari",), "prs"),
    **dict.fromkeys(("soninke",), "snk"),
    **dict.fromkeys(("kabyle",), "kab"),
}
_CODES_WRITTEN = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts "
    "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu bin pcm prs snk kab ary arz apc aeb arq shi "
    "rif zgh ckb kmr sdh zza rom rmy fra fsl ase bfi ful fuc man mnk dyu mos bci esan ish iso urh efi "
    "ibb tiv kri wes fon gej mkw lua ktu swc cpe hat gcf gcr acf rcf prg pus hbs srp hrv bos ukr rus "
    "pol ron tur kur ara eng spa por deu ita und mul zxx"
)
_CODES = frozenset(_CODES_WRITTEN.split())
_ROLES_WRITTEN = (
    "animation animatrice animateur enqueteur enquetrice enqueteuse intervieweur intervieweuse "
    "interviewer facilitation facilitatrice facilitateur facilitator facilitators moderatrice "
    "moderateur moderator interprete interpretes interpreter interpreters traductrice traducteur "
    "translator mediatrice mediateur mediator benevole benevoles volunteer volunteers salarie salariee "
    "salaries salariees employee staff stagiaire stagiaires intern membre membres member members equipe "
    "team association associations chercheuse chercheur chercheuses chercheurs researcher researchers "
    "evaluatrice evaluateur evaluator observatrice observateur observer coordinatrice coordinateur "
    "coordonnatrice coordonnateur coordinator directrice directeur director responsable manager "
    "secretaire secretary preneuse preneur notes note travailleuse travailleur social sociale sociaux "
    "worker workers educatrice educateur formatrice formateur trainer enseignante enseignant teacher "
    "bibliothecaire librarian mediatheque bibliotheque accompagnatrice accompagnateur chargee charge "
    "mission etude etudes projet project personne personnes person people habitante habitant habitants "
    "pair paire pairs pairs-aidante aidante aidant peer externe exterieure exterieur independante "
    "independant autre autres other same meme consultante consultant sociologue sociologist psychologue "
    "psychologist infirmiere infirmier nurse juriste lawyer assistante assistant professionnelle "
    "professionnel professional sage-femme sage femme femmes homme hommes presidente president "
    "tresoriere tresorier administratrice administrateur collegue collegues colleague colleagues co "
    "binome deux trois quatre cinq two three four five une un le la les l d de du des et en a an the of "
    "and from with avec pour par for chez aux au premiere premier seconde second first s e es rice "
    "trice euse ere ne nes nee"
)
_ROLES = frozenset(_ROLES_WRITTEN.split())
_A_CODE = re.compile(r"[a-z]{1,2}\d{1,3}")
KEPT_IN_LISTS = {"langues": "SRC-348", "animation": "SRC-349"}
"""Keys whose lists hold known words only, and the remark that tells how many were dropped."""


def language_code(written: str) -> str:
    """Give the code of a language by its code or its name; empty where it is none.

    >>> [language_code(one) for one in ("FR", "français", "en-GB", "Joy Ada", "Joy")]
    ['fr', 'fr', 'en', '', '']
    """
    key = fold(written)
    code = key.split("-")[0].split("_")[0]
    named = len(code) > 2 and not (written.islower() or written.isupper())  # « Ron » is no Romanian
    return _LANGUAGES.get(key) or (code if code in _CODES and not named else "")


def is_role(written: str) -> bool:
    """Tell whether words name a role, and nobody.

    >>> is_role("une animatrice de l’association"), is_role("Mme X"), is_role("animatrice : Ada")
    (True, False, False)
    """
    words = [word for word in re.split(r"[^\w-]+|_", fold(written)) if word]
    return bool(words) and all(_is_known(word) for word in words)


def _is_known(word: str) -> bool:
    known = word in _ROLES or word.isdecimal() or _A_CODE.fullmatch(word)
    return bool(known) or all(part in _ROLES for part in word.split("-"))


def admit(key: str, listed: list[object]) -> list[object]:
    """Give what a list may hold: codes of languages, or roles. Other keys keep all they have."""
    if key == "langues":
        return [code for one in listed if (code := language_code(str(one)))]
    if key == "animation":
        return [one for one in listed if is_role(str(one))]
    return listed
