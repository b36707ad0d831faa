"""What a phone at the door asks for by script: its list, a place for its events, the page to keep for later."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from badges import arrivals, door, doorlist, drill, events, pairing
from badges.models import Device
from badges.views import phone_texts, told
from camp import access, camps, clock
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.i18n import told as refusal
from camp.models import Camp
from camp.paths import STATIC
from camp.security import CSP

bp = Blueprint("phones", __name__)
COOKIE = "__Secure-camp-door"
_SMALL = 2000  # bytes not worth packing
# What the page needs without network, beside itself.
FILES = (
    "door.css",
    "camp.css",
    "camp.js",
    "favicon.svg",
    "icons.svg",
    "vendor/pico-2.1.1/pico.min.css",
    "vendor/htmx.org-2.0.11/htmx.min.js",
    "vendor/qrcode-generator-2.0.4/qrcode.js",
    "vendor/zxing-wasm-3.1.4/zxing_reader.js",
    "vendor/zxing-wasm-3.1.4/zxing_reader.wasm",
    "vendor/hanken-grotesk-5.3.0/hanken-grotesk-latin-wght-normal.woff2",
    "vendor/bricolage-grotesque-5.3.0/bricolage-grotesque-latin-wght-normal.woff2",
)


@bp.get("/<camp>/door/list")
@allow("door")
def people() -> ResponseReturnValue:
    """The list of this phone, or what differs from the version that it has (`have`); 304 if nothing does."""
    camp, device = access.the_camp(), this_phone()
    refused = _refused(device)
    if device is None or refused:
        return _private(jsonify(verdict=refused)), told.STATUS[refused]
    if device.drill:
        lines = drill.lines(camp, current_app.config["CAMP"].badge_key)
    else:
        lines = [*doorlist.lines(camp, device), *doorlist.codes(camp)]
    found = doorlist.part(lines, request.args.get("have", ""))
    head = {
        "version": found.version,
        "size": found.size,
        "days": [day.date.isoformat() for day in camp.days],
        "door": device.door,
        "station": device.station,
        "once": device.once,
        "drill": device.drill,
    } | _news(camp, device)
    tag = hashlib.sha256(json.dumps(head).encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = _packed(head | {"drawers": {str(number): rows for number, rows in found.drawers.items()}})
    response.set_etag(tag)
    if COOKIE not in request.cookies:  # a browser that dies soon after the pairing forgets it
        keep(response, _token(), device)
    return _private(response)


@bp.post("/<camp>/door/events")
@allow("door")
def take() -> ResponseReturnValue:
    """Take up to fifty events in, each with a number of its own; the answer names each. Sent twice they count once."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:  # brackets within brackets within brackets
        sent = None
    # a foreign page cannot send this header without being asked about first (https://fetch.spec.whatwg.org/#http-cors-protocol)
    rows = sent.get("events") if isinstance(sent, dict) and request.headers.get("X-Camp-Door") == "1" else None
    if not isinstance(rows, list) or len(rows) > events.MOST or not all(isinstance(row, dict) for row in rows):
        return jsonify(sentence=_("The request is damaged.")), 400
    camp, device = access.the_camp(), this_phone()
    if device is None:
        return _private(jsonify(verdict="not-paired")), 401
    answers = _answers(camp, device, rows)
    if any(not row.get("live") for row in rows):
        door.settle(camp)
    db.session.commit()
    refused = _refused(device)
    return _private(jsonify(answers=answers, verdict=refused)), told.STATUS[refused]


@bp.get("/<camp>/door/decoder.js")
@allow("public")
def decoder() -> ResponseReturnValue:
    """The worker that reads codes; below the door, so that it is kept with it. No other script may compile wasm."""
    response = make_response(render_template("badges/decoder.js"))
    response.mimetype = "text/javascript"
    response.headers["Content-Security-Policy"] = CSP.replace(
        "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
    )
    return response


@bp.get("/<camp>/door/sw.js")
@allow("public")
def service_worker() -> ResponseReturnValue:
    """The script that keeps the door's page on the phone; its scope is the door and nothing else."""
    files = [url_for("phones.decoder"), *(url_for("static", filename=name) for name in (*FILES, *modules()))]
    response = make_response(
        render_template("badges/sw.js", files=files, page=url_for("doors.show"), version=_version())
    )
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = url_for("doors.show")
    return response


@bp.get("/<camp>/door/app.webmanifest")
@allow("public")
def manifest() -> ResponseReturnValue:
    """What makes the door installable."""
    camp = access.the_camp()
    response = jsonify(
        name=_("Door of %(camp)s", camp=camp.title),
        short_name=_("Door"),
        start_url=url_for("doors.show"),
        scope=url_for("doors.show"),
        display="standalone",
        background_color="#0f1716",
        theme_color="#0f1716",
        icons=[{"src": url_for("static", filename="favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    )
    response.mimetype = "application/manifest+json"
    return response


def given(camp: Camp, device: Device) -> dict[str, Any]:
    """What the page of a paired phone tells its scripts."""
    addresses = {
        "page": url_for("doors.show"),
        "list": url_for("phones.people"),
        "events": url_for("phones.take"),
        "worker": url_for("phones.service_worker"),
        "decoder": url_for("phones.decoder"),
    }
    return {
        "camp": camp.slug,
        "token": _token(),
        "store": f"camp-door-{camp.slug}-{device.id}",
        "device": device.id,
        "door": device.door,
        "zone": camp.timezone,
        "station": device.station,
        "once": device.once,
        "drill": device.drill,
        "host": current_app.config["CAMP"].host,
        "addresses": addresses,
        "words": told.words(camp, device.station),
        "say": phone_texts.texts(),
    }


def this_phone() -> Device | None:
    """The phone that calls, by its cookie or as `Authorization: Bearer`; none if it is not paired with this camp."""
    return pairing.device_of(access.the_camp(), _token())


def calling() -> str:
    """The door of the paired phone that calls, for the ground floor (`camp.phones`); empty for none, or in a drill."""
    device = this_phone()
    return device.door if device is not None and not device.drill and not _refused(device) else ""


def keep(response: Any, token: str, device: Device) -> None:
    """Let the browser carry the phone's token to the door's addresses, until it ends."""
    response.set_cookie(COOKIE, token, expires=device.expires_at, path=url_for("doors.show"), secure=True,
                        httponly=True, samesite="Strict")


def _token() -> str:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return request.cookies.get(COOKIE) or bearer


def modules() -> list[str]:
    """The scripts of the door's page."""
    return sorted(f"door/{path.name}" for path in (STATIC / "door").glob("*.js"))


def _refused(device: Device | None) -> str:
    standing = pairing.standing(device) if device else "not-paired"
    return "" if standing == "paired" else standing


def _answers(camp: Camp, device: Device, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What each event comes to, by its number."""
    host, answers, reported = current_app.config["CAMP"].host, {}, []
    for row in rows:
        number = str(row.get("id", ""))[:64]
        try:
            reported.append((number, events.read(row)))
        except CampError as error:
            answers[number] = _damaged(error)
    before = None if device.drill else door.known_of(camp, device, [event for _, event in reported], host=host)
    for number, event in reported:
        try:
            found = door.take(camp, device, event, host=host, before=before) if before else drill.answer(event)
            answers[number] = told.event(found)
        except CampError as error:
            answers[number] = _damaged(error)
    if before:
        before.save()
    return answers


def _damaged(error: CampError) -> dict[str, Any]:
    return {"verdict": "damaged", "tone": "stop", "sentence": " ".join(refusal(error)).strip()}


def _news(camp: Camp, device: Device) -> dict[str, Any]:
    """How many are here, and whom this phone and another one have both let in."""
    if device.drill:
        return {"here": 0, "expected": drill.PEOPLE, "doubles": []}
    count = arrivals.head_count(camp)
    return {
        "here": count.here,
        "expected": count.expected,
        "doubles": [
            {
                "person": f"p{one.participant.id}",
                "name": one.participant.name,
                "times": [[doorlist.milliseconds(at), name] for at, name in one.times],
            }
            for one in arrivals.doubles(camp, camps.today(camp))
            if device.id in one.devices
        ],
    }


def _packed(body: dict[str, Any]) -> Response:
    """JSON, packed where the phone takes it: a list of thousands over a crowded network."""
    content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    response = Response(content, mimetype="application/json")
    if len(content) > _SMALL and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(content, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Camp-Now"] = str(doorlist.milliseconds(clock.now()))
    return response


def _version() -> str:
    """Changes with any of the files, so that phones fetch them anew."""
    names = (*FILES, *modules())
    return hashlib.sha256(
        b"".join(f"{name} {(STATIC / name).stat().st_mtime_ns}".encode() for name in names)
    ).hexdigest()[:16]
