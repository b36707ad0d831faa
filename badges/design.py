"""The design of a card: where name, code and marks lie on it, for cards that lie or stand, in mm and points."""

from dataclasses import dataclass, replace

from badges import fit
from badges.draw import CODE_MM

_WHITE = 3.2  # of that on each side, as wide as the modules of version 3 make it
_WIDE, _TALL = (85, 54), (105, 148)  # the cards that both designs were drawn for

ORG_STEPS: fit.Steps = ((9.5, 2), (8.5, 2), (7.5, 3), (6.5, 4), (5.5, 5), (5, 6))
Box = tuple[float, float, float, float]  # left, top, width, height
_LOGO_GAP, _LOGO_MOST = 2.0, 9.0
ROLE_MM = 3.4  # the least height of the strip with the name of a role
TITLE_STEPS: fit.Steps = ((8, 1), (7, 1), (6, 1), (5, 1), (4.2, 2))
TAG_STEPS: fit.Steps = ((8.5, 1), (8, 1), (7.5, 2), (6.5, 2), (5.5, 2), (5, 3), (4, 4))
TALL_TAG_STEPS: fit.Steps = ((13, 4), (11, 5), (9.5, 6), (8, 7), (6.5, 9), (5, 12))
PILL_STEPS: fit.Steps = ((7, 1), (6.5, 1), (6, 1), (5.5, 1), (5, 1), (4, 2))


@dataclass(frozen=True)
class Design:
    """Where things lie on a card, from its upper left corner. `scale`: how much larger the largest sizes are.

    On a card that lies the code is at the right of the name, hashtags, kind and marks stand in one line at the foot; on
    one that `stands` the name has the whole width, and hashtags, kind and marks stand left of the code.
    """

    card: tuple[float, float]
    stands: bool
    scale: float
    edge: float
    strip: tuple[float, float]  # top and height
    title_top: float
    name: tuple[float, float, float]  # top, end, width
    code_at: tuple[float, float]
    tags_end: float
    foot_end: float
    logo: Box | None = None

    @property
    def width(self) -> float:
        """What is between the edges that printers may leave white."""
        return self.card[0] - 2 * self.edge

    @property
    def title_left(self) -> float:
        """Where the title begins: at the edge, or behind the logo."""
        return self.edge + (self.logo[2] + _LOGO_GAP if self.logo else 0)

    @property
    def title_width(self) -> float:
        """The whole width, or that of the name where the white around the code reaches as high as the title."""
        whole = self.width if self.code_at[1] > self.title_top + 3 * self.scale else self.name[2]
        return whole - (self.title_left - self.edge)

    @property
    def letters_line(self) -> float:
        """The base line of the code's letters, below the white modules."""
        return self.code_at[1] + CODE_MM + 2


def of(card: tuple[float, float], logo: tuple[int, int] = (0, 0)) -> Design:
    """The design for a card of this size, with a logo of so many pixels across and down, or none.

    Raises ValueError for cards on which name and code have no room.
    """
    width, height = card
    if width < 78 or height < 50:
        raise ValueError(f"A card of {width:g} x {height:g} mm has no room for a name and a code.")
    design = _standing(width, height) if height > width else _lying(width, height)
    return replace(design, logo=_logo(design, *logo)) if min(logo) > 0 else design


def _logo(design: Design, across: int, down: int) -> Box:
    """The logo's box between strip and name: as high as there is room, but it leaves more than half to the title."""
    top, end = design.strip[0] + max(design.strip[1], ROLE_MM) + 0.4, design.name[0] + 0.2
    height = min(end - top, _LOGO_MOST)
    width = min(height * across / down, 0.4 * design.title_width)
    height = width * down / across
    return design.edge, round((top + end - height) / 2, 2), round(width, 2), round(height, 2)


def _lying(width: float, height: float) -> Design:
    edge = 5.0 if height >= _WIDE[1] else 3.5
    scale = min(width / _WIDE[0], height / _WIDE[1], 1.35) if height >= _WIDE[1] else 1.0
    name_top, name_end = edge + 7.6 + 4 * (scale - 1), height - edge - 7.2 - 4 * (scale - 1)
    code_at = width - edge - CODE_MM + _WHITE - 0.2, round((name_top - 1 + name_end - CODE_MM) / 2, 1)
    return Design((width, height), False, scale, edge, (edge, 2.4 * scale), edge + 4 * scale,
                  (name_top, name_end, code_at[0] - edge - 0.5), code_at, height - edge - 0.8, height - edge)


def _standing(width: float, height: float) -> Design:
    edge, end = 8.0, height - 8.0
    code_at = width - edge - CODE_MM + _WHITE - 0.2, end - CODE_MM - 3
    return Design(card=(width, height), stands=True, scale=1.7, edge=edge, strip=(14.0, 5.0), title_top=21.5,
                  name=(30.0, code_at[1] - 16, width - 2 * edge), code_at=code_at, tags_end=end - 9, foot_end=end)
