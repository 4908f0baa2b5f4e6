"""Words that name: « s'appelle », « named », titles, ties, heads of bodies; all stand before a word."""

from __future__ import annotations

import re

from avis.identifiers.vocabulary import cue_words

CUE = re.compile(
    r"(?<!\w)(?:(?:s'|m'|t')appel(?:le|ait|lent|ais)|prenommee?|surnommee?|surnom|nommee?|dite|"
    r"alias|a\.?k\.?a\.?|de son vrai nom|vrai nom|prenom|nom de famille|nom|"
    r"my name|her name|his name|their name|named|name(?: is| na|'s)|real name|nickname|"
    r"nicknamed|known as|surname|first name|last name|nee|signee?|signature|signed|bisous|"
    r"(?:dem|they|people|everybody|everyone|we|i|una)(?: dey| just| all)? call(?:s|ed)?(?: me| "
    r"am| her| him)|call(?:s|ed)? (?:me|her|him|am)|is called|was called|called|on (?:m'|l'|la "
    r"|me )appel(?:le|ait)|(?:je suis|i am|i'm) (?=[a-z]))"
    r"(?: (?:is|na|be|c'est|est|etait|was|:|=|\"|par|as|tous|toutes|all))?(?: {0,2}[:=,-])? {1,3}\"? ?$"
)
STRONG = re.compile(
    r"(?:(?:s'|m'|t'|l'|se fait |me fait )appel(?:le|ait|ais|er)|prenommee?|surnommee?|nicknamed|known as|"
    r"(?:my|her|his|im|our)(?: [a-z]{3,9})? (?:real |full |first )?name (?:is|na|be|was)|(?:mon|son|ton) "
    r"(?:vrai |ancien |autre )?(?:pre|sur)?nom,? (?:est|c'est|etait|c'etait)|"
    r"(?:dem|they|people|everybody|everyone|we|una|girls|friends)(?: dey| just| all)? call(?:s|"
    r"ed)?(?: me| am| her| him)?)"
    r"(?: tous| toutes| all)?(?: {0,2}[:=,-])? {1,3}\"? ?(?:(?:le|la|les|big|small|petite?|"
    r"grande?|old|fine) )?$"
)
TITLE = re.compile(
    r"(?<!\w)(?P<title>madame|mme|mlle|mademoiselle|monsieur|mr|mrs|ms|miss|mister|aunty|"
    r"auntie|aunt|uncle|mama|mami|mummy|papa|tata|tatie|tonton|oga|madam|sister|brother|sis|"
    r"bro|pastor|pasteur|"
    r"prophet|bishop|chief|reverend|rev|father|pere|soeur|frere|imam|alhaji|alhaja|hajia|"
    r"mallam|docteur|doctor|dr|professeur|prof|pr|maitre|me|juge|judge|agent|brigadier|"
    r"capitaine|lieutenant|commandant|"
    r"commissaire|inspecteur|inspector|officer|major|sergent|sergeant|gardien|surveillante?|"
    r"procureure?|substitut|avocate?|lawyer|educatrice|educateur|assistante|infirmiere|nurse|"
    r"psychologue|interprete|mediatrice|mamie|papi|baba|iya|"
    r"boss|directrice|directeur|presidente|president|copine|copain|amie?|friend|cousine?|"
    r"cousin|soeur|frere|tante|oncle|niece|neveu|mari|husband|wife|femme|fils|fille|son|"
    r"daughter|bebe|baby|voisine?|voisin|neighbour|neighbor|colocataire|roommate|"
    r"collegue|colleague|patronne|patron|boyfriend|girlfriend|fiancee?|ex|m)\.? {1,2}\"? ?$"
)
KIN = cue_words("kin")
"""Titles after which a word in lower case is an ordinary one: « ma copine vient »."""
NOT_A_NAME = cue_words("not_a_name")
"""What follows such words and is no name."""
HEAD_BEFORE = re.compile(
    r"(?<!\w)(?P<head>[a-z]+)(?: (?:de|du|des|d'|aux?|la|le|les|l'|of|the|sur|pour|for|n[o°] ?\d*|"
    r"\"|:))*[ ']{1,2}(?:\" ?)?$"
)
SIGNED = re.compile(r"(?:^|\n)[ \t]*(?:-{1,3}|~|\"-) {0,2}$")
PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:vers|depuis|near|jusqu'a|towards|through|via|passer par|passee? par|entre|"
    r"rester a|live in|lived in|stay(?:ed)? in|habite a|habitais a|vivais a|ville de|village "
    r"de|quartier de|nee? a|born in|arrived? (?:in|at)|arrivee? a|cross(?:ed)?|in|inside) {1,2}$"
)
