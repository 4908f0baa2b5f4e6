"""Which column of an export is which question of its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from avis.errors import Place, Problems
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.form import Form
from avis.sources.surveys.questiontypes import META_TYPES
from avis.spelling import suggest

Target = tuple[str, str]
"""A question, and the choice that a split column stands for ("" for the question itself)."""

TOOL_COLUMNS = frozenset(
    {
        *(
            "_id",
            "_uuid",
            "_submission_time",
            "__version__",
            "_version_",
            "_version",
            "_index",
            "_parent_index",
        ),
        *("_parent_table_name", "_validation_status", "_notes", "_status", "_submitted_by", "_tags"),
        *("_attachments", "_geolocation", "_xform_id_string", "_bamboo_dataset_id", "formhub/uuid", "uuid"),
        *("meta/instanceID", "meta/instanceName", "meta/rootUuid", "meta/deprecatedID", "meta/audit"),
        *("instanceID", "start", "end", "today", "deviceid", "username", "phonenumber", "simserial"),
        *("subscriberid", "audit", "device_id"),
    }
)
"""Columns that the tool adds to every export."""
_SIDE_COLUMN = re.compile(r"_.+_(?:latitude|longitude|altitude|precision)|.+_URL")
"""What Kobo adds beside a place or a picture; not read, since both can identify somebody."""


@dataclass
class Matched:
    """The columns of a file by what they are; numbers count from 0."""

    questions: dict[str, int] = field(default_factory=dict)
    splits: dict[str, dict[str, int]] = field(default_factory=dict)
    tool: dict[str, int] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    """Columns that nothing in the form explains."""

    @property
    def nothing(self) -> bool:
        """Tell whether no column belongs to the form: another file, or another form."""
        return not self.questions and not self.splits


def match_headers(headers: Sequence[str], form: Form, place: Place, problems: Problems) -> Matched:
    """Match columns by name, by path, then by label in any language; labels that repeat match in order.

    Remarks: SRC-066 a label that several questions share and that cannot be told apart, SRC-077 two columns
    for one question (the first is used).
    """
    exact, labels = _targets(form)
    device = form.questions[form.questions["type"].isin(META_TYPES)].set_index("name")["type"].to_dict()
    matched = Matched()
    times: Counter[str] = Counter(map(tidy, headers))
    seen: Counter[str] = Counter()
    for number, header in enumerate(headers):
        key = tidy(header)
        here = Place(place.file, place.sheet, place.line, number + 1, key)
        if key in exact and exact[key][0] in device:
            matched.tool.setdefault(device[exact[key][0]], number)
        elif key in exact:
            _keep(matched, exact[key], number, here, problems)
        elif key in TOOL_COLUMNS:
            matched.tool.setdefault(key, number)
        elif key in labels:
            targets = labels[key]
            if len(targets) == 1:
                _keep(matched, targets[0], number, here, problems)
            elif len(targets) == times[key]:
                _keep(matched, targets[seen[key]], number, here, problems)
            else:
                problems.warn("SRC-066", here, n=len(targets))
        elif key and not _SIDE_COLUMN.fullmatch(key):
            matched.unknown.append(number)
        seen[key] += 1
    return matched


def _keep(matched: Matched, target: Target, number: int, here: Place, problems: Problems) -> None:
    question, choice = target
    slot = matched.splits.setdefault(question, {}) if choice else matched.questions
    key = choice or question
    if key in slot:
        problems.warn("SRC-077", here, question=question)
    else:
        slot[key] = number


def _targets(form: Form) -> tuple[dict[str, Target], dict[str, list[Target]]]:
    """Give what a header may be: names and paths, which mean one thing; labels, which may mean several."""
    exact: dict[str, Target] = {}
    labels: dict[str, list[Target]] = {}
    asked = form.questions[form.questions["repeat"] == ""]
    for name, path, kind in zip(asked["name"], asked["path"], asked["type"], strict=True):
        spellings = form.spellings.get(name, (name, path))
        codes = _choice_words(form, name) if kind == "select_multiple" else {}
        for spelling in spellings:
            is_name = spelling in (name, path)
            for header, target in [
                (tidy(spelling), (name, "")),
                *((tidy(f"{spelling}/{word}"), (name, code)) for word, code in codes.items()),
            ]:
                if is_name:
                    exact.setdefault(header, target)
                elif target not in labels.setdefault(header, []):
                    labels[header].append(target)
    return exact, labels


def _choice_words(form: Form, question: str) -> dict[str, str]:
    choices = form.admitted(question)
    words = {str(code): str(code) for code in choices["code"]}
    for column in (column for column in choices.columns if column.startswith("label_")):
        for label, code in zip(choices[column], choices["code"], strict=True):
            if label:
                words.setdefault(tidy(label), str(code))
    return words


def report_unknown(
    matched: Matched, headers: Sequence[str], form: Form, place: Place, problems: Problems
) -> None:
    """Say which columns nothing explains (SRC-060), each with the name that comes closest."""
    known = [spelling for spellings in form.spellings.values() for spelling in spellings]
    for number in matched.unknown:
        header = tidy(headers[number])
        here = Place(place.file, place.sheet, place.line, number + 1, header)
        problems.warn("SRC-060", here, **suggest(header, known))
