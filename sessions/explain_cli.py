"""Commands that give reasons: what stands in the way of a plan, and why each session is where it is."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, USAGE, Exit, example, say
from camp.paths import TRANSLATIONS
from sessions.plan_files import FILE, own_names, plan_in, problem_in, sentences

if TYPE_CHECKING:  # the planner loads when a command needs it
    from sessions.planner.problem import Breach, Problem
    from sessions.planner.rules import Names


@click.command(epilog=example("camp plan explain problem.json plan.json s4 s17 --language de"))
@click.argument("file", type=FILE)
@click.argument("plan_file", type=FILE, metavar="PLAN")
@click.argument("wanted", nargs=-1, metavar="[SESSION]...")
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True, help="In which language.")
def explain(file: Path, plan_file: Path, wanted: tuple[str, ...], language: str) -> None:
    """Say in one sentence each why the sessions of PLAN are where they are, or have no cell (all, or those named).

    Each sentence rests on the rules and on the score: who is expected, how many seats there are, and what the best
    exchange with another session would cost. Ends with 1 if the plan breaks a rule of the problem FILE.
    """
    problem, placements = problem_in(file), plan_in(plan_file)
    from sessions.planner import check
    from sessions.planner.why import told, why

    names = own_names(problem)
    unknown = sorted(set(wanted) - {session.id for session in problem.sessions})
    if unknown:
        raise Exit(USAGE, f"There is no session {unknown[0]}; write an id of the file.")
    breaches = check(problem, placements)
    if breaches:
        raise Exit(FAILED, "This plan breaks rules; look at them first. " + " ".join(sentences(breaches, names)))
    for one in why(problem, placements, wanted):
        click.echo(_translated(*told(one, names), language))


def foretell(problem: Problem, names: Names) -> None:
    """Say what stands in the way of a plan, each with a remedy. Raises Exit(3) if none is possible."""
    from sessions.planner.foresee import contradictions, shortages

    blocking = contradictions(problem)
    for sentence in [*advised(blocking, names), *advised(shortages(problem), names)]:
        click.echo(sentence)
    if blocking:
        raise Exit(NOTHING, "No plan is possible.")
    say("A plan is possible.")


def advised(breaches: Iterable[Breach], names: Names) -> list[str]:
    """Each contradiction or shortage as an English sentence with its remedy."""
    from sessions.planner.foresee import advice, once

    return [msgid % values for msgid, values in (advice(breach, names) for breach in once(breaches))]


def _translated(msgid: str, values: Mapping[str, object], language: str) -> str:
    return gettext.translation("messages", TRANSLATIONS, [language]).gettext(msgid) % values
