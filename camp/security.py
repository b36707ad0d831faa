"""What every answer carries: the content security policy, caching rules and their kin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
       "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
       "base-uri 'none'; frame-ancestors 'none'")
_YEAR = 31_536_000  # seconds
View = TypeVar("View", bound=Callable[..., object])


def init_app(app: Flask) -> None:
    """Add the headers to every answer, errors and files included."""
    app.after_request(_headers)


def limit_bodies(app: Flask) -> None:
    """Let the views that say so take larger bodies than the others; stands before whatever reads a body."""
    app.before_request(_limit)


def takes(most: int) -> Callable[[View], View]:
    """Let a view take a body of so many bytes, instead of MAX_CONTENT_LENGTH."""

    def mark(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]
        return view

    return mark


def keeps(view: View) -> View:
    """Let browsers keep what a view answers: another content has another address."""
    view.keeps = True  # type: ignore[attr-defined]
    return view


def bare(view: View) -> View:
    """Let a public view be called without looking up camp and viewer, because open pages ask it every few seconds.

    It finds the camp by `g.slug` and refuses one that is not open; if it gives the same answer to everybody, it says so
    to whoever stands between ("public").
    """
    view.bare = True  # type: ignore[attr-defined]
    return view


def is_bare() -> bool:
    """Whether this request is for such a view."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "bare", False)


def _limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "takes", current_app.config["MAX_CONTENT_LENGTH"])


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if urlsplit(current_app.config["CAMP"].base_url).scheme == "https":
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    if request.endpoint != "static" and not response.cache_control.public:
        response.vary.add("Cookie")
        response.vary.add("Accept-Language")
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "keeps", False) and response.status_code == 200:
            response.headers["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
        elif g.get("viewer") is not None and g.viewer.signed_in or request.path.startswith("/sign-in"):
            response.headers["Cache-Control"] = "no-store"
        # a form's token belongs to one browser: nobody between may hand it to the next without asking
        response.headers.setdefault("Cache-Control", "no-cache")
    elif request.path.startswith("/static/vendor/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
