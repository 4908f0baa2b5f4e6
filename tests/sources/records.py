"""Records of methods as an evaluator writes them, for tests: small, and right as they stand."""

from __future__ import annotations

from pathlib import Path

from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.sources.stories import Stories, read_stories

EVALUATION = """
title: {fr: Essai}
organisation: {name: Association Exemple, fictional: true}
period: {start: "2024", end: "2024"}
status: running
languages: [fr]
documents: [fiche]
sources: {stories: [recits/*.yaml]}
"""
CHANGE = """
method: most_significant_change
id: courrier
title: {fr: Ouvrir son courrier}
domain: {fr: Les démarches}
collected: 6
stories:
  - {id: re01, language: fr, words: J’ouvre mes lettres le jour même.}
  - {id: re02, language: en, words: I fill in the first page alone.}
selections:
  - level: 1
    by: {fr: groupe des membres}
    choices:
      - {story: re01, chosen: oui, reason: {id: re01-n1, language: fr, words: Elle dit ce qu’elle fait.}}
      - {story: re02, chosen: oui, reason: {id: re02-n1, language: fr, words: Beaucoup peuvent essayer.}}
  - level: 2
    by: {fr: groupe d’écriture}
    choices:
      - {story: re01, chosen: oui, reason: {id: re01-n2, language: fr, words: Cela change chaque semaine.}}
      - {story: re02, chosen: non, reason: {id: re02-n2, language: fr, words: Nous avons déjà cette page.}}
"""
HARVEST = """
method: outcome_harvesting
id: effets
title: {fr: Effets}
outcomes:
  - id: ef01
    outcome: {fr: Une table ouvre}
    significance: {fr: Un autre endroit}
    contribution: {fr: Une notice montrée}
    substantiation:
      - by: {fr: une bibliothécaire}
        independent: oui
        agrees: partly
        comment: {id: ef01-c1, language: fr, words: Elle sert.}
  - id: ef02
    outcome: {fr: On vient à deux}
    significance: {fr: On ose entrer}
    contribution: {fr: Les trajets remboursés}
"""
H_FORM = """
method: h_form
id: horaires
title: {fr: Les horaires}
question: {fr: Peut-on venir ?}
scale: {lowest: 0, highest: 10, low: {fr: pas du tout}, high: {fr: tout à fait}}
participants: 12
group_rating: 4
pulls_up:
  - {id: h-haut, language: fr, words: L’ouverture du soir.}
pulls_down:
  - {id: h-bas, language: en, words: It closes before I finish.}
"""
CARD = """
method: community_scorecard
id: carte
title: {fr: L’accueil}
scale: {lowest: 1, highest: 5, low: {fr: à revoir}, high: {fr: très bien}}
absent: {fr: Celles qui ne viennent plus}
indicators:
  - {id: ecoute, label: {fr: Écoute}}
groups:
  - id: jour
    label: {fr: groupe du jour}
    participants: 12
    scores: [{indicator: ecoute, score: 4, reason: {id: ca-j, language: fr, words: On nous écoute.}}]
  - id: soir
    label: {fr: groupe du soir}
    participants: 5
    scores: [{indicator: ecoute, score: 2, reason: {id: ca-s, language: fr, words: On nous presse.}}]
provider:
  label: {fr: l’équipe}
  scores: [{indicator: ecoute, score: 3}]
"""
RIPPLES = """
method: ripple_effects
id: ricochets
title: {fr: Après la notice}
change: {fr: Une notice est écrite}
participants: 10
ripples:
  - {id: ri1, ring: 1, effect: positive, language: fr, words: Je l’ai relue., noticed_by: {fr: une membre}}
  - {id: ri2, ring: 2, effect: negative, language: fr, words: On en demande trop.}
"""


def evaluation(folder: Path, *records: str) -> Evaluation:
    """Write an evaluation that holds these records, and open it."""
    (folder / "recits").mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.yaml").write_text(EVALUATION, encoding="utf-8")
    for number, record in enumerate(records, 1):
        (folder / "recits" / f"{number}.yaml").write_text(record.strip() + "\n", encoding="utf-8")
    return open_evaluation(folder)


def read(folder: Path, *records: str) -> tuple[Stories, Problems]:
    """Read these records; give them with what was told."""
    problems = Problems()
    return read_stories(evaluation(folder, *records), problems), problems
