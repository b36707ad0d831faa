"""Which proposals say the same in other words, in German and English: by what content words they share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import combinations

import simplemma
import snowballstemmer
from stopwordsiso import stopwords

# From this score on two proposals are called similar: three fifths of what the one says is in the other. Between 0.51
# and 0.63 it is all the same on pairs of titles about schools, town halls and clubs (tests/sessions/similar_pairs.py).
THRESHOLD = 0.6
_LEAST_SHARED = 2  # words; one alone is a topic and not a proposal
_LEAST_LETTERS = 4  # of a word that stands inside another: Retoure in Retourenquote
_STOP = frozenset(stopwords(["de", "en"]))
_GERMAN, _ENGLISH = snowballstemmer.stemmer("german"), snowballstemmer.stemmer("english")
_Word = frozenset[str]


def pairs(texts: Mapping[int, tuple[str, str]]) -> dict[tuple[int, int], float]:
    """Of proposals as number → (title, text) those that are similar: (smaller number, larger) → score up to 1."""
    titles = {number: _words(title) for number, (title, _) in texts.items()}
    whole = {number: _words(f"{title} {text}") for number, (title, text) in texts.items()}
    near = _near(set().union(*titles.values(), *whole.values()) if texts else set())
    by_title, by_text = _Weights(titles, near), _Weights(whole, near)
    found = {}
    for one, other in combinations(sorted(texts), 2):
        if not any(near[word] & titles[other] or near[word] & whole[other] for word in whole[one]):
            continue
        score = by_title.nearer(one, other)
        if texts[one][1] and texts[other][1]:
            score = max(score, by_text.farther(one, other))
        if score >= THRESHOLD:
            found[one, other] = round(score, 3)
    return found


class _Weights:
    """The words of all proposals, the rarer the heavier (inverse document frequency, smoothed)."""

    def __init__(self, words: Mapping[int, set[_Word]], near: Mapping[_Word, set[_Word]]) -> None:
        self.words, self.near = words, near
        held = Counter(word for one in words.values() for word in {same for word in one for same in near[word]
                                                                   if same & word})
        self.weight = {word: math.log((1 + len(words)) / (1 + number)) + 1 for word, number in held.items()}

    def nearer(self, one: int, other: int) -> float:
        """How much of the one that shares more is in the other: a short title may say less than a long one."""
        return max(self._share(one, other), self._share(other, one))

    def farther(self, one: int, other: int) -> float:
        """How much of the one that shares less is in the other; long texts share words by chance."""
        return min(self._share(one, other), self._share(other, one))

    def _share(self, one: int, other: int) -> float:
        shared = [word for word in self.words[one] if self.near[word] & self.words[other]]
        if len(shared) < _LEAST_SHARED:
            return 0.0
        total = sum(self.weight.get(word, 1.0) for word in self.words[one])
        return sum(self.weight.get(word, 1.0) for word in shared) / total


def _words(text: str) -> set[_Word]:
    return {_forms(word) for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 1 and word not in _STOP}


@cache
def _forms(word: str) -> _Word:
    """A word as its stem and as the stem of its dictionary form: liest, lesen and gelesen meet in the second."""
    lemma = simplemma.lemmatize(word, lang=("de", "en")).casefold()
    return frozenset(_ENGLISH.stemWord(_GERMAN.stemWord(form)) for form in (word, lemma))


def _near(vocabulary: set[_Word]) -> dict[_Word, set[_Word]]:
    """Word → itself, its other forms, and the compounds that hold it or that it holds."""
    by_form = defaultdict(set)
    for word in vocabulary:
        for form in word:
            by_form[form].add(word)
    near: dict[_Word, set[_Word]] = {word: {other for form in word for other in by_form[form]} for word in vocabulary}
    long = sorted((form for form in by_form if len(form) >= _LEAST_LETTERS), key=len)
    for number, short in enumerate(long):
        for other in long[number + 1:]:
            if short in other:
                for word in by_form[short]:
                    near[word] |= by_form[other]
                for word in by_form[other]:
                    near[word] |= by_form[short]
    return near
