"""A-28 and A-17: what every answer carries; written from the checks, not from the code."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from tests.safety.calls import Call
from tests.safety.table import STRANGERS

DIRECTIVES = {"default-src", "script-src", "style-src", "img-src", "connect-src", "font-src", "form-action", "base-uri", "frame-ancestors"}


def faults(answer: TestResponse) -> list[str]:
    """What the headers of an answer lack."""
    headers, kind = answer.headers, answer.headers.get("Content-Type", "")
    wanted = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin"}
    found = [name for name, value in wanted.items() if headers.get(name) != value]
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer", "strict-origin"):
        found.append("Referrer-Policy")
    if not re.fullmatch(r"max-age=\d{7,}(; includeSubDomains)?", headers.get("Strict-Transport-Security", "")):
        found.append("Strict-Transport-Security")
    if (kind.startswith("text/") or "svg" in kind) and "charset=utf-8" not in kind.lower():
        found.append(f"charset: {kind}")
    if answer.data and not kind:
        found.append("Content-Type")
    found += [name for name in ("Server", "X-Powered-By") if "python" in headers.get(name, "").lower()]
    return found + _policy_faults(headers.getlist("Content-Security-Policy"), answer.request.path)


def _policy_faults(policies: list[str], path: str) -> list[str]:
    if len(policies) != 1:
        return [f"{len(policies)} policies"]
    rules = {name: set(sources) for name, *sources in (part.split() for part in policies[0].split(";") if part.strip())}
    found = sorted(DIRECTIVES - rules.keys())
    found += [f"{name} {source}" for name, sources in rules.items() for source in sources
              if source in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:") or "//" in source]
    if "'wasm-unsafe-eval'" in rules.get("script-src", ()) and not path.endswith(".js"):
        found.append("wasm-unsafe-eval on a page")
    exact = {"default-src": {"'none'"}, "base-uri": {"'none'"}, "frame-ancestors": {"'none'"}, "form-action": {"'self'"}}
    return found + [name for name, sources in exact.items() if rules.get(name) != sources]


def kept(answer: TestResponse, call: Call, actor: str) -> list[str]:
    """How somebody between could keep what one person gets: signed-in answers are not stored; public ones depend on the cookie and are asked about again."""
    if call.rule.endpoint in ("static", "live.changes", "pictures.show"):  # which hold nothing about anybody
        return []
    control, varies = answer.headers.get("Cache-Control", ""), {name.lower() for name in answer.vary}
    signed_in = actor not in STRANGERS or actor == call.route.policy == "door" and call.rule.endpoint.startswith("doors.")
    found = [] if "no-store" in control or "no-cache" in control and not signed_in else [f"Cache-Control: {control}"]
    return found + ["public"] * ("public" in control) + ["Vary"] * ("cookie" not in varies)
