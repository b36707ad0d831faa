"""What every page is given: the viewer, the menu, the legal links, and the filters that templates use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup
from werkzeug.local import LocalProxy

from camp import access, camps, clock, i18n, papers, phases, roster, text, texts
from camp.errors import N_
from camp.models import Camp


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the menu."""

    url: str
    label: str
    icon: str
    current: bool


# What stands under another entry of the menu than its blueprint says; "" stands under none.
_UNDER = {
    **dict.fromkeys(("records", "imports", "exports", "mails", "sheets", "doors", "arrivals", "team", "roster"),
                    "organise"),
    **dict.fromkeys(("setup", "guide", "opening", "venue", "partners", "pictures", "places", "questions", "wlan"),
                    "organise"),
    **dict.fromkeys(("drafts", "mending", "quality", "wants"), "planning"),
    "outcomes": "book", "projects": "book", "voting": "proposals", "entering": "proposals",
    "proposal_imports": "proposals", "guests": "planning", "newcomers": "planning",
    "pitches": "planning", "screens": "planning", "paper": "planning", "line": "agenda",
    "agenda.renew_feed": "me", "public.legal": "",
    "public.licences": "", "register": "me", "profile": "me", "profile.people": ""}
# endpoint, label, icon, policy; the second to the fourth become the tabs of a phone
_MENU = (
    ("public.home", N_("Start"), "layout-grid", "public"),
    ("agenda.show", N_("Agenda"), "calendar", "public"),
    ("proposals.index", N_("Sessions"), "lightbulb", "public"),
    ("me.show", N_("My camp"), "id-card", "public"),
    ("book.show", N_("Camp book"), "pencil", "public"),
    ("planning.show", N_("Plan"), "wand-sparkles", "moderator"),
    ("organise.desk", N_("Organise"), "users", "organiser"),
    ("roster.show", N_("Roster"), "users", "helper"),
    ("exports.catering_sheet", N_("Catering"), "list", "catering"),
)
_DAY = timedelta(days=1)
_BELOW_DESK = ("roster.show", "exports.catering_sheet")  # organisers find them on their desk
_TIERS = {"organiser": N_("Organised by %(names)s."), "supporter": N_("Supported by %(names)s."),
          "sponsor": N_("Sponsored by %(names)s.")}
KIND_LABELS = {"start-up": N_("Start-up"), "mittelstand": N_("Mittelstand"), "industry": N_("Industry"),
               "university": N_("University"), "public body": N_("Public body"), "other": N_("Other")}
PHASE_LABELS = {"registration": N_("Registration"), "call": N_("Call for sessions"), "voting": N_("Voting"),
                "pitch": N_("Pitch round"), "camp": N_("Camp day"), "follow-up": N_("Follow-up")}
FEATURE_LABELS = {"beamer": N_("projector"), "whiteboard": N_("whiteboard"), "power": N_("power at the seats"),
                  "step-free": N_("step-free"), "stream": N_("video stream")}


# The ten colours of rooms, in the order of their letters (camp/static/camp.css).
COLOUR_LABELS = (N_("dark blue"), N_("orange"), N_("light blue"), N_("olive"), N_("yellow"), N_("violet"), N_("mint"),
                 N_("magenta"), N_("teal"), N_("maroon"))


def init_app(app: Flask) -> None:
    """Give templates their context, filters and functions."""
    app.context_processor(_context)
    app.add_template_filter(_markdown, "markdown")
    app.add_template_filter(lambda words, language="": text.shy(words, language or _texts_language()), "shy")
    app.add_template_filter(lambda kind: gettext(KIND_LABELS[kind]), "kind")
    app.add_template_filter(lambda name: gettext(FEATURE_LABELS.get(name, name)), "feature")
    app.add_template_filter(lambda name: gettext(PHASE_LABELS[name]), "phase")
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, now=clock.now)


def _markdown(source: str | None, level: int = 3) -> Markup:
    return Markup(text.markdown(source or "", level))  # nosec B704  # nosemgrep: markup-without-cleaning  # by nh3


def _texts_language() -> str:
    """The language in which people write at this camp, whoever reads it."""
    camp: Camp | None = g.get("camp")
    return camp.languages[0] if camp and camp.languages else "de"


def _context() -> dict[str, Any]:
    camp: Camp | None = g.get("camp") or _camp_to_enter()
    viewer = g.get("viewer") or access.Viewer(None, None)
    common = {"camp": camp, "viewer": viewer, "locale": str(get_locale() or "de"), "lang_url": i18n.language_url,
              "accent_url": url_for("setup.accent", camp=camp.slug, v=camp.accent[1:]) if camp and camp.accent else ""}
    if camp is None:
        account = url_for("people.sign_in") if not viewer.signed_in else url_for("account.show")
        return common | {"home_url": url_for("public.camps"), "account_url": account, "nav": [], "legal": [],
                         "partners_line": ""}
    account = url_for("me.show", camp=camp.slug) if viewer.signed_in else url_for("people.sign_in", at=camp.slug)
    return common | {"home_url": url_for("public.home", camp=camp.slug), "account_url": account,
                     "nav": _asked(lambda: _menu(camp, viewer)), "partners_line": _asked(lambda: partners_line(camp)),
                     "watch": _asked(lambda: _watch(camp, viewer) if g.get("camp") else None),
                     "legal": _asked(lambda: _legal(camp)),
                     "phase_line": _asked(lambda: phase_line(camp) if g.get("camp") else "")}


def _asked(make: Callable[[], Any]) -> Any:
    """Made once, when the page asks for it: a part of a page, of which open pages load many, does not."""
    return LocalProxy(cache(make))


def _watch(camp: Camp, viewer: access.Viewer) -> roster.Watch | None:
    """Who is in charge, on every page of whoever helps: on the camp's days, and on those beside them if it is set."""
    today, days = camps.today(camp), [day.date for day in camp.days]
    if not days or not min(days) - _DAY <= today <= max(days) + _DAY or not viewer.may("helper"):
        return None
    watch = roster.in_charge(camp, clock.now())
    return watch if today in days or watch.now or watch.later else None


def _legal(camp: Camp) -> list[tuple[str, str]]:
    there = texts.names(camp)
    return [(url_for("public.legal", camp=camp.slug, name=name), gettext(papers.LABELS[name]))
            for name in papers.PAGES if name in there]


def _camp_to_enter() -> Camp | None:
    """The camp for which somebody signs in, so that its name and menu stay on those pages."""
    asked = request.args.get("at", "") if has_request_context() and request.blueprint == "people" else ""
    camp = camps.by_slug(asked) if asked else None
    return camp if camp is not None and camp.opened_at is not None else None


def _menu(camp: Camp, viewer: access.Viewer) -> list[Link]:
    endpoint = g.get("belongs_to") or request.endpoint or ""
    blueprint = endpoint.partition(".")[0]
    here = _UNDER.get(endpoint, _UNDER.get(blueprint, blueprint))
    return [Link(url_for(one, camp=camp.slug), gettext(label), icon, one.partition(".")[0] == here or one == endpoint)
            for one, label, icon, policy in _MENU if (viewer.may(policy) or viewer.is_led_to(policy))
            and not (one in _BELOW_DESK and (viewer.may("organiser") or viewer.held_back))]


def belongs_to(endpoint: str) -> None:
    """Let this page stand under another one in the menu, as a job stands under the page that began it."""
    g.belongs_to = endpoint


def partners_line(camp: Camp) -> str:
    """Who organises, supports and sponsors the camp, in a line for each."""
    names: dict[str, list[str]] = {}
    for partner in camp.partners:
        names.setdefault(partner.tier, []).append(partner.name)
    return " ".join(gettext(_TIERS[tier], names=", ".join(names[tier])) for tier in _TIERS if tier in names)


def phase_path(camp: Camp) -> list[tuple[str, str, phases.Span]]:
    """The phases of the camp for the path on its pages; the state of the one that says what to do is 'now'."""
    now = camps.stage(camp)
    return [(name, "now" if name == now and state == "open" else state, span)
            for name, state, span in phases.states(camps.spans(camp), clock.now())]


def phase_line(camp: Camp) -> str:
    """Which phase it is and which opens next, in a sentence for the top of every page."""
    spans, now = camps.spans(camp), clock.now()
    stage, after = camps.stage(camp), phases.next_to_open(spans, now)
    current = spans.get(stage)
    if not stage:
        here = ""
    elif current and current.closes and current.closes > now:
        here = gettext("Now: %(phase)s until %(when)s.", phase=gettext(PHASE_LABELS[stage]),
                       when=i18n.moment(current.closes))
    else:
        here = gettext("Now: %(phase)s.", phase=gettext(PHASE_LABELS[stage]))
    then = gettext("Next: %(phase)s from %(when)s.", phase=gettext(PHASE_LABELS[after[0]]),
                   when=i18n.moment(after[1])) if after else ""
    return f"{here} {then}".strip()


def external(endpoint: str, **values: Any) -> str:
    """An address with the host of the settings, for mails, calendars and codes; never the host of the request."""
    return current_app.config["CAMP"].base_url.rstrip("/") + url_for(endpoint, _external=False, **values)
