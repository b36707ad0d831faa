"""A part of a proposed plan: what changes from the plan that stands, and which changes go only together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from camp.errors import N_
from sessions.planner.problem import Breach, Placement, Problem
from sessions.planner.rules import Names, check


@dataclass(frozen=True, slots=True)
class Change:
    """A session that lies elsewhere in the proposed plan, or in one of the two only."""

    session: str
    before: Placement | None
    after: Placement | None


@dataclass(frozen=True, slots=True)
class Along:
    """A session that has to change too, because of another one; `breach` is what it would break where it lies."""

    session: str
    because: str
    breach: Breach


@dataclass(frozen=True, slots=True)
class Part:
    """The plan with some of the changes made. `breaches` is what no further change can mend."""

    placements: tuple[Placement, ...]
    taken: frozenset[str]
    along: tuple[Along, ...]
    breaches: tuple[Breach, ...]


def changes(before: Iterable[Placement], after: Iterable[Placement]) -> tuple[Change, ...]:
    """Return what changes, in the order of the proposed plan; at the end what has no cell there any more."""
    old, new = {row.session: row for row in before}, {row.session: row for row in after}
    return (*(Change(name, old.get(name), row) for name, row in new.items() if old.get(name) != row),
            *(Change(name, row, None) for name, row in old.items() if name not in new))


def part(problem: Problem, before: Iterable[Placement], after: Iterable[Placement], chosen: Iterable[str]) -> Part:
    """Return the plan `before` with the chosen changes towards `after`, and all that has to go along.

    A session goes along when it would break a rule where it lies, most often because a chosen one comes into its cell
    or has its host. The result is valid if nothing stands in `breaches`: with all changes it is `after`.
    """
    old, new = {row.session: row for row in before}, {row.session: row for row in after}
    changed = {change.session for change in changes(old.values(), new.values())}
    taken = set(chosen) & changed
    along: list[Along] = []
    while True:
        rows = _mixed(old, new, taken)
        breaches = check(problem, rows)
        more = {one.session: one for one in _pulled(breaches, changed, taken)}
        if not more:
            return Part(rows, frozenset(taken), tuple(along), breaches)
        along += more.values()
        taken |= set(more)


def told(one: Along, names: Names) -> tuple[str, dict[str, str]]:
    """Return as an English msgid with its values why a session goes along."""
    values = {"session": names.sessions.get(one.session, one.session),
              "other": names.sessions.get(one.because, one.because),
              "host": names.hosts.get(one.breach.host or "", one.breach.host or "")}
    if one.breach.rule == "taken":
        return N_("%(session)s goes along: it lies where %(other)s shall go."), values
    if one.breach.rule == "host_busy":
        return N_("%(session)s goes along: %(host)s holds it and %(other)s, which would run at the same time."), values
    return N_("%(session)s goes along: where it lies it would break a rule."), values


def _mixed(old: dict[str, Placement], new: dict[str, Placement], taken: Collection[str]) -> tuple[Placement, ...]:
    kept = [row for name, row in old.items() if name not in taken]
    return (*kept, *(row for name, row in new.items() if name in taken))


def _pulled(breaches: Iterable[Breach], changed: Collection[str], taken: Collection[str]) -> Iterable[Along]:
    """Yield the sessions which stand in the way and could give it."""
    for breach in breaches:
        for one, other in ((breach.session, breach.other or ""), (breach.other or "", breach.session)):
            if one in changed and one not in taken:
                yield Along(one, other, breach)
