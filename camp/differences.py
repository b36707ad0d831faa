"""In which words two versions of a text differ, for whoever has to put them together."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")
_AROUND = 60  # characters of what is the same that stay beside a difference
_MOST = 4000  # words; beyond, lines are compared

Part = tuple[str, str]  # 'same', 'theirs' or 'mine', and the text


def between(theirs: str, mine: str) -> list[Part]:
    """The stretches of two texts in order; long stretches that are the same are cut in their middle."""
    one, other = _pieces(theirs, mine)
    found: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", _short("".join(one[a:b]))))
            continue
        found += [(kind, text) for kind, text in (("theirs", "".join(one[a:b])), ("mine", "".join(other[c:d]))) if text]
    return found


def _pieces(theirs: str, mine: str) -> tuple[list[str], list[str]]:
    words = _WORD.findall(theirs), _WORD.findall(mine)
    if sum(map(len, words)) <= _MOST:
        return words
    return theirs.splitlines(keepends=True), mine.splitlines(keepends=True)


def _short(text: str) -> str:
    return text if len(text) <= 2 * _AROUND + 3 else f"{text[:_AROUND]} … {text[-_AROUND:]}"
