"""Commands of the sessions wing: make and check plans, publish, export. What needs Flask loads when it is needed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, USAGE, Exit, application, camp_of, example, say
from sessions.book_cli import book
from sessions.explain_cli import advised, explain, foretell
from sessions.mend_cli import replan
from sessions.plan_cli import compare, prove
from sessions.plan_files import FILE, OUTPUT, WISHES, own_names, plan_in, problem_in, sentences, wanting, write
from sessions.plan_source import CAMP

if TYPE_CHECKING:  # the database loads only for --camp
    from sessions.planner import Plan, Problem
    from sessions.planner.problem import Placement
    from sessions.planner.rules import Names

_THE_CAMP = click.option("--camp", "slug", metavar="SLUG", required=True, help="The camp's short name.")


@click.group(epilog=example("camp plan solve problem.json --seconds 10 -o plan.json"))
@CAMP
@click.pass_context
def plan(context: click.Context, slug: str | None) -> None:
    """Make, check, explain, mend, compare and prove plans, of files or of a camp (--camp, here or further on)."""
    if slug is not None:
        context.default_map = {name: {"slug": slug} for name in plan.commands}


@plan.command(epilog=example("camp plan solve problem.json --seconds 10 --seed 7 -o plan.json"))
@click.argument("file", required=False, type=FILE)
@CAMP
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="Search so long.")
@click.option("--moves", type=click.IntRange(1), help="Search so many moves: the same plan each time.")
@click.option("--seed", type=int, default=1, show_default=True, help="Begins the chain of random numbers.")
@click.option("--want", "wants", multiple=True, type=click.Choice(WISHES), help="What shall count beside the wishes, "
              "in addition to FILE's “wants”; can be repeated.")
@OUTPUT
@click.pass_obj
def solve(folder: Path, file: Path | None, slug: str | None, seconds: float | None, moves: int | None, seed: int,
          wants: tuple[str, ...], output: Path | None) -> None:
    """Solve the problem in FILE, or a camp's: its plan is then put in.

    Ends with 2 if the file cannot be read, with 3 if no plan is possible.
    """
    _one_of(file, slug)
    if seconds and moves:
        raise Exit(USAGE, "Give either --seconds or --moves.")
    if file is not None:
        problem = wanting(problem_in(file), wants)
        write(output, _plan_text(_solved(problem, own_names(problem), seconds, moves, seed)))
    elif slug is not None:
        _solve_camp(folder, slug, seconds, moves, seed, wants, output)


@plan.command(epilog=example("camp plan check problem.json && camp plan check problem.json plan.json"))
@click.argument("file", required=False, type=FILE)
@click.argument("plan_file", required=False, type=FILE, metavar="PLAN")
@CAMP
@click.pass_obj
def check(folder: Path, file: Path | None, plan_file: Path | None, slug: str | None) -> None:
    """Say what breaks a rule in the plan PLAN of the problem FILE, or in a camp's; ends with 1 if something does.

    Without PLAN, say what stands in the way of any plan, with a remedy: ends with 3 if pins, rules and sessions that
    must have a cell leave none. What only leaves sessions without a cell is told as well.
    """
    _one_of(file, slug)
    if file is not None:
        problem = problem_in(file)
        if plan_file is None:
            foretell(problem, own_names(problem))
        else:
            _report(problem, own_names(problem), plan_in(plan_file))
    elif slug is not None:
        from sessions.planner.foresee import shortages
        from sessions.standing import standing_of

        with application(folder) as app:
            standing = standing_of(camp_of(slug), app.config["CAMP"].vote_key)
        if standing.placed:
            for shortage in advised(shortages(standing.problem), standing.names):
                click.echo(shortage)
        else:
            foretell(standing.problem, standing.names)
        _report(standing.problem, standing.names, standing.placed)


@click.command(epilog=example("camp publish --camp ecm27"))
@_THE_CAMP
@click.pass_obj
def publish(folder: Path, slug: str) -> None:
    """Publish the plan as the next version of the agenda; ends with 3 if nothing has changed."""
    with application(folder):
        from camp.db import writing
        from sessions import agenda

        camp = camp_of(slug)
        try:
            with writing():
                number = agenda.publish(camp).number
        except agenda.Unchanged as error:
            raise Exit(NOTHING, error.sentence()) from error
    say(f"Version {number} of the agenda is out.")


@click.group(epilog=example("camp export ics --camp ecm27 -o agenda.ics"))
def export() -> None:
    """Give out what a camp holds, in open formats."""


@export.command("plan-problem", epilog=example("camp export plan-problem --camp ecm27 -o problem.json"))
@_THE_CAMP
@OUTPUT
@click.pass_obj
def plan_problem(folder: Path, slug: str, output: Path | None) -> None:
    """The camp as a planning problem, with ids drawn anew and without names and addresses."""
    with application(folder) as app:
        from sessions import planning

        text = planning.export_problem(camp_of(slug), app.config["CAMP"].vote_key)
    write(output, text.encode())


@export.command("ics", epilog=example("camp export ics --camp ecm27 -o agenda.ics"))
@_THE_CAMP
@OUTPUT
@click.pass_obj
def ics(folder: Path, slug: str, output: Path | None) -> None:
    """The agenda as a calendar, the same bytes as the feed."""
    with application(folder) as app:
        from camp import pages
        from sessions import calendars

        content = calendars.of_camp(camp_of(slug), app.config["CAMP"].host, lambda session_id: pages.external(
            "proposals.show", camp=slug, session_id=session_id))
    write(output, content)


export.add_command(book)
plan.add_command(compare)
plan.add_command(prove)
plan.add_command(replan)
plan.add_command(explain)


def _one_of(file: Path | None, slug: str | None) -> None:
    if (file is None) == (slug is None):
        raise Exit(USAGE, "Name either a FILE or --camp SLUG.")


def _solved(problem: Problem, names: Names, seconds: float | None, moves: int | None, seed: int) -> Plan:
    from sessions.planner import NoPlan
    from sessions.planner import solve as search

    try:
        found = search(problem, seed=seed, moves=moves, deadline=time.monotonic() + seconds if seconds else None)
    except NoPlan as error:
        raise Exit(NOTHING, "No plan is possible. " + " ".join(advised(error.breaches, names))) from error
    figures = found.figures
    say(f"{figures.placed} of {len(problem.sessions)} sessions have a cell; "
        f"{figures.attendance} of {figures.bound} wishes fit.")
    return found


def _solve_camp(folder: Path, slug: str, seconds: float | None, moves: int | None, seed: int,
                wants: tuple[str, ...], output: Path | None) -> None:
    with application(folder) as app:
        from camp.db import db, writing
        from sessions import planning
        from sessions.standing import standing_of

        standing = standing_of(camp_of(slug), app.config["CAMP"].vote_key)
        db.session.rollback()
        found = _solved(wanting(standing.problem, wants), standing.names, seconds, moves, seed)
        with writing():
            planning.apply(camp_of(slug), found.placements)
    say("The plan is put in; publish it with: camp publish --camp " + slug)
    if output is not None:
        write(output, _plan_text(found))


def _plan_text(found: Plan) -> bytes:
    from sessions.planner.files import write_plan

    return write_plan(found.placements).encode()


def _report(problem: Problem, names: Names, placements: Iterable[Placement]) -> None:
    from sessions.planner import check as breaches_of
    from sessions.planner import score_of

    placements = tuple(placements)
    breaches = breaches_of(problem, placements)
    for one in sentences(breaches, names):
        click.echo(one)
    if breaches:
        raise Exit(FAILED, f"{len(breaches)} breaches of the rules.")
    figures = score_of(problem, placements)
    say(f"No rule is broken: {figures.placed} of {len(problem.sessions)} sessions have a cell; "
        f"{figures.attendance} of {figures.bound} wishes fit.")
