"""The camp book: everything a camp leaves, gathered as plain records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import func, select

from camp import pictures, venue
from camp.db import db
from camp.models import KINDS, Camp, Participant
from sessions import outcomes, projects, timetable
from sessions.models import Entry, Project, Session, Vote

FEWEST = 3  # people from one town; smaller towns are summed up, so that nobody stands there alone


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums only: nobody's vote and nobody's absence can be read from them. Kinds and towns are those of `people`."""

    admitted: int
    arrived: int
    kinds: tuple[tuple[str, int], ...]
    towns: tuple[tuple[str, int], ...]
    other_towns: int
    sessions: int
    documented: int
    votes: int

    @property
    def people(self) -> int:
        """How many took part: who came through the door, or, before anybody did, who has a place."""
        return self.arrived or self.admitted


@dataclass(frozen=True, slots=True)
class Where:
    """Where and when a session was held, as the agenda says."""

    date: date
    starts: time
    ends: time
    letter: str
    room: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A session in the book; `hosts` are names with organisation, `where` is None without a cell."""

    session_id: int
    title: str
    tag: str
    description: str
    hosts: tuple[tuple[str, str], ...]
    where: Where | None
    notes: outcomes.Notes

    @property
    def documented(self) -> bool:
        """Whether anything was written down."""
        return self.notes != outcomes.Notes()


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint project in the book; members are name, organisation and kind."""

    project_id: int
    title: str
    question: str
    next_date: date | None
    session_id: int
    session_title: str
    members: tuple[tuple[str, str, str], ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The grid of the camp: room letters, slots as (day, start), and the cells that were filled."""

    rooms: tuple[str, ...]
    slots: tuple[tuple[date, time], ...]
    filled: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book: title page, figures, sessions by time, sessions without a cell, projects, partners.

    Logos, the camp's and by partner, are addresses that hold the picture itself.
    """

    slug: str
    title: str
    venue: str
    days: tuple[date, ...]
    figures: Figures
    picture: Picture
    leaves: tuple[Leaf, ...]
    loose: tuple[Leaf, ...]
    projects: tuple[Joint, ...]
    partners: tuple[tuple[str, str], ...]
    logo: str = ""
    partner_logos: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read yet: no agenda, no notes, no project."""
        return not (self.leaves or self.projects or any(leaf.documented for leaf in self.loose))


def gather(camp: Camp) -> Book:
    """Everything for the camp book; the number of queries does not grow with the camp."""
    rows = outcomes.rows(camp)
    leaves = [_leaf(row) for row in rows]
    placed = tuple(leaf for leaf in leaves if leaf.where)
    logos = pictures.logos(camp)
    return Book(
        slug=camp.slug, title=camp.title, venue=camp.venue, days=tuple(day.date for day in camp.days),
        figures=_figures(camp, placed),
        picture=_picture(venue.grid(camp), [row.entry for row in rows if row.entry]),
        leaves=placed, loose=tuple(leaf for leaf in leaves if not leaf.where),
        projects=tuple(_joint(project, session) for project, session in projects.all_of(camp)),
        partners=tuple((partner.tier, partner.name) for partner in camp.partners),
        logo=logos.get(camp.picture_id or 0, ""),
        partner_logos={partner.name: logos[partner.picture_id] for partner in camp.partners
                       if partner.picture_id in logos})


def _leaf(row: outcomes.Row) -> Leaf:
    session, entry = row.session, row.entry
    hosts = tuple((host.participant.name, host.participant.organisation) for host in session.hosts)
    if entry is None:
        return Leaf(session.id, session.title, session.tag, session.description, hosts, None,
                    outcomes.notes_of(row.outcome))
    return Leaf(session.id, entry.title, entry.tag, entry.description, hosts, _where(entry),
                outcomes.notes_of(row.outcome))


def _where(entry: Entry) -> Where:
    return Where(entry.date, entry.starts, entry.ends, entry.room_letter, entry.room_name)


def _joint(project: Project, session: Session) -> Joint:
    people = [member.participant for member in project.members]
    members = tuple((person.name, person.organisation, person.kind) for person in people)
    return Joint(project.id, project.title, project.question, project.next_date, session.id, session.title, members,
                 projects.kinds(project))


def _figures(camp: Camp, placed: Sequence[Leaf]) -> Figures:
    people = db.session.execute(select(Participant.kind, Participant.town, Participant.arrived_at.is_not(None)).where(
        Participant.camp_id == camp.id, Participant.state == "admitted")).all()
    votes = db.session.scalar(select(func.count()).select_from(Vote).join(Session, Session.id == Vote.session_id)
                              .where(Session.camp_id == camp.id)) or 0
    arrived = [person for person in people if person[2]]
    there = arrived or people
    kinds = Counter(kind for kind, _, _ in there)
    towns, others = _towns(town for _, town, _ in there if town)
    return Figures(len(people), len(arrived),
                   tuple((kind, kinds[kind]) for kind in KINDS if kinds[kind]), towns, others,
                   len(placed), sum(leaf.documented for leaf in placed), votes)


def _towns(names: Iterable[str]) -> tuple[tuple[tuple[str, int], ...], int]:
    counted = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(pair for pair in counted if pair[1] >= FEWEST), sum(number < FEWEST for _, number in counted)


def _picture(grid: venue.Grid, entries: Iterable[Entry]) -> Picture:
    slots, rooms = grid.session_slots, grid.rooms
    return Picture(tuple(room.letter for room in rooms), tuple((slot.date, slot.starts) for slot in slots),
                   timetable.filled(slots, [room.id for room in rooms], entries))
