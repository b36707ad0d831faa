"""Commands on plans that exist, in files: mend one on the day, compare two, prove how good one is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, USAGE, Exit, example, say
from sessions.plan_files import FILE, OUTPUT, TARGET, own_names, plan_in, problem_in, sentences, write

if TYPE_CHECKING:  # the planner loads when a command needs it
    from sessions.planner.news import News
    from sessions.planner.problem import Problem
    from sessions.planner.replan import Offer, Replan
    from sessions.planner.rules import Names


@click.command(epilog=example("camp plan replan problem.json plan.json --now t2 --close r1:t4 --take few -o new.json"))
@click.argument("file", type=FILE)
@click.argument("plan_file", type=FILE, metavar="PLAN")
@click.option("--now", metavar="SLOT|TIME", help="The slot that runs, or the time as FILE writes it. What has begun "
              "stays; without it nothing has begun.")
@click.option("--close", "closed", multiple=True, metavar="ROOM[:SLOT]",
              help="This cell is lost, or the room for the rest of the camp. Can be repeated, like the next two.")
@click.option("--late", multiple=True, metavar="HOST:SLOT", help="The host (a speaker) is there from this slot on.")
@click.option("--cancel", "cancelled", multiple=True, metavar="SESSION", help="The session is called off.")
@click.option("--take", type=click.Choice(["stay", "few", "free"]), help="Write the plan of this offer.")
@click.option("--seed", type=int, default=1, show_default=True, help="Begins the chain of random numbers (for free).")
@OUTPUT
def replan(file: Path, plan_file: Path, now: str | None, closed: tuple[str, ...], late: tuple[str, ...],
           cancelled: tuple[str, ...], take: str | None, seed: int, output: Path | None) -> None:
    """Mend the plan PLAN of the problem FILE on the day.

    Gives up to three offers: stay (nobody else moves), few (few moves, a drop only where there is no other way) and
    free (the rest of the day planned anew), each with the wishes it saves, the people it touches, and every move with
    its reason. With --take the offer's plan is written. An offer that would equal the one before is left out.

    Ends with 2 if a file or an id cannot be read, with 3 if the plan is not touched by the news.
    """
    if output is not None and take is None:
        raise Exit(USAGE, "Say which offer to write: --take stay, few or free.")
    problem, placements = problem_in(file), plan_in(plan_file)
    from sessions.planner import NoPlan, ProblemError
    from sessions.planner import replan as search

    names = own_names(problem)
    try:
        found = search(problem, placements, _news(problem, now, closed, late, cancelled), seed=seed)
    except ProblemError as error:
        raise Exit(USAGE, str(error)) from error
    except NoPlan as error:
        raise Exit(NOTHING, "What has begun cannot be planned around. "
                   + " ".join(sentences(error.breaches, names))) from error
    if not found.offers:
        raise Exit(NOTHING, "Nothing in this plan has to change.")
    _tell(found, names, to_stderr=take is not None)
    if take is not None:
        from sessions.planner.files import write_plan

        write(output, write_plan(_chosen(found.offers, take).placements).encode())


@click.command(epilog=example("camp plan compare problem.json today.json new.json"))
@click.argument("file", type=FILE)
@click.argument("before", type=FILE, metavar="PLAN")
@click.argument("after", type=FILE, metavar="PLAN")
def compare(file: Path, before: Path, after: Path) -> None:
    """Say what changes from the first PLAN to the second: wishes, seats, people who gain and lose, sessions that move.

    Ends with 1 if the second breaks a rule (camp plan check names it), with 2 if a file cannot be read.
    """
    problem = problem_in(file)
    old, new = plan_in(before), plan_in(after)
    from sessions.planner import check
    from sessions.planner import compare as difference
    from sessions.planner.diff import told

    for msgid, values in told(difference(problem, old, new), own_names(problem)):
        click.echo(msgid % values)
    breaches = check(problem, new)
    if breaches:
        raise Exit(FAILED, f"{after} breaks a rule: {sentences(breaches, own_names(problem))[0]} "
                   f"See all with: camp plan check {file} {after}")


@click.command(epilog=example("camp plan prove problem.json plan.json --seconds 60"))
@click.argument("file", type=FILE)
@click.argument("plan_file", required=False, type=FILE, metavar="[PLAN]")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=60, show_default=True,
              help="So long at most; a quarter of it, at most 12 seconds, goes into a plan to begin with.")
@click.option("--seed", type=int, default=1, show_default=True, help="Begins the chain of random numbers.")
@click.option("-o", "--output", type=TARGET, metavar="FILE", help="Where to write the plan of which it is proven.")
def prove(file: Path, plan_file: Path | None, seconds: float, seed: int, output: Path | None) -> None:
    """Say how far the plan PLAN, or one made now, is from the best possible one, as far as that can be proven.

    The bound falls while you wait; Ctrl-C ends it with what is proven so far. The first proof on a machine takes some
    seconds more, in which parts are compiled.

    Ends with 1 if PLAN breaks a rule or the extra is missing (pip install "barcamp-toolkit[proof]"), with 2 if a file
    cannot be read, with 3 if no plan is possible.
    """
    problem = problem_in(file)
    given = None if plan_file is None else plan_in(plan_file)
    from sessions.planner import NoPlan, NoProof
    from sessions.planner import prove as search
    from sessions.planner.bound import Proof, told

    heard: list[Proof] = []

    def hear(proof: Proof) -> None:
        heard.append(proof)
        say(f"{proof.plan.figures.score:.2f} of at most {proof.bound:.2f}: {proof.percent} %")

    try:
        search(problem, given, deadline=time.monotonic() + seconds, seed=seed, progress=hear)
    except NoProof as error:
        raise Exit(FAILED, str(error)) from error
    except NoPlan as error:
        code = NOTHING if given is None else FAILED
        raise Exit(code, " ".join(sentences(error.breaches, own_names(problem)))) from error
    except KeyboardInterrupt:
        if not heard:
            raise
    msgid, values = told(heard[-1])
    click.echo(msgid % values)
    if output is not None:
        from sessions.planner.files import write_plan

        write(output, write_plan(heard[-1].plan.placements).encode())


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
