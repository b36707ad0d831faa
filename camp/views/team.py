"""The team of a camp: who has which role, and invitations to a role by mail."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from camp import access, invitations, letters, log, mail_limits, people, signing_in
from camp.access import allow
from camp.db import db
from camp.models import Camp, Invitation, Person
from camp.team_forms import InvitationForm
from camp.views.saving import saved, went_through

bp = Blueprint("team", __name__)
# where each role begins
_FIRST_PAGE = {"organiser": "organise.desk", "moderator": "planning.show", "helper": "roster.show",
               "catering": "exports.catering_sheet"}


def init_app() -> None:
    """Make known what the mail says."""
    letters.register(invitations.TEMPLATE, invitations.told)


@bp.route("/<camp>/organise/team", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """Who has which role, who is invited, and a form to invite one more."""
    camp = access.the_camp()
    form = InvitationForm(language=(camp.languages or ["de"])[0])
    if form.validate_on_submit() and went_through(form, lambda: invitations.invite(
            camp, form.email.data or "", form.role.data, form.language.data, person_id=access.viewer().person_id)):
        return saved("team.index", gettext("The invitation is on its way."))
    return render_template("camp/team.html", form=form, team=invitations.team(camp), labels=invitations.LABELS,
                           waiting=invitations.waiting(camp)), 422 if form.errors else 200


@bp.post("/<camp>/organise/team/invitations/<int:invitation_id>/withdraw")
@allow("organiser")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitations.withdraw(access.the_camp(), invitation_id, person_id=access.viewer().person_id)
    return saved("team.index", gettext("The invitation is withdrawn; its link is of no use any more."))


@bp.post("/<camp>/organise/team/<int:person_id>/take-back")
@allow("organiser")
def take_back(person_id: int) -> ResponseReturnValue:
    """Take a role back; it counts from the next page on."""
    camp, name = access.the_camp(), request.form.get("name", "")
    person = db.session.get(Person, person_id)
    if person is None or name not in people.roles_of(camp.id, person_id):
        raise NotFound
    people.take_role(camp, person, name)
    log.note("role", camp_id=camp.id, person_id=person_id, name=name, wanted=False)
    response = redirect(url_for("team.index"), 303)
    if person_id == access.this_sign_in().person_id:  # all others of the person have ended with the change
        access.renew(response)
    db.session.commit()
    flash(gettext("Saved."), "ok")
    return response


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@allow("public")
def invitation(token: str) -> ResponseReturnValue:
    """The page behind the link of an invitation: one button. Looking at it changes nothing.

    Outside of the camp's address, because a camp that is not open yet shows nothing there to strangers.
    """
    key = current_app.config["CAMP"].secret_key
    if request.method == "POST":
        return _taken(token, key)
    made = invitations.offered(token, key)
    page = make_response(render_template(
        "camp/invitation.html", made=made, at=db.session.get_one(Camp, made.camp_id), labels=invitations.LABELS,
        inviter=invitations.inviter_of(made), mine=_is_mine(made)))
    page.headers["Cache-Control"] = "no-store"
    return page


def _taken(token: str, key: str) -> ResponseReturnValue:
    """The role is given; whoever is signed in with the address goes on, all others get a link to sign in."""
    made = invitations.take(token, key)
    camp, mine = db.session.get_one(Camp, made.camp_id), _is_mine(made)
    way = url_for(_FIRST_PAGE[made.role], camp=camp.slug)
    response: Response = make_response(redirect(way, 303))
    if mine:
        access.renew(response)
        flash(gettext("The role is yours."), "ok")
    else:
        config = current_app.config["CAMP"]
        response = make_response(redirect(url_for("people.wait", at=camp.slug), 303))
        signing_in.ask(made.email, browser=access.set_browser(response), key=key, language=str(get_locale()),
                       then=way, camp_id=camp.id, remote=request.remote_addr,
                       ceilings=mail_limits.Ceilings(config.mails_per_network, config.mails_per_hour))
        flash(gettext("The role is yours. Sign in with the link that has just been mailed to you."), "ok")
    db.session.commit()
    return response


def _is_mine(made: Invitation) -> bool:
    person = access.viewer().person
    return person is not None and person.email == made.email
