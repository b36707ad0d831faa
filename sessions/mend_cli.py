"""The command that mends a plan on the day, of files or of a camp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import NOTHING, USAGE, Exit, camp_of, example, say
from camp.errors import NotFound
from sessions.plan_files import FILE, OUTPUT, sentences, write
from sessions.plan_source import CAMP, Source, source

if TYPE_CHECKING:  # the planner loads when the command needs it, the database only for --camp
    from sessions.planner.news import News
    from sessions.planner.problem import NoPlan, Problem
    from sessions.planner.replan import Offer, Replan
    from sessions.planner.rules import Names


@click.command(epilog=example("camp plan replan problem.json plan.json --now t2 --close r1:t4 --take few -o new.json"))
@click.argument("file", required=False, type=FILE)
@click.argument("plan_file", required=False, type=FILE, metavar="[PLAN]")
@CAMP
@click.option("--now", metavar="SLOT|TIME", help="The slot that runs, or the time as FILE writes it. What has begun "
              "stays; without it nothing has begun. A camp has its own clock.")
@click.option("--close", "closed", multiple=True, metavar="ROOM[:SLOT]",
              help="This cell is lost, or the room for the rest of the camp. Can be repeated, like the next two.")
@click.option("--late", multiple=True, metavar="HOST:SLOT", help="The host (a speaker) is there from this slot on.")
@click.option("--cancel", "cancelled", multiple=True, metavar="SESSION", help="The session is called off.")
@click.option("--take", type=click.Choice(["stay", "few", "free"]), help="Write the plan of this offer.")
@click.option("--seed", type=int, default=1, show_default=True, help="Begins the chain of random numbers (for free).")
@OUTPUT
@click.pass_obj
def replan(folder: Path, file: Path | None, plan_file: Path | None, slug: str | None, now: str | None,
           closed: tuple[str, ...], late: tuple[str, ...], cancelled: tuple[str, ...], take: str | None, seed: int,
           output: Path | None) -> None:
    """Mend the plan PLAN of the problem FILE, or a camp's, on the day.

    Gives up to three offers: stay (nobody else moves), few (few moves, a drop only where there is no other way) and
    free (the rest of the day planned anew), each with the wishes it saves, the people it touches, and every move with
    its reason. With --take the offer's plan is written. An offer that would equal the one before is left out.

    Of a camp rooms go by letter or name, slots by when they begin (10:30, or 2027-04-24T10:30), hosts by name or mail
    address, sessions by the number in their page's address; one of each kind at a time. --take then puts the plan in.

    Ends with 2 if a file or an id cannot be read, with 3 if the plan is not touched by the news.
    """
    if output is not None and take is None:
        raise Exit(USAGE, "Say which offer to write: --take stay, few or free.")
    if slug is not None:
        if now is not None or max(map(len, (closed, late, cancelled))) > 1:
            raise Exit(USAGE, "With --camp it is now, and one thing of each kind is mended at a time.")
        _mend_camp(folder, slug, file, ["".join(one) for one in (closed, late, cancelled)], take, output)
        return
    if file is not None and plan_file is None:
        raise Exit(USAGE, "Name the PLAN too.")
    with source(folder, slug, file, [plan_file] if plan_file else ()) as found:
        offers = _offers(found, (now, closed, late, cancelled), seed)
    _tell(offers, found.names, to_stderr=take is not None)
    if take is not None:
        _write(_chosen(offers.offers, take), output)


def _offers(found: Source, happened: tuple[str | None, Sequence[str], Sequence[str], Sequence[str]],
            seed: int) -> Replan:
    from sessions.planner import NoPlan, ProblemError
    from sessions.planner import replan as search

    try:
        return _some(search(found.problem, found.plans[0], _news(found.problem, *happened), seed=seed))
    except ProblemError as error:
        raise Exit(USAGE, str(error)) from error
    except NoPlan as error:
        raise _stuck(error, found.names) from error


def _mend_camp(folder: Path, slug: str, file: Path | None, happened: list[str], take: str | None,
               output: Path | None) -> None:
    """The same with a camp's plan and clock; the offer that is taken is put in, with the damage that it mends."""
    from camp import clock
    from camp.db import db, writing
    from sessions import mending
    from sessions.plan_names import damage_of
    from sessions.planner import NoPlan

    with source(folder, slug, file) as found:
        camp, standing = camp_of(slug), found.standing
        assert standing is not None
        try:
            damage = damage_of(standing, *happened)
        except NotFound as error:
            raise Exit(USAGE, error.sentence()) from error
        version, timezone = mending.version_of(camp), camp.timezone
        db.session.rollback()
        try:
            offers = _some(mending.offers(standing, damage, clock.now(), timezone))
        except NoPlan as error:
            raise _stuck(error, found.names) from error
        _tell(offers, found.names, to_stderr=take is not None)
        if take is not None:
            chosen = _chosen(offers.offers, take)
            with writing():
                mending.take(camp_of(slug), damage, chosen.kind, version, key=found.key)
            say(f"The plan is mended; publish it with: camp publish --camp {slug}")
            if output is not None:
                _write(chosen, output)


def _some(found: Replan) -> Replan:
    if not found.offers:
        raise Exit(NOTHING, "Nothing in this plan has to change.")
    return found


def _stuck(error: NoPlan, names: Names) -> Exit:
    return Exit(NOTHING, "What has begun cannot be planned around. " + " ".join(sentences(error.breaches, names)))


def _write(offer: Offer, output: Path | None) -> None:
    from sessions.planner.files import write_plan

    write(output, write_plan(offer.placements).encode())


def _news(problem: Problem, now: str | None, closed: Iterable[str], late: Iterable[str],
          cancelled: Iterable[str]) -> News:
    from sessions.planner.news import News, begun_by

    slots = [slot.id for slot in problem.slots]
    begun = begun_by(problem, now) if now is not None else 0
    cells: set[tuple[str, str]] = set()
    for text in closed:
        room, colon, slot = text.rpartition(":") if ":" in text else (text, "", "")
        cells.update((room, one) for one in ([slot] if colon else slots))
    pairs = [text.rpartition(":") for text in late]
    for text, (host, _, slot) in zip(late, pairs, strict=True):
        if not host or not slot:
            raise Exit(USAGE, f"--late {text}: write host and slot with a colon between them, like x1:{slots[-1]}.")
    return News(begun, frozenset(cells), {host: slot for host, _, slot in pairs}, frozenset(cancelled))


def _tell(found: Replan, names: Names, to_stderr: bool) -> None:
    """Say each offer: a heading with its figures, then its moves."""
    from sessions.planner.replan import KINDS, told

    for offer in found.offers:
        click.echo(_heading(offer, KINDS[offer.kind]), err=to_stderr)
        for move in offer.moves:
            click.echo("  " + " ".join(msgid % values for msgid, values in told(move, names)), err=to_stderr)


def _heading(offer: Offer, kind: str) -> str:
    return (f"{offer.kind}: {kind}. Slot moves: {offer.count('slot')}, room moves: {offer.count('room')}, "
            f"dropped: {offer.count('drop')}, new: {offer.count('add')}; wishes saved: {offer.saved}, "
            f"{offer.figures.attendance} of {offer.figures.bound} fit; people touched: {offer.people}.")


def _chosen(offers: tuple[Offer, ...], kind: str) -> Offer:
    """The offer of this kind; one that was left out equals the one before it."""
    order = ["stay", "few", "free"]
    reach = [offer for offer in offers if order.index(offer.kind) <= order.index(kind)]
    if reach[-1].kind != kind:
        say(f"There is no better plan than “{reach[-1].kind}”; that one is taken.")
    return reach[-1]
