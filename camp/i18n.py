"""Languages: which one a reader gets, and dates, times and refusals in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode

from flask import Flask, Response, g, request
from flask_babel import Babel, format_date, format_decimal, get_locale, gettext
from flask_babel import format_datetime as babel_datetime

from camp import clock
from camp.access import LANGUAGE_COOKIE
from camp.errors import CampError
from camp.paths import TRANSLATIONS

LANGUAGES = ("de", "en")


def init_app(app: Flask) -> None:
    """Choose the language of each request: ?lang=, cookie, the browser's wish, German."""
    Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=language,
          timezone_selector=lambda: g.camp.timezone if g.get("camp") else "Europe/Berlin")
    app.after_request(_keep_choice)
    app.add_template_filter(wall, "clock")
    app.add_template_filter(long_day, "day")
    app.add_template_filter(short_day, "short_day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(format_decimal, "decimal")
    app.add_template_global(filled)


def language() -> str:
    """The language of this request."""
    for wish in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in LANGUAGES:
            return wish
    wishes = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((wish for wish in wishes if wish in LANGUAGES), "de")


def language_url(code: str) -> str:
    """This page in another language."""
    rest = {key: value for key, value in request.args.items() if key != "lang"}
    return f"{request.path}?{urlencode(rest | {'lang': code})}"


def _keep_choice(response: Response) -> Response:
    wish = request.args.get("lang")
    if wish in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, wish, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def wall(value: time | datetime) -> str:
    """A time as people read it: 9:00. Moments are shown in the camp's zone."""
    if isinstance(value, datetime):
        value = clock.local(value, g.camp.timezone if g.get("camp") else "Europe/Berlin").time()
    return f"{value.hour}:{value.minute:02}"


def long_day(value: date | datetime) -> str:
    """A day as people read it: Samstag, 24. April 2027."""
    if isinstance(value, datetime):
        value = clock.local(value, g.camp.timezone if g.get("camp") else "Europe/Berlin").date()
    return format_date(value, "EEEE, d MMMM y" if str(get_locale()) == "en" else "EEEE, d. MMMM y")


def short_day(value: date) -> str:
    """A day where there is little room: 24. Apr."""
    return format_date(value, "d MMM" if str(get_locale()) == "en" else "d. MMM")


def moment(value: datetime) -> str:
    """A moment as people read it, in the camp's zone: 24. Apr., 9:05."""
    return babel_datetime(value, "d MMM, H:mm" if str(get_locale()) == "en" else "d. MMM, H:mm")


def filled(msgid: str, values: Mapping[str, object]) -> str:
    """A text with its values; what is no whole number is written as the language writes it: 0,2 or 0.2."""
    return gettext(msgid, **{name: format_decimal(value) if isinstance(value, float) else value
                             for name, value in values.items()})


def told(error: CampError) -> tuple[str, str]:
    """A refusal in the reader's language: what is wrong, what to do next."""
    text = gettext(error.text, **error.values) if error.values else gettext(error.text)
    if not error.hint:
        return text, ""
    return text, gettext(error.hint, **error.values) if error.values else gettext(error.hint)
