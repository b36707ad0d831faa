"""The application: the only module that knows all three packages."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, flash, redirect, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

import badges.views
import camp.views
import sessions.views
from camp import access, i18n, pages, security, ways
from camp.asked import Request
from camp.config import Config, is_loopback, refuse_unsafe
from camp.db import LARGEST_ID, db, engine_options, trouble
from camp.errors import N_, CampError
from camp.paths import STATIC, TEMPLATES

_csrf = CSRFProtect()


def create_app(config: Config) -> Flask:
    """The application of one installation. Makes no schema and opens no connection."""
    refuse_unsafe(config)
    app = Flask("camp", static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config.update(
        CAMP=config, SECRET_KEY=config.secret_key, SQLALCHEMY_DATABASE_URI=config.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database), MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=500_000, MAX_FORM_PARTS=50, SESSION_COOKIE_NAME="__Host-camp-form",
        SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=_hosts(config), DEBUG=config.development, WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False, SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.url_map.converters["int"] = RowNumber
    app.request_class = Request
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    i18n.init_app(app)
    security.limit_bodies(app)
    access.init_app(app)
    _csrf.init_app(app)
    security.init_app(app)
    pages.init_app(app)
    camp.views.init_app(app)
    sessions.views.init_app(app)
    badges.views.init_app(app, _csrf)
    _answer_errors(app)
    return app


class RowNumber(IntegerConverter):
    """A number in an address that can be a row's: one that no database holds leads nowhere, like a wrong one."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def _hosts(config: Config) -> list[str]:
    """The host names that requests may carry: that of the settings, and this machine's own while it is only that."""
    host = urlsplit(config.base_url).hostname or ""
    return ["127.0.0.1", "localhost"] if is_loopback(host) else [host]


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(CampError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _damaged)
    for overtaken in (IntegrityError, ObjectDeletedError, StaleDataError):
        app.register_error_handler(overtaken, _overtaken)
    app.register_error_handler(Exception, _mistake)


def _page(code: int, text: str, hint: str, number: str = "", title: str = "") -> tuple[str, int]:
    db.session.rollback()
    title = title or _TITLES.get(code, N_("That did not work"))
    page = render_template("errors/error.html", code=code, title=gettext(title), text=text, hint=hint, number=number)
    return page, code


def _refused(error: CampError) -> Any:
    text, hint = i18n.told(error)
    back = ways.own_referrer()
    if request.method == "POST" and error.status == 409 and back:
        db.session.rollback()
        flash(f"{text} {hint}".strip(), "bad")
        return redirect(back, 303)
    return _page(error.status, text, hint, title=N_("This does not go now") if error.status == 409 else "")


def _stale_form(error: CSRFError) -> tuple[str, int]:
    return _page(400, gettext("This form was open for too long, or cookies are off."),
                 gettext("Go back, load the page again and send the form once more; what you typed is still there."))


def _foreign_host(error: SecurityError) -> Response:
    # no page: none of its links could be made for a host that is not ours
    text = "This host name is not served here. Open the address that the organisers gave you."
    return Response(text, 400, content_type="text/plain; charset=utf-8")


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    text, hint = _SENTENCES.get(error.code, _SENTENCES[500])
    answer = _page(error.code, gettext(text), gettext(hint))
    response = Response(answer[0], error.code, content_type="text/html; charset=utf-8")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _busy(error: OperationalError) -> tuple[str, int, dict[str, str]]:
    logging.getLogger("camp").warning("database: %s", trouble(error))
    page, code = _page(503, *map(gettext, _SENTENCES[503]))
    return page, code, {"Retry-After": "5"}


def _damaged(error: DataError) -> tuple[str, int]:
    """A value that no column holds, such as a number of twenty digits in a form."""
    logging.getLogger("camp").warning("value: %s", trouble(error))
    return _page(400, *map(gettext, _SENTENCES[400]))


def _overtaken(error: IntegrityError | ObjectDeletedError | StaleDataError) -> tuple[str, int]:
    """Somebody else was faster: the same key is there, or the row is gone."""
    why = trouble(error) if isinstance(error, IntegrityError) else type(error).__name__
    logging.getLogger("camp").warning("constraint: %s", why)
    return _page(409, *map(gettext, _SENTENCES[409]))


def _mistake(error: Exception) -> tuple[str, int]:
    number = secrets.token_hex(2).upper()
    logging.getLogger("camp").exception("mistake %s at %s", number, request.endpoint)
    text, hint = map(gettext, _SENTENCES[500])
    return _page(500, text, hint, number)


_TITLES = {
    400: N_("We could not read this"), 403: N_("This is not for you"), 404: N_("There is nothing here"),
    405: N_("This does not work that way"), 409: N_("Somebody was faster"), 413: N_("This is too large"),
    422: N_("Something is missing"), 429: N_("Too many tries"), 500: N_("Our mistake"), 503: N_("One moment"),
}
_SENTENCES = {
    400: (N_("The request is damaged."), N_("Go back, load the page again and try once more.")),
    403: (N_("You may not see this page."), N_("Ask the organisers of the camp.")),
    404: (N_("This address leads nowhere."), N_("Check it, or start again from the camp's first page.")),
    405: (N_("This address answers other questions."), N_("Go back and use the button on the page.")),
    409: (N_("In the meantime somebody changed the same thing."),
          N_("Load the page again: you then see the new state.")),
    413: (N_("What you sent is too large."), N_(
        "At most 1 MB goes through here; a list of people may have 3 MB, a picture 10 MB.")),
    500: (N_("Something went wrong on our side; nothing was saved half."),
          N_("Try it again in a minute, or show the organisers the number.")),
    503: (N_("The database is busy."), N_("Try it again in a few seconds; nothing was lost.")),
}
