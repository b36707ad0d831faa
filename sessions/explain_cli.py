"""Commands that give reasons: what stands in the way of a plan, and why each session is where it is."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, USAGE, Exit, example, say
from camp.paths import TRANSLATIONS
from sessions.plan_files import FILE, sentences
from sessions.plan_source import CAMP, source

if TYPE_CHECKING:  # the planner loads when a command needs it
    from sessions.planner.problem import Breach, Problem
    from sessions.planner.rules import Names


@click.command(epilog=example("camp plan explain problem.json plan.json s4 s17 --language de"))
@click.argument("words", nargs=-1, metavar="[FILE PLAN] [SESSION]...")
@CAMP
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True, help="In which language.")
@click.pass_obj
def explain(folder: Path, words: tuple[str, ...], slug: str | None, language: str) -> None:
    """Say in one sentence each why the sessions of PLAN are where they are, or have no cell (all, or those named).

    Each sentence rests on the rules and on the score: who is expected, how many seats there are, and what the best
    exchange with another session would cost. Ends with 1 if the plan breaks a rule of the problem FILE. Of a camp its
    plan is explained, and sessions are named by the number in their page's address.
    """
    files, wanted = ([FILE.convert(word, None, None) for word in words[:2]], words[2:]) if slug is None else ([], words)
    if slug is None and len(files) < 2:
        raise Exit(USAGE, "Name FILE and PLAN, or --camp SLUG.")
    with source(folder, slug, files[0] if files else None, files[1:]) as found:
        from sessions.planner import check
        from sessions.planner.why import told, why

        named = [found.session(word) for word in wanted]
        breaches = check(found.problem, found.plans[0])
        if breaches:
            raise Exit(FAILED, "This plan breaks rules; look at them first. "
                       + " ".join(sentences(breaches, found.names)))
        for one in why(found.problem, found.plans[0], named):
            click.echo(_translated(*told(one, found.names), language))


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
