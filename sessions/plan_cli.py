"""Commands on plans that exist, in files or of a camp: compare two, prove how good one is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, USAGE, Exit, camp_of, example, say
from sessions.plan_files import FILE, TARGET, sentences, write
from sessions.plan_source import CAMP, Source, source

if TYPE_CHECKING:  # the planner loads when a command needs it, the database only for --camp
    from sessions.planner.bound import Proof
    from sessions.planner.problem import Placement


@click.command(epilog=example("camp plan compare problem.json today.json new.json"))
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE PLAN] [PLAN]")
@CAMP
@click.pass_obj
def compare(folder: Path, files: tuple[Path, ...], slug: str | None) -> None:
    """Say what changes from the first PLAN to the second: wishes, seats, people who gain and lose, sessions that move.

    Of a camp: from the agenda that is out to its plan, or from its plan to PLAN. Ends with 1 if the second breaks a
    rule (camp plan check names it), with 2 if a file cannot be read, with 3 if no agenda is out.
    """
    if slug is None and len(files) != 3:
        raise Exit(USAGE, "Name FILE and two PLANs, or --camp SLUG.")
    if slug is not None and len(files) > 1:
        raise Exit(USAGE, "Beside --camp name one PLAN at most.")
    problem, plans = (files[0], files[1:]) if slug is None else (None, files)
    with source(folder, slug, problem, plans) as found:
        _tell_apart(found, slug, files)


@click.command(epilog=example("camp plan prove problem.json plan.json --seconds 60"))
@click.argument("file", required=False, type=FILE)
@click.argument("plan_file", required=False, type=FILE, metavar="[PLAN]")
@CAMP
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=60, show_default=True,
              help="So long at most; a quarter of it, at most 12 seconds, goes into a plan to begin with.")
@click.option("--seed", type=int, default=1, show_default=True, help="Begins the chain of random numbers.")
@click.option("-o", "--output", type=TARGET, metavar="FILE", help="Where to write the plan of which it is proven.")
@click.pass_obj
def prove(folder: Path, file: Path | None, plan_file: Path | None, slug: str | None, seconds: float, seed: int,
          output: Path | None) -> None:
    """Say how far the plan PLAN, or one made now, is from the best possible one, as far as that can be proven.

    The bound falls while you wait; Ctrl-C ends it with what is proven so far. The first proof on a machine takes some
    seconds more, in which parts are compiled. Of a camp its plan is taken, and what is proven stands on its page too.

    Ends with 1 if PLAN breaks a rule or the extra is missing (pip install "barcamp-toolkit[proof]"), with 2 if a file
    cannot be read, with 3 if no plan is possible.
    """
    with source(folder, slug, file, [plan_file] if plan_file else ()) as found:
        if slug is not None and not found.plans[0]:
            raise Exit(NOTHING, f"The plan is empty. Make one with: camp plan solve --camp {slug}")
        proof = _proven(found, seconds, seed)
        if slug is not None:
            _keep(slug, found, proof)
    from sessions.planner.bound import told

    msgid, values = told(proof)
    click.echo(msgid % values)
    if output is not None:
        from sessions.planner.files import write_plan

        write(output, write_plan(proof.plan.placements).encode())


def _tell_apart(found: Source, slug: str | None, files: Sequence[Path]) -> None:
    from sessions.planner import check
    from sessions.planner import compare as difference
    from sessions.planner.diff import told

    old, new = found.plans if len(found.plans) == 2 else (_agenda(slug or "", found), found.plans[0])
    for msgid, values in told(difference(found.problem, old, new), found.names):
        click.echo(msgid % values)
    breaches = check(found.problem, new)
    if breaches:
        which = str(files[-1]) if files else "The plan"
        whole = f" See all with: camp plan check {f'--camp {slug}' if not files else f'{files[0]} {files[-1]}'}"
        raise Exit(FAILED, f"{which} breaks a rule: {sentences(breaches, found.names)[0]}"
                   + ("" if slug and files else whole))


def _agenda(slug: str, found: Source) -> tuple[Placement, ...]:
    """The agenda that is out, as a plan. Raises Exit(3)."""
    from sessions import agenda
    from sessions.plan_names import as_plan

    assert found.standing is not None
    out = agenda.current(camp_of(slug))
    if out is None:
        raise Exit(NOTHING, f"No agenda is out yet. Publish the plan with: camp publish --camp {slug}")
    return as_plan(out, found.standing)


def _proven(found: Source, seconds: float, seed: int) -> Proof:
    """The proof as far as it came; each step is said. Raises Exit."""
    from sessions.planner import NoPlan, NoProof
    from sessions.planner import prove as search

    given = found.plans[0] if found.plans else None
    heard: list[Proof] = []

    def hear(proof: Proof) -> None:
        heard.append(proof)
        say(f"{proof.plan.figures.score:.2f} of at most {proof.bound:.2f}: {proof.percent} %")

    try:
        search(found.problem, given, deadline=time.monotonic() + seconds, seed=seed, progress=hear)
    except NoProof as error:
        raise Exit(FAILED, str(error)) from error
    except NoPlan as error:
        code = NOTHING if given is None else FAILED
        raise Exit(code, " ".join(sentences(error.breaches, found.names))) from error
    except KeyboardInterrupt:
        if not heard:
            raise
    return heard[-1]


def _keep(slug: str, found: Source, proof: Proof) -> None:
    from camp.db import writing
    from sessions import proofs

    assert found.standing is not None
    with writing():
        proofs.keep(camp_of(slug).id, proofs.mark_of(found.standing), proof.bound, proof.closer)
