"""Forms of the pitch round: the desk, the line, its settings, screens, and a card at the wall."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from camp.forms import EditNumberField, Locked, NumberField, StrictForm, at_most, number, one_line, required
from sessions import audience, rounds, screens
from sessions.desk import BEST, Pitch
from sessions.models import Session
from sessions.proposals import TITLE


class PitchForm(StrictForm):
    """The desk: title, host, hands, cell; who is on the stage and the number of this save travel hidden."""

    title = StringField(_("Title"), [required(), at_most(TITLE)], filters=[one_line])
    host = StringField(_("Host"), [required(), at_most(200)], filters=[one_line])
    hands = NumberField(_("Hands"), [Optional()])
    cell = StringField(_("Cell"), default=BEST)
    theirs: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()  # what somebody else has saved, as in `Locked`
    nonce = HiddenField()
    turn = HiddenField(default="0")
    edit_number = EditNumberField(default=0)

    def pitch(self) -> Pitch:
        """What was typed, for the topic."""
        turn = self.turn.data or ""
        return Pitch(self.nonce.data or "", self.title.data or "", self.host.data or "", self.hands.data,
                     self.cell.data or BEST, int(turn) if turn.isdecimal() and len(turn) < 10 else 0,
                     self.edit_number.data or 0)


class LineForm(StrictForm):
    """Somebody stands in line: with a proposal of the wall, or with a title and a name."""

    session = SelectField(_("Proposal"), coerce=int, validate_choice=False, default=0)
    title = StringField(_("Title"), [at_most(TITLE)], filters=[one_line])
    name = StringField(_("Name"), [at_most(TITLE)], filters=[one_line])

    def offer(self, sessions: list[Session], none: str) -> LineForm:
        """Fill in the proposals to choose from; `none` is what stands there before a choice."""
        self.session.choices = [(0, none), *((one.id, one.title) for one in sessions)]
        return self


class RoundForm(Locked, StrictForm):
    """How long a pitch is, and how many come of a hundred hands."""

    seconds = number(_("Seconds of a pitch"), rounds.LEAST_SECONDS, rounds.MOST_SECONDS)
    percent = number(_("People who come of a hundred hands"), audience.LEAST, audience.MOST)


class ScreenForm(StrictForm):
    """A new screen."""

    name = StringField(_("Where it stands"), [required(), at_most(screens.NAME)], filters=[one_line])
    kind = SelectField(_("What it is"))

    def offer(self) -> ScreenForm:
        """Name the kinds."""
        self.kind.choices = [("beamer", gettext("Beamer: shows the round, can do nothing")),
                             ("terminal", gettext("Tablet: people stand in line there"))]
        return self


class CardForm(StrictForm):
    """The only question of a card at the wall: in which cell it hangs."""

    cell = SelectField(_("Cell"), [InputRequired(message=_("Choose a cell."))], validate_choice=False)


