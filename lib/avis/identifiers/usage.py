"""How a word stands in its sentence: at its beginning, after an article, before what people do."""

from __future__ import annotations

import re

from avis.identifiers.folding import Folded

LOOK = 48
"""Characters before and after a word that decide on its use."""

_OPENERS = " \"'([{*_~#>-+\t"
_STARTS = re.compile(r"(?:^|[\n.!?;:=|]|\.\.\.|\}|\d[.)])$")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:m|mr|mrs|ms|mme|mlle|dr|pr|me|st|ste|prof|no|n|art|cf|al|av|bd|bat|apt|p|pp|vs|"
    r"etc|[a-z])\.\Z"
)

_ARTICLE = re.compile(
    r"(?<!\w)(?:l|d|un|une|la|le|les|des|du|au|aux|ce|cet|cette|ces|sa|son|ses|ma|mes|ta|leur|"
    r"leurs|notre|nos|votre|vos|"
    r"quelle|quel|toute|tout|de la|a|an|the|this|that|these|my|your|his|her|our|their|some|any|"
    r"no|every|each|more|much|"
    r"with all|in|have|has|had|of|sans|en|par|avoir|aucune?|beaucoup de|plein de|so|very|too|"
    r"tres|trop|plus|si|on|next|last|of|pas de|"
    r"good|great|avec)[ ']{1,2}\"?$"
)
_WITH = re.compile(
    r"(?<!\w)(?:with|avec|chez|called|named|appelee?|nommee?|prenommee?|and|et|ni|ou|or|pour|"
    r"for|a|to|at|de|from|about|by|par|like|comme|"
    r"told|asked|met|saw|know|knew|call|tell|ask|thank|thanks|merci|dear|chere|cher|hello|hi|"
    r"bonjour|salut|miss|aunty|sister|madame|"
    r"que|qu|d|l|see|dit|connais|connait|vu|appelle|rencontre|demande a|dis a|dit a|parle a|"
    r"parler a|parle de|grace a|since|when|quand|"
    r"because|parce que|if|si|that|but|mais|then|alors|abeg|[,;])[ ']{1,2}\"?$"
)
_PERSON_VERB = re.compile(
    r" {1,2}(?:(?:ne |n')?(?:m'|t'|l'|me |te |lui |nous |leur |s'est |se )+(?!etre)[a-z]|(?:n')?(?:a|"
    r"avait|est|etait) (?:pas |plus |jamais |deja |aussi |toujours )?"
    r"(?:dit|venue?|partie?|arrivee?|parle|demande|explique|"
    r"raconte|ajoute|repondu|propose|aidee?|rentree?|appelee?|traduit|pleure|pris|donne|resume|"
    r"anime|insiste|ma |mon |notre |pas la|la depuis|nee?|enceinte|voulu|eu|trouve|attendu|"
    r"restee?|passee?|disparue?|malade|absente?|retournee?)|"
    r"dit|disait|veut|voulait|habite|vit|parle|travaille|demande|raconte|explique|connait|"
    r"traduit|pense|vient|venait|ajoute|insiste|garde|attend|dort|prefere|"
    r"told|tells|tell|tok|said|says|say|asked|asks|gave|gives|came|comes|called|calls|helped|"
    r"helps|took|takes|carry|brought|brings|bring|went|goes|lives|lived|works|worked|wants|"
    r"wanted|knows|knew|sabi|slept|stayed|paid|met|sent|cried|left|arrived|waited|explained|"
    r"explains|added|spoke|speaks|showed|thinks|thought|found|read|wrote|dey|don|"
    r"was (?:there|crying|with|my|waiting|late|here|pregnant|arrested|sick|the one|born|taken)|"
    r"is (?:my|her|his|our|from|here|not here|coming|there|waiting|pregnant|sick|the one|gone|"
    r"late)|has (?:told|been|two|a|gone|left|three|one)|na my|and (?:i|me)|et moi)(?!\w)"
    r"| {1,2}(?:a|avait) (?!ete |ce |ceux |celle|partir |cause |cote )[a-z]{2,14}(?:e|i|u|is|it|ert)(?!\w)"
    r"| {1,2}(?:pay|carry|help|send|follow|bring|give|beg) (?:me|my|am|us|her|him)(?!\w)"
    r"|, {1,2}(?:abeg|viens|tu (?:peux|veux|viens)|celle|celui|une? (?:amie?|membre|mediatrice|"
    r"collegue|voisine|jeune)|who (?!knows)|the one|"
    r"la mediatrice|l'educatrice|l'educateur|my (?:friend|sister|brother)|(?:ma|sa|notre) "
    r"(?:copine|soeur|mediatrice|amie|collegue))(?!\w)"
)
_POSSESSIVE = re.compile(r"'s(?!\w)")


def before(folded: Folded, start: int) -> str:
    """Give what stands shortly before, in lower case."""
    return folded.lower[max(0, start - LOOK) : start]


def after(folded: Folded, end: int) -> str:
    """Give what stands shortly after, in lower case."""
    return folded.lower[end : end + LOOK]


def begins_sentence(folded: Folded, start: int) -> bool:
    """Tell whether a word is the first of a sentence, a line, a quotation, a turn: a capital says nothing."""
    place = start
    lowest = max(0, start - LOOK)
    while place > lowest and folded.text[place - 1] in _OPENERS:
        place -= 1
        if folded.text[place] == "-" and place < start and folded.text[place - 1 : place].isalpha():
            return False
    if place == 0 or '"' in folded.text[place:start]:  # a quotation begins with a capital
        return True
    context = folded.lower[max(0, place - LOOK) : place]
    return bool(_STARTS.search(context)) and not _ABBREVIATED.search(context)


def follows_article(folded: Folded, start: int) -> bool:
    """Tell whether an article, a possessive or « full of » stands before, as before an ordinary word."""
    return bool(_ARTICLE.search(before(folded, start)))


def acts_as_person(folded: Folded, end: int) -> bool:
    """Tell whether what follows is said of people: « m'a dit », « told me », « 's room »."""
    rest = after(folded, end)
    return bool(_PERSON_VERB.match(rest) or _POSSESSIVE.match(rest))


def may_name(folded: Folded, start: int, end: int) -> bool:
    """Tell whether an ordinary word may be somebody's name here.

    >>> from avis.identifiers.folding import fold_with_offsets
    >>> [may_name(fold_with_offsets(text), text.index("oy") - 1, text.index("oy") + 2)
    ...  for text in ("with Joy", "Joy told me", "the joy of", "Joy is good")]
    [True, True, False, False]
    """
    if not folded.text[start].isupper():
        return False
    if begins_sentence(folded, start):
        return acts_as_person(folded, end)
    context = before(folded, start)
    if acts_as_person(folded, end):
        return True
    return bool(_WITH.search(context)) or not _ARTICLE.search(context)
