"""In which words two versions of a text differ, for whoever has to put them together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from os.path import commonprefix

_WORD = re.compile(r"\s+|[^\s]+")
_AROUND = 60  # characters of what is the same that stay beside a difference
_MOST = 1500  # words and blanks; of more than that what differs is shown as a whole, because comparing takes the square

Part = tuple[str, str]  # 'same', 'theirs' or 'mine', and the text


def between(theirs: str, mine: str) -> list[Part]:
    """The stretches of two texts in order; long stretches that are the same are cut in their middle."""
    one, other = _WORD.findall(theirs), _WORD.findall(mine)
    head = len(commonprefix([one, other]))
    tail = len(commonprefix([one[head:][::-1], other[head:][::-1]]))
    middle = _middle(one[head:len(one) - tail], other[head:len(other) - tail])
    whole = [("same", "".join(one[:head])), *middle, ("same", "".join(one[len(one) - tail:]))]
    return [(kind, _short(text) if kind == "same" else text) for kind, text in whole if text]


def _middle(one: Sequence[str], other: Sequence[str]) -> list[Part]:
    if len(one) + len(other) > _MOST:
        return [("theirs", "".join(one)), ("mine", "".join(other))]
    found: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(one[a:b])))
        else:
            found += [("theirs", "".join(one[a:b])), ("mine", "".join(other[c:d]))]
    return found


def _short(text: str) -> str:
    return text if len(text) <= 2 * _AROUND + 3 else f"{text[:_AROUND]} … {text[-_AROUND:]}"
