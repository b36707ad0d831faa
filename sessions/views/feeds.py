"""Calendar feeds: the camp's, a session's, and my own under a secret address."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from camp import access, pages, people
from camp.access import allow
from camp.models import Camp
from sessions import calendars

bp = Blueprint("feeds", __name__)


@bp.get("/<camp>/agenda.ics")
@allow("public")
def camp() -> ResponseReturnValue:
    """The whole agenda with breaks and plenaries."""
    return _answer(calendars.of_camp(access.the_camp(), _host(), _addresses()))


@bp.get("/<camp>/sessions/<guid>.ics")
@allow("public")
def session(guid: str) -> ResponseReturnValue:
    """One session."""
    return _answer(calendars.of_session(access.the_camp(), guid, _host(), _addresses()))


@bp.get("/<camp>/my/<secret>.ics")
@allow("public")
def mine(secret: str) -> ResponseReturnValue:
    """The picks of whoever this secret belongs to; an unknown one leads nowhere, like any wrong address."""
    found = people.by_feed(access.the_camp(), secret)
    if found is None or found.state == "cancelled":
        raise NotFound
    answer = _answer(calendars.of_participant(access.the_camp(), found, _host(), _addresses()))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def days_of(camp: Camp | None, values: dict[str, Any]) -> list[tuple[str, str, bytes]]:
    """The camp's days as a file for mails that say that somebody comes."""
    if camp is None:
        return []
    body = calendars.of_days(camp, _host(), pages.external("public.home", camp=camp.slug))
    return [(f"{camp.slug}.ics", "text/calendar", body)] if body else []


def _answer(body: bytes) -> Response:
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.set_etag(sha256(body).hexdigest()[:32])
    answer.headers["Cache-Control"] = "no-cache"
    answer.make_conditional(request)
    return answer


def _host() -> str:
    host: str = current_app.config["CAMP"].host
    return host


def _addresses() -> calendars.Address:
    """The addresses of sessions, from one that was built: a feed has fifty, and every calendar asks by the hour."""
    stem = pages.external("proposals.show", session_id=0).removesuffix("0")
    return lambda session_id: f"{stem}{session_id}"
