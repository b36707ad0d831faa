"""Ways from page to page: none that somebody has written into an address leads off this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse


def lead(way: str) -> AnyResponse:
    """Lead to another page, also from within a part of one."""
    if request.headers.get("HX-Request"):  # a part of a page cannot hold another page
        return Response(headers={"HX-Redirect": way})
    return redirect(way, 303)


def own_referrer() -> str | None:
    """The path of the page this request came from, if it is one of ours."""
    source = urlsplit(request.referrer or "")
    if source.netloc != request.host or not source.path.startswith("/") or source.path.startswith("//"):
        return None
    return source.path + (f"?{source.query}" if source.query else "")


def own_path(wish: str | None, otherwise: str) -> str:
    """A path on this site to go on to, or the other one: no host, no backslash, no control characters."""
    if not wish or not wish.startswith("/") or wish[1:2] in ("/", "\\") or "\\" in wish:
        return otherwise
    if any(ord(character) < 33 or ord(character) == 127 for character in wish):
        return otherwise
    return wish if urlsplit(wish).netloc == "" else otherwise
