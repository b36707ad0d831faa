"""Who is there and what may they do: every route declares its policy, and this is the only user of the cookies."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import cached_property, partial
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from camp import sign_ins, ways
from camp.camps import by_slug
from camp.db import begin_write, trouble, writing
from camp.errors import N_, NotAllowed, NotFound
from camp.models import Camp, Participant, Person, SignIn
from camp.people import participant_of, roles_of
from camp.security import is_bare

SIGN_IN_COOKIE = "__Host-camp"
BROWSER_COOKIE = "__Host-camp-browser"
LANGUAGE_COOKIE = "camp-language"

# Policies of the team's pages → the roles that meet them.
TEAM = {"helper": {"helper", "moderator", "organiser"}, "moderator": {"moderator", "organiser"},
        "catering": {"catering", "organiser"}, "organiser": {"organiser"}}
# Who may call a route. "door" is a paired phone, which shows its token itself (badges/views/door.py).
POLICIES = ("public", "signed-in", "participant", *TEAM, "administrator", "door")
View = TypeVar("View", bound=Callable[..., object])


def allow(policy: str) -> Callable[[View], View]:
    """Declare who may call a view; stands directly above the function, below its route."""
    if policy not in POLICIES:
        raise ValueError(policy)

    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


class Viewer:
    """Who looks at this page: a person or nobody, and what they are at the camp of the address."""

    def __init__(self, person: Person | None, camp: Camp | None, second_factor: bool = False) -> None:
        self.person, self.camp, self.second_factor = person, camp, second_factor

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.person is not None

    @cached_property
    def participant(self) -> Participant | None:
        """Who the person is at this camp."""
        return participant_of(self.camp, self.person.id) if self.person and self.camp else None

    @cached_property
    def _given(self) -> frozenset[str]:
        return roles_of(self.camp.id, self.person.id) if self.person and self.camp else frozenset()

    @property
    def person_id(self) -> int | None:
        """The id of who is signed in, for the log."""
        return self.person.id if self.person else None

    @property
    def sees_camp(self) -> bool:
        """Whether the camp of the address is there for this viewer: opened, or prepared by them."""
        return self.camp is None or self.camp.opened_at is not None or bool(self._given)

    @property
    def held_back(self) -> bool:
        """Whether the person organises this camp, but lacks the second factor that it demands."""
        demanded = self.camp is not None and self.camp.second_factor_required
        return demanded and not self.second_factor and "organiser" in self._given

    def is_led_to(self, policy: str) -> bool:
        """Whether a route of the policy leads this viewer to set up the second factor first."""
        return policy in TEAM and self.held_back

    @property
    def roles(self) -> frozenset[str]:
        """The person's roles at this camp, without that of an organiser who is held back."""
        return self._given - {"organiser"} if self.held_back else self._given

    @property
    def is_participant(self) -> bool:
        """Whether the person is registered at this camp and has not cancelled."""
        return self.participant is not None and self.participant.state != "cancelled"

    @property
    def name(self) -> str | None:
        """How the page calls the person."""
        if self.person is None:
            return None
        return self.participant.given_name if self.participant else self.person.address.partition("@")[0] or "–"

    def may(self, policy: str) -> bool:
        """Whether this viewer meets a policy at the camp of the address."""
        match policy:
            case "public":
                return True
            case "signed-in":
                return self.signed_in
            case "participant":
                return self.is_participant
            case "administrator":
                return self.person is not None and self.person.administrator
        return bool(self.roles & TEAM.get(policy, set()))


def init_app(app: Flask) -> None:
    """Look at each request: load the camp of the address, the viewer, and refuse who may not."""
    app.url_value_preprocessor(_take_camp)
    app.url_defaults(lambda endpoint, values: _give_camp(app, endpoint, values))
    app.before_request(_guard)
    app.after_request(_note_use)


def viewer() -> Viewer:
    """The viewer of this request."""
    found: Viewer = g.viewer
    return found


def the_camp() -> Camp:
    """The camp of this request's address."""
    found: Camp = g.camp
    return found


def me() -> Participant:
    """The participant who calls a route of the policy *participant*."""
    found = viewer().participant
    assert found is not None
    return found


def _take_camp(endpoint: str | None, values: dict[str, object] | None) -> None:
    g.slug = values.pop("camp", None) if values else None


def _give_camp(app: Flask, endpoint: str, values: dict[str, object]) -> None:
    if g.get("slug") and "camp" not in values and app.url_map.is_endpoint_expecting(endpoint, "camp"):
        values["camp"] = g.slug


def _guard() -> AnyResponse | None:
    g.viewer, g.camp, g.signed = Viewer(None, None), None, None
    if request.endpoint is None or request.endpoint == "static" or is_bare():
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        begin_write()
    look()
    policy = policy_of(request.endpoint)
    if policy == "door" or g.viewer.may(policy):
        return None
    # after signing in: here, or where what was typed waits
    then = request.full_path.rstrip("?") if request.method == "GET" else ways.own_referrer()
    if not g.viewer.signed_in:
        endpoint = "people.second_factor" if g.signed is not None else "people.sign_in"
        return ways.lead(url_for(endpoint, then=then, at=g.slug))
    if g.viewer.is_led_to(policy):
        return ways.lead(url_for("account.second_factor", then=then))
    raise NotAllowed(*_REFUSALS[policy])


def look() -> None:
    """Load the camp of the address and the viewer; a bare view calls it when it needs them after all.

    Raises NotFound where there is no camp for this viewer.
    """
    if g.slug is not None:
        g.camp = by_slug(g.slug) or abort(404)
    token = sign_in_token()
    g.signed = sign_ins.of(token) if token else None
    if g.signed is not None and not g.signed.record.half_open:
        g.viewer = Viewer(g.signed.person, g.camp, g.signed.second_factor)
    else:
        g.viewer = Viewer(None, g.camp)
    if not g.viewer.sees_camp and (g.viewer.signed_in or policy_of(request.endpoint or "") not in TEAM):
        g.camp = None  # neither its name nor its menu
        raise NotFound(*_NOT_YET)


def _note_use(response: Response) -> Response:
    """Note the last use after the answer has gone out: a GET writes nothing, and nobody waits for it."""
    signed: sign_ins.Signed | None = g.get("signed")
    if signed is not None and not signed.record.half_open and signed.use_is_old:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(partial(_write_use, app, signed.record.id))
    return response


def _write_use(app: Flask, sign_in_id: int) -> None:
    with app.app_context():
        try:
            with writing():
                sign_ins.note_use(sign_in_id)
        except OperationalError as error:  # the next request notes it
            logging.getLogger("camp").warning("last use of a sign-in: %s", trouble(error))


_NOT_YET = (N_("Nothing is open at this address yet."), N_("Do you prepare a camp here? Then sign in first."))
_REFUSALS = {
    "participant": (N_("This is for people who are registered at this camp."),
                    N_("Ask the organisers whether you are on their list with this address.")),
    "helper": (N_("This is for the helpers of this camp."), N_("Ask the organisers for the role.")),
    "catering": (N_("This is for whoever cares for the food."), N_("Ask the organisers for the role.")),
    "moderator": (N_("This is for the moderators of this camp."), N_("Ask the organisers for the role.")),
    "organiser": (N_("This is for the organisers of this camp."), N_("Ask one of them for the role.")),
    "administrator": (N_("This is for the people who run this installation."), N_("Ask them for a new camp.")),
}


def policy_of(endpoint: str) -> str:
    """The policy of an endpoint; a route without one is a mistake that no request may pass."""
    policy: str | None = getattr(current_app.view_functions[endpoint], "policy", None)
    if policy is None:
        raise RuntimeError(f"the route {endpoint} declares no policy")
    return policy


def sign_in_token() -> str | None:
    """The token of a sign-in that this browser carries; whether it opens anything is another question."""
    return request.cookies.get(SIGN_IN_COOKIE)


def browser_secret() -> str | None:
    """The secret of the browser that asked for a sign-in link."""
    return request.cookies.get(BROWSER_COOKIE)


def set_browser(response: Response) -> str:
    """Give the browser its secret, if it has none; gives the secret."""
    secret = browser_secret() or secrets.token_urlsafe(24)
    _set(response, BROWSER_COOKIE, secret, days=1)
    return secret


def half_open() -> SignIn | None:
    """The sign-in of this browser that waits for its second factor."""
    signed: sign_ins.Signed | None = g.signed
    return signed.record if signed is not None and signed.record.half_open else None


def this_sign_in() -> SignIn:
    """The sign-in by which a route of the policy *signed-in* was called."""
    signed: sign_ins.Signed = g.signed
    return signed.record


def sign_in(response: AnyResponse, token: str) -> None:
    """Let the browser carry a sign-in; the one it carried before ends."""
    before = sign_in_token()
    if before:
        sign_ins.leave(before)
    _set(response, SIGN_IN_COOKIE, token, days=sign_ins.AGE.days)
    response.delete_cookie(BROWSER_COOKIE, secure=True, httponly=True, samesite="Lax")


def renew(response: AnyResponse) -> None:
    """Give this browser a new sign-in and end all others of its person: what the person may do has changed."""
    person_id = this_sign_in().person_id
    sign_ins.end_all(person_id)
    _set(response, SIGN_IN_COOKIE, sign_ins.start(person_id), days=sign_ins.AGE.days)


def sign_out(response: AnyResponse) -> None:
    """End the sign-in of this browser, here and in the database."""
    token = sign_in_token()
    if token:
        sign_ins.leave(token)
    response.delete_cookie(SIGN_IN_COOKIE, secure=True, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'


def _set(response: AnyResponse, name: str, value: str, days: int) -> None:
    response.set_cookie(name, value, max_age=days * 86400, secure=True, httponly=True, samesite="Lax", path="/")
