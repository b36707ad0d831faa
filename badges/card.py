"""What stands on a badge, as plain records: the card itself, and a face inside a folded one."""

import unicodedata
from dataclasses import dataclass, replace

_JOINERS = "\u200c\u200d"  # Persian names and emoji need them


@dataclass(frozen=True)
class BadgeCard:
    """One badge: what it shows, in the words to be printed, and the upper-case address in its code.

    `role` is the word of the strip that organisers and moderators have; a `blank` one has lines to write a name on.
    """

    name: str
    family: str
    organisation: str
    kind_label: str
    hashtags: str
    code_url: str
    first_time: bool = False
    no_photo: bool = False
    role: str = ""
    blank: bool = False


@dataclass(frozen=True)
class Inside:
    """A face inside a folded badge: a heading, paragraphs, and perhaps a code with its letters."""

    heading: str
    text: str
    code_url: str = ""


Face = BadgeCard | Inside


def cleaned(face: Face) -> Face:
    """A face whose texts are composed, without control characters and marks that turn the direction of what follows."""
    if isinstance(face, Inside):
        lines = filter(None, map(clean, face.text.split("\n")))
        return replace(face, heading=clean(face.heading), text="\n".join(lines))
    return replace(face, name=clean(face.name), family=clean(face.family), organisation=clean(face.organisation),
                   kind_label=clean(face.kind_label), hashtags=clean(face.hashtags), role=clean(face.role))


def clean(text: str) -> str:
    """A text in one line, composed, without control characters and marks of direction."""
    kinds = ((c, unicodedata.category(c)) for c in unicodedata.normalize("NFC", text))
    kept = (" " if kind == "Cc" else c for c, kind in kinds if kind != "Cf" or c in _JOINERS)
    return " ".join("".join(kept).split())


def words(face: Face) -> str:
    """Every character that a face shows, code and letters aside."""
    if isinstance(face, Inside):
        return face.heading + face.text
    return face.name + face.family + face.organisation + face.kind_label + face.hashtags + face.role


def spoken(code_url: str) -> str:
    """What a helper types when no camera works: the end of the address, in groups of four."""
    code = code_url.rpartition("/")[2]
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
