"""`camp sign-in`: a sign-in link on the operator's own terminal, for somebody whose mail or second factor is lost."""

from __future__ import annotations

from pathlib import Path

import click

from camp.commands.context import FAILED, Exit, application, example, say


@click.command("sign-in", epilog=example("camp sign-in mai@example.org --forget-second-factor"))
@click.argument("address")
@click.option("--forget-second-factor", is_flag=True,
              help="Switch the person's second factor off and end all their sign-ins.")
@click.pass_obj
def sign_in(folder: Path, address: str, forget_second_factor: bool) -> None:
    """Print a link that signs the person of ADDRESS in, in any browser, once, within 15 minutes."""
    with application(folder):
        from camp import pages, people, second_factor, sign_ins, signing_in
        from camp.db import db, writing
        wanted = people.normal_address(address)
        with writing():
            person = people.by_address(wanted)
            if person is None:
                raise Exit(FAILED, f"Nobody is known as {wanted}. Who is new comes by: camp load, camp init --email")
            if forget_second_factor:
                second_factor.forget(person.id)
                sign_ins.end_all(person.id)
            guarded = second_factor.has(person.id)
            link = pages.external("people.link", token=signing_in.operator_link(person, "/"))
        db.session.rollback()
        click.echo(link)
        say(f"This link signs {wanted} in, once, within 15 minutes."
            + (" Their second factor is asked for after it." if guarded else ""))
