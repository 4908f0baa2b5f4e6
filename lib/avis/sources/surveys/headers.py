"""Which column of an export is which question of its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from avis.errors import Place, Problems
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.form import Form
from avis.sources.surveys.questiontypes import META_TYPES, UNREAD_TYPES
from avis.sources.surveys.spelled import Target, separators_in, targets_of, ways_of_headers
from avis.spelling import suggest

_SUBMISSION = ("id", "uuid", "submission_time", "validation_status", "notes", "status", "submitted_by")
TOOL_COLUMNS = frozenset(
    {
        *("_id", "_uuid", "_submission_time", "__version__", "_version_", "_version", "_index"),
        *("_parent_index", "_parent_table_name", "_validation_status", "_notes", "_status", "_submitted_by"),
        *("_tags", "_attachments", "_geolocation", "_xform_id_string", "_bamboo_dataset_id", "uuid"),
        *("formhub/uuid", "meta/instanceID", "meta/instanceName", "meta/rootUuid", "meta/deprecatedID"),
        *("meta/audit", "instanceID", "start", "end", "today", "deviceid", "username", "phonenumber"),
        *("simserial", "subscriberid", "audit", "device_id", "background-audio"),
        *(f"_submission__{name}" for name in _SUBMISSION),
        *("_submission___version__", "_submission__tags"),
    }
)
"""Columns that Kobo adds to every export."""
PRIVATE_COLUMNS = frozenset(
    {
        *("deviceid", "device_id", "username", "user_name", "email", "phonenumber", "phone_number"),
        *("simserial", "sim_serial", "subscriberid", "subscriber_id", "audit", "meta/audit", "meta-audit"),
        *("_submitted_by", "_notes", "_attachments", "_geolocation", "submitterid", "submittername"),
        *("_submission__submitted_by", "_submission__notes", "background-audio"),
        *("meta/instancename", "meta-instancename", "instancename", "start-geopoint", "background-geopoint"),
    }
)
"""Columns, case aside, that say who sent a form, from where or with what: they are never read."""
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
    left_out: list[int] = field(default_factory=list)
    """Columns that are not read, on purpose."""
    ways: Counter[str] = field(default_factory=Counter)
    """How many headers are written as names (CODES), and as labels of each language, and not otherwise."""

    @property
    def nothing(self) -> bool:
        """Tell whether no column belongs to the form: another file, or another form."""
        return not self.questions and not self.splits

    @property
    def names(self) -> set[str]:
        """The questions that have a column."""
        return {*self.questions, *self.splits}

    @property
    def explained(self) -> int:
        """Count the columns of the questions."""
        return len(self.questions) + sum(map(len, self.splits.values()))


def match_headers(
    headers: Sequence[str],
    form: Form,
    place: Place,
    problems: Problems,
    repeat: str = "",
    tool: frozenset[str] = TOOL_COLUMNS,
) -> Matched:
    """Match columns by name, by path, then by label in any language; labels that repeat match in order.

    Only the questions of one repeat are sought ("" for those outside). Remarks: SRC-066 a label that several
    questions share and that cannot be told apart, SRC-077 two columns for one question (the first is used),
    SRC-241 columns of choices that the form does not have.
    """
    keys = [tidy(header) for header in headers]
    match = _Match(form, keys, repeat, tool, place, problems)
    for number, key in enumerate(keys):
        match.take(number, key)
    match.older_choices(keys)
    return match.matched


class _Match:
    """One matching of one header row."""

    def __init__(
        self,
        form: Form,
        keys: Sequence[str],
        repeat: str,
        tool: frozenset[str],
        place: Place,
        problems: Problems,
    ) -> None:
        asked = form.questions[form.questions["repeat"] == repeat]
        self.kinds: dict[str, str] = dict(zip(asked["name"], asked["type"], strict=True))
        self.separators = separators_in(form, self.kinds, keys)
        votes = ways_of_headers(form, self.kinds, keys, self.separators)
        self.exact, self.labels = targets_of(form, self.kinds, repeat, self.separators, votes)
        self.times, self.seen = Counter(keys), Counter[str]()
        self.tool, self.place, self.problems = tool, place, problems
        self.matched = Matched(ways=votes)

    def here(self, number: int, key: str) -> Place:
        return Place(self.place.file, self.place.sheet, self.place.line, number + 1, key)

    def take(self, number: int, key: str) -> None:
        kind = self.kinds.get(self.exact[key][0], "") if key in self.exact else ""
        if kind in META_TYPES:
            self.matched.tool.setdefault(kind, number)
            if kind not in ("start", "end", "today"):
                self.matched.left_out.append(number)
        elif kind in UNREAD_TYPES:
            self.matched.left_out.append(number)
        elif key in self.exact:
            self.keep(self.exact[key], number, key)
        elif key in self.tool:
            self.matched.tool.setdefault(key, number)
            if key.casefold() in PRIVATE_COLUMNS:
                self.matched.left_out.append(number)
        elif key in self.labels:
            self.labelled(number, key)
        elif _SIDE_COLUMN.fullmatch(key) or key.casefold() in PRIVATE_COLUMNS:
            self.matched.left_out.append(number)
        elif key:
            self.matched.unknown.append(number)
        self.seen[key] += 1

    def labelled(self, number: int, key: str) -> None:
        targets = self.labels[key]
        if len(targets) > 1 and len(targets) != self.times[key]:
            self.problems.warn("SRC-066", self.here(number, key), n=len(targets))
            return
        target = targets[0] if len(targets) == 1 else targets[self.seen[key]]
        if self.kinds[target[0]] in UNREAD_TYPES | META_TYPES:
            self.matched.left_out.append(number)
        else:
            self.keep(target, number, key)

    def keep(self, target: Target, number: int, key: str) -> None:
        question, choice = target
        slot = self.matched.splits.setdefault(question, {}) if choice else self.matched.questions
        if (choice or question) in slot:
            self.problems.warn("SRC-077", self.here(number, key), question=question)
        else:
            slot[choice or question] = number

    def older_choices(self, keys: Sequence[str]) -> None:
        """Take columns of choices that stood in another version of the form only: said once a question."""
        older: Counter[str] = Counter()
        for number in list(self.matched.unknown):
            for question, choice in self._as_choice(keys[number]):
                self.matched.splits.setdefault(question, {})[choice] = number
                self.matched.unknown.remove(number)
                older[question] += 1
                break
        for question, n in older.items():
            self.problems.warn("SRC-241", Place(self.place.file, self.place.sheet, field=question), n=n)

    def _as_choice(self, key: str) -> Iterator[Target]:
        for separator in self.separators:
            head, _, tail = key.rpartition(separator)
            exact = self.exact.get(head, ("", ""))
            labels = [exact] if exact[0] else self.labels.get(head, [])
            if len(labels) == 1 and not labels[0][1] and self.kinds.get(labels[0][0]) == "select_multiple":
                yield labels[0][0], tail.strip()


def report_unknown(
    matched: Matched, headers: Sequence[str], form: Form, place: Place, problems: Problems
) -> None:
    """Say which columns nothing explains (SRC-060), each with the name that comes closest."""
    known = [spelling for spellings in form.spellings.values() for spelling in spellings]
    for number in matched.unknown:
        header = tidy(headers[number])
        here = Place(place.file, place.sheet, place.line, number + 1, header)
        problems.warn("SRC-060", here, **suggest(header, known))
