"""Who is the same person in two waves: by code, never by likeness.

A code that stands twice in a wave pairs nobody. Codes that resemble one another are proposed to a person,
by their lines and never by themselves, and are not used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from avis.errors import Place, Problem, Problems, problem
from avis.sources.codes import person_code
from avis.sources.surveys.wave import Survey

SHORTEST = 4
"""Characters of a code from which one slip of the finger is worth a word: A1 and A2 are two people."""
MOST = 20
"""Codes that share all but one letter, from which likeness says nothing: they are numbers in a row."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", "_": "", " ": ""})
Keys = Callable[[str], Iterable[str]]
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def codes_of(wave: Survey) -> pd.Series[str]:
    """Give the code of each record as codes are compared (NFKC, trimmed, case-folded); "" for none."""
    numbers, distinct = pd.factorize(wave.records["person"].fillna("").astype("str"))
    codes = pd.Series([person_code(str(code)) for code in distinct], dtype="str")
    return codes.take(numbers).set_axis(wave.records.index)


def once(wave: Survey) -> pd.Series[str]:
    """Give the person codes that stand once in a wave."""
    codes = codes_of(wave)
    return codes[(codes != "") & ~codes.duplicated(keep=False)]


def tell_pairing(before: Survey, after: Survey, problems: Problems) -> None:
    """Say, once for two waves, what a person should look at.

    Remarks: FIN-008 a code that stands twice, by its lines; FIN-030 two codes that resemble one another,
    FIN-031 codes that resemble too many.
    """
    told = [*_repeats(before), *_repeats(after), *_near(before, after)]
    known = set(problems)
    problems.extend(item for item in told if item not in known)


def _places(wave: Survey, codes: pd.Series[str]) -> list[tuple[str, Place]]:
    """Give where each of these records stands, after its code; `codes` has the index of the records."""
    rows = wave.records.loc[codes.index, ["file", "sheet", "row"]]
    columns = (codes, rows["file"], rows["sheet"], rows["row"])
    return [
        (code, Place(str(file), str(sheet), int(row)))
        for code, file, sheet, row in zip(*columns, strict=True)
    ]


def _remark(code: str, place: Place, **facts: str | int) -> Problem:
    item = problem(code, place, **facts)
    return Problem(item.code, item.place, item.facts, "warning")


def _repeats(wave: Survey) -> Iterator[Problem]:
    codes = codes_of(wave)
    twice = codes[(codes != "") & codes.duplicated(keep=False)]
    for _, place in _places(wave, twice):
        yield _remark("FIN-008", place, n=int(twice.nunique()))


def _near(before: Survey, after: Survey) -> Iterator[Problem]:
    first, last = once(before), once(after)
    every = (set(codes_of(before)), set(codes_of(after)))
    left = first[~first.isin(list(every[1]))]
    right = last[~last.isin(list(every[0]))]
    here, there = dict(_places(after, right)), dict(_places(before, left))
    pairs, crowded = compare_codes(left.tolist(), right.tolist())
    if crowded:
        yield _remark("FIN-031", Place(str(after.records["file"].iloc[0])), n=len(crowded))
    for one, two in pairs:
        yield _remark("FIN-030", here[two], file=there[one].file, line=there[one].line)


def near_pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Pair codes that resemble one another, where each has one counterpart alone.

    First O and 0, I, l and 1, a dash or a zero that is missing; then one letter that is wrong, missing, too
    many, or swapped with its neighbour, in codes of SHORTEST characters and more.

    >>> near_pairs(["P01", "XO7", "AB12"], ["P-1", "X07", "AB21"])
    [('P01', 'P-1'), ('XO7', 'X07'), ('AB12', 'AB21')]
    >>> near_pairs(["AB12"], ["AB13", "AB14"]), near_pairs(["A1"], ["A2"])
    ([], [])
    """
    return compare_codes(left, right)[0]


def compare_codes(left: Sequence[str], right: Sequence[str]) -> tuple[list[tuple[str, str]], set[str]]:
    """Give the pairs of `near_pairs`, and the codes of `left` that have too many look-alikes to be compared.

    Numbers in a row (C0001, C0002…) all resemble one another: such likeness says nothing, and comparing each
    with each would take minutes.
    """
    plain, _ = _sharing(left, right, lambda code: [_plain(code)], most=1)
    alike = _alone(plain)
    taken = {code for pair in alike for code in pair}
    near, crowded = _sharing(_other(left, taken), _other(right, taken), _shortened, most=MOST)
    slips = _alone(
        (one, two) for one, two in near if max(len(one), len(two)) >= SHORTEST and _one_slip(one, two)
    )
    return alike + slips, crowded


def _plain(code: str) -> str:
    return _ZEROS.sub("", code.translate(_ALIKE))


def _other(codes: Sequence[str], taken: set[str]) -> list[str]:
    return [code for code in codes if code not in taken]


def _shortened(code: str) -> Iterable[str]:
    """Give a code, and it without each of its letters: codes one slip apart share one of these."""
    return [code, *dict.fromkeys(code[:at] + code[at + 1 :] for at in range(len(code)))]


def _sharing(
    left: Sequence[str], right: Sequence[str], keys: Keys, most: int
) -> tuple[list[tuple[str, str]], set[str]]:
    """Pair codes that share a key; give apart those of `left` whose key more than `most` codes share."""
    known: dict[str, list[str]] = {}
    times = Counter(key for one in left for key in set(keys(one)))
    for two in right:
        for key in set(keys(two)) & times.keys():
            known.setdefault(key, []).append(two)
    full = {key for key, codes in known.items() if len(codes) > most or times[key] > most}
    pairs: list[tuple[str, str]] = []
    crowded: set[str] = set()
    for one in left:
        own = list(dict.fromkeys(keys(one)))
        if full.intersection(own):
            crowded.add(one)
        else:
            pairs += [(one, two) for two in dict.fromkeys(two for key in own for two in known.get(key, ()))]
    return pairs, crowded


def _alone(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found = list(pairs)
    firsts, seconds = Counter(one for one, _ in found), Counter(two for _, two in found)
    return [(one, two) for one, two in found if firsts[one] == seconds[two] == 1]


def _one_slip(one: str, two: str) -> bool:
    """Tell whether two codes differ by one letter, or by two neighbours that changed places.

    >>> _one_slip("AB12", "AB2"), _one_slip("AB12", "BA12"), _one_slip("AB12", "BA21")
    (True, True, False)
    """
    start = next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    a, b = one[start:], two[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
