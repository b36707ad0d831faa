"""Every page in every state: who looks, at which address, what they do there first, and the status that follows.

The keys are the endpoints of the address map that answer GET with a page; test_states.py fails when one is missing, or
when a page lacks its empty, filled or error case. A new page needs its three lines here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """`fill`: what is typed, field id → text; `press`: the selector of the button that is pressed then."""

    who: str
    path: str
    status: int = 200
    fill: tuple[tuple[str, str], ...] = ()
    press: str = ""


Cases = dict[str, Case]
SAVE = "main form[method=post]:not(.inline) button[type=submit]:not([name])"
LONG = "Ein sehr langer Titel mit Donaudampfschifffahrtsgesellschaftskapitänswitwe und noch mehr Wörtern, die umbrechen müssen"


def _page(path: str, who: str = "nobody", empty: str = "leer", full: str = "demo") -> Cases:
    """A public page: in the empty camp, in the full one, in one that is not there."""
    return {"empty": Case(who, f"/{empty}/{path}"), "filled": Case(who, f"/{full}/{path}"), "error": Case(who, f"/nowhere/{path}", 404)}


def _staff(path: str, who: str = "organiser") -> Cases:
    """A page of the organisers: empty, full, and seen by somebody who may not."""
    return {"empty": Case(who, f"/leer/{path}"), "filled": Case(who, f"/demo/{path}"), "error": Case("participant", f"/demo/{path}", 403)}


CASES: dict[str, Cases] = {
    "public.camps": {"empty": Case("nobody", "/?nothing"), "filled": Case("administrator", "/"), "error": Case("nobody", "/nowhere", 404)},
    "public.new_camp": {
        "empty": Case("administrator", "/camps/new"),
        "filled": Case("administrator", "/camps/new", fill=(("title", LONG), ("slug", "neu"), ("date", "2027-05-01"), ("capacity", "20"))),
        "error": Case("administrator", "/camps/new", 422, (("title", "x" * 151), ("slug", "demo"), ("capacity", "0")), SAVE)},
    "cloning.begin": {
        "empty": Case("administrator", "/camps/new/from/leer"),
        "filled": Case("administrator", "/camps/new/from/offen", fill=(("title", LONG), ("slug", "neu"), ("date", "2028-05-06"))),
        "error": Case("administrator", "/camps/new/from/offen", 422, (("title", ""), ("slug", "demo"), ("date", "2020-01-01")), SAVE)},
    "public.home": _page(""),
    "public.legal": {"empty": Case("nobody", "/leer/imprint"), "filled": Case("nobody", "/demo/privacy"), "error": Case("nobody", "/leer/secrets", 404)},
    "public.licences": {"empty": Case("nobody", "/licences?nothing"), "filled": Case("nobody", "/licences"), "error": Case("nobody", "/licence", 404)},
    "people.sign_in": {
        "empty": Case("nobody", "/sign-in?at=demo"), "filled": Case("nobody", "/sign-in?at=demo", fill=(("email", "mai@example.org"),)),
        "error": Case("nobody", "/sign-in?at=demo", 422, (("email", "mai.example.org"),), SAVE)},
    "people.wait": {
        "empty": Case("nobody", "/sign-in/wait?at=demo"), "filled": Case("nobody", "/sign-in/wait?at=demo", fill=(("code", "ABCD1234"),)),
        "error": Case("nobody", "/sign-in/wait?at=demo", 422, (("code", "WRONG"),), SAVE)},
    "people.link": {
        "empty": Case("nobody", "/sign-in/{operator_token}"), "filled": Case("nobody", "/sign-in/{foreign_token}"),
        "error": Case("nobody", "/sign-in/{old_token}", 422)},
    "people.second_factor": {
        "empty": Case("half open", "/sign-in/second-factor"), "filled": Case("half open", "/sign-in/second-factor", fill=(("code", "123456"),)),
        "error": Case("half open", "/sign-in/second-factor", 422, (("code", "WRONG"),), SAVE)},
    "account.show": {
        "empty": Case("stranger", "/account"), "filled": Case("guarded", "/account"), "error": Case("nobody", "/account")},
    "account.second_factor": {
        "empty": Case("stranger", "/account/second-factor?then=/"), "filled": Case("guarded", "/account/second-factor"),
        "error": Case("stranger", "/account/second-factor", 422, (("code", "WRONG"),), SAVE)},
    "me.show": {"empty": Case("stranger", "/demo/me"), "filled": Case("participant", "/demo/me"), "error": Case("waiting", "/demo/me")},
    "profile.edit": {
        "empty": Case("participant", "/offen/me/edit"), "filled": Case("participant", "/demo/me/edit"),
        "error": Case("participant", "/offen/me/edit", 422, (("given_name", ""), ("hashtags", "a b c d")), SAVE)},
    "profile.data": {"empty": Case("stranger", "/demo/me/data"), "filled": Case("participant", "/demo/me/data"), "error": Case("stranger", "/nowhere/me/data", 404)},
    "profile.erase": {
        "empty": Case("stranger", "/demo/me/erase"), "filled": Case("participant", "/demo/me/erase"),
        "error": Case("participant", "/demo/me/erase", 422, (("email", "another@example.org"),), SAVE)},
    "profile.people": _page("people"),
    "places.rules": _staff("organise/places?rate=75") | {"error": Case("organiser", "/offen/organise/places", 422, (("answer_hours", "0"),), SAVE)},
    "places.waiting": _staff("organise/waiting") | {"error": Case("organiser", "/demo/organise/waiting?q=nobody-has-this-name")},
    "questions.index": _staff("organise/questions") | {
        "filled": Case("organiser", "/offen/organise/questions"), "error": Case("organiser", "/offen/organise/questions", 422, (("label_de", LONG),), SAVE)},
    "questions.edit": {
        "empty": Case("organiser", "/offen/organise/questions/{question}"),
        "filled": Case("organiser", "/offen/organise/questions/{question}", fill=(("label_de", LONG), ("options_de", "rot\nblau"))),
        "error": Case("organiser", "/offen/organise/questions/{question}", 422, (("label_de", ""),), SAVE)},
    "register.form": {
        "empty": Case("nobody", "/offen/register"), "filled": Case("nobody", "/offen/register", fill=(("given_name", LONG), ("email", "mai@example.org"))),
        "error": Case("nobody", "/offen/register", 422, (("given_name", "\N{PARTY POPPER}"), ("hashtags", "a b c d")), SAVE)},
    "register.sent": {"empty": Case("nobody", "/leer/registered"), "filled": Case("nobody", "/demo/registered"), "error": Case("nobody", "/demo/register")},
    "register.confirm": {
        "empty": Case("nobody", "/offen/register/{reservation_bare}"), "filled": Case("nobody", "/offen/register/{reservation}"),
        "error": Case("nobody", "/offen/register/1-x", 422)},
    "register.place": {
        "empty": Case("nobody", "/offen/place/{place_waiting}"), "filled": Case("nobody", "/offen/place/{place_offered}"),
        "error": Case("nobody", "/offen/place/{place_cancelled}")},
    "organise.desk": _staff("organise"),
    "organise.people_list": _staff("organise/people") | {"error": Case("organiser", "/demo/organise/people?q=nobody-has-this-name")},
    "organise.person": {
        "empty": Case("organiser", "/leer/organise/people/{lonely}"), "filled": Case("organiser", "/demo/organise/people/{organiser_row}"),
        "error": Case("organiser", "/demo/organise/people/{organiser_row}", press="main form:has(input[value=organiser]) button")},
    "imports.begin": _staff("organise/import") | {"error": Case("organiser", "/demo/organise/import", 422, press=SAVE)},
    "imports.show": {
        "empty": Case("organiser", "/leer/organise/import/{list_unknown}"), "filled": Case("organiser", "/demo/organise/import/{list}"),
        "error": Case("organiser", "/demo/organise/import/999999", 404)},
    "guide.index": _staff("organise/guide"),
    "pictures.look": _staff("organise/look") | {"error": Case("organiser", "/zu/organise/look", 422, (("accent", "#ffee00"),), SAVE)},
    "pictures.edit": {
        "empty": Case("organiser", "/offen/organise/rooms/{empty_room}/picture"), "filled": Case("organiser", "/demo/organise/partners/{partner}/picture"),
        "error": Case("organiser", "/demo/organise/partners/{partner}/picture", 422, press="main form[enctype] button[type=submit]")},
    "wlan.index": _staff("organise/wlan") | {"error": Case("organiser", "/demo/organise/wlan", 422, press=SAVE)},
    "mails.outbox": _staff("organise/mail"),
    "mails.texts": _staff("organise/mail/texts"),
    "mails.text": {
        "empty": Case("organiser", "/leer/organise/mail/texts/reminder/de"), "filled": Case("organiser", "/demo/organise/mail/texts/reminder/en"),
        "error": Case("organiser", "/demo/organise/mail/texts/reminder/de", 422, (("body", "{{7*7}}"),), SAVE)},
    "mails.group": {
        "empty": Case("organiser", "/leer/organise/mail/group"),
        "filled": Case("organiser", "/demo/organise/mail/group", 200, (("subject_de", "Hallo {name}"), ("body_de", LONG)), SAVE),
        "error": Case("organiser", "/demo/organise/mail/group", 422, press=SAVE)},
    "exports.catering_sheet": _staff("organise/catering") | {"error": Case("organiser", "/demo/organise/catering", 422, (("percent", "0"),), "main section form button")},
    "roster.show": _staff("roster") | {"filled": Case("moderator", "/demo/roster"), "error": Case("participant", "/offen/roster", 403)},
    "roster.add": _staff("organise/roster") | {
        "filled": Case("organiser", "/demo/organise/roster", fill=(("title", LONG), ("starts", "09:00"), ("ends", "10:00"))),
        "error": Case("organiser", "/demo/organise/roster", 422, (("phone", "keine"),), SAVE)},
    "roster.edit": {
        "empty": Case("organiser", "/demo/organise/roster/{shift}"), "filled": Case("organiser", "/demo/organise/roster/{shift}", fill=(("title", LONG),)),
        "error": Case("organiser", "/demo/organise/roster/{shift}", 422, (("ends", "00:00"),), SAVE)},
    "team.index": _staff("organise/team") | {"error": Case("organiser", "/demo/organise/team", 422, (("email", "keine"),), SAVE)},
    "team.invitation": {
        "empty": Case("nobody", "/invitation/{invitation}"), "filled": Case("stranger", "/invitation/{invitation}"),
        "error": Case("nobody", "/invitation/1-x", 422)},
    "opening.checklist": {
        "empty": Case("organiser", "/zu/organise/opening"), "filled": Case("organiser", "/demo/organise/opening"),
        "error": Case("organiser", "/zu/organise/opening", 422, press="main form.inline button")},
    "opening.who": _staff("organise/institution") | {"error": Case("organiser", "/leer/organise/institution", 422, (("email", "keine"),), SAVE)},
    "opening.text": {
        "empty": Case("organiser", "/zu/organise/texts/imprint"), "filled": Case("organiser", "/zu/organise/texts/privacy?template=1"),
        "error": Case("organiser", "/demo/organise/texts/imprint", 422, (("de", ""), ("en", "")), SAVE)},
    "venue.room_list": _staff("organise/rooms") | {"error": Case("organiser", "/demo/organise/rooms", 422, (("name", ""), ("seats", "0")), SAVE)},
    "venue.room": {
        "empty": Case("organiser", "/offen/organise/rooms/{empty_room}"), "filled": Case("organiser", "/offen/organise/rooms/{full_room}"),
        "error": Case("organiser", "/offen/organise/rooms/{full_room}", 422, press="main section form button")},
    "venue.slot_list": _staff("organise/slots") | {"error": Case("organiser", "/offen/organise/slots", 422, (("starts", "10:00"), ("ends", "09:00")), "main form[action$='/slots'] button")},
    "venue.slot": {
        "empty": Case("organiser", "/offen/organise/slots/{empty_slot}"), "filled": Case("organiser", "/offen/organise/slots/{full_slot}"),
        "error": Case("organiser", "/offen/organise/slots/{full_slot}", 422, press="main section form button")},
    "partners.index": _staff("organise/partners") | {"error": Case("organiser", "/demo/organise/partners", 422, (("name", ""),), SAVE)},
    "partners.edit": {
        "empty": Case("organiser", "/demo/organise/partners/{partner}"), "filled": Case("organiser", "/demo/organise/partners/{partner}", fill=(("name", LONG),)),
        "error": Case("organiser", "/demo/organise/partners/{partner}", 422, (("url", "keiner"),), SAVE)},
    "setup.change": _staff("organise/settings") | {"error": Case("organiser", "/leer/organise/settings", 422, (("title", ""), ("timezone", "Mars")), SAVE)},
    "setup.days": _staff("organise/days") | {"error": Case("organiser", "/leer/organise/days", 422, (("date", ""), ("capacity", "0")), "main section form button")},
    "setup.phase_list": _staff("organise/phases"),
    "setup.phase": {
        "empty": Case("organiser", "/leer/organise/phases/call"), "filled": Case("organiser", "/demo/organise/phases/pitch"),
        "error": Case("organiser", "/demo/organise/phases/pitch", 422, (("opens", ""), ("closes", "")), SAVE)},
    "records.job_list": _staff("organise/jobs"),
    "records.log_page": _staff("organise/log"),
    "organise.job": {
        "empty": Case("organiser", "/demo/organise/jobs/{job_waiting}"), "filled": Case("organiser", "/demo/organise/jobs/{job_done}"),
        "error": Case("organiser", "/demo/organise/jobs/{job_failed}")},
    "proposals.index": _page("proposals", "participant") | {"error": Case("nobody", "/demo/proposals?q=nobody-says-this")},
    "proposals.show": {
        "empty": Case("nobody", "/offen/proposals/{bare}"), "filled": Case("participant", "/demo/proposals/{placed}"),
        "error": Case("nobody", "/offen/proposals/{withdrawn}")},
    "proposals.new": {
        "empty": Case("participant", "/offen/proposals/new"),
        "filled": Case("participant", "/offen/proposals/new", 200, (("title", LONG), ("description", "# Eins\n\n- a\n- b")), "button[name=preview]"),
        "error": Case("participant", "/offen/proposals/new", 422, (("title", " "),), SAVE)},
    "proposals.edit": {
        "empty": Case("host", "/demo/proposals/{hosted_closed}/edit"), "filled": Case("host", "/offen/proposals/{hosted}/edit"),
        "error": Case("host", "/offen/proposals/{hosted}/edit", 422, (("title", ""),), SAVE)},
    "entering.new": {
        "empty": Case("moderator", "/leer/organise/proposals/new"),
        "filled": Case("organiser", "/live/organise/proposals/new", fill=(("title", LONG), ("host", "Mai"))),
        "error": Case("moderator", "/live/organise/proposals/new", 422, (("title", ""),), SAVE)},
    "guests.propose": {
        "empty": Case("nobody", "/leer/wall/{wall_leer}"), "filled": Case("nobody", "/live/wall/{wall_live}", fill=(("title", LONG),)),
        "error": Case("nobody", "/live/wall/{wall_live}", 422, (("title", ""),), SAVE)},
    "guests.mine": {
        "empty": Case("nobody", "/live/wall/mine/{guest_gone}"), "filled": Case("nobody", "/live/wall/mine/{guest_here}"),
        "error": Case("nobody", "/live/wall/mine/1-x", 404)},
    "newcomers.edit": _staff("organise/newcomers") | {
        "filled": Case("organiser", "/live/organise/newcomers"), "error": Case("organiser", "/live/organise/newcomers", 422, (("title", ""),), SAVE)},
    "guests.index": {
        "empty": Case("moderator", "/leer/organise/wall"), "filled": Case("organiser", "/live/organise/wall"),
        "error": Case("participant", "/demo/organise/wall", 403)},
    "proposal_imports.begin": _staff("organise/proposals/import") | {"error": Case("organiser", "/demo/organise/proposals/import", 422, press=SAVE)},
    "proposal_imports.show": {
        "empty": Case("organiser", "/offen/organise/proposals/import/{topics_unknown}"), "filled": Case("organiser", "/live/organise/proposals/import/{topics}"),
        "error": Case("organiser", "/live/organise/proposals/import/{topics}", 422, press="main form[action$=start] button")},
    "cards.show": {
        "empty": Case("participant", "/leer/vote", 403), "filled": Case("participant", "/offen/vote"),
        "error": Case("participant", "/demo/vote")},
    "ballots.rules": _staff("organise/voting") | {
        "error": Case("organiser", "/leer/organise/voting", 422, (("budget", "0"),), SAVE)},
    "ballots.figures": _staff("organise/votes?one=1&other=2"),
    "merging.index": _staff("organise/similar"),
    "agenda.show": _page("agenda", "participant") | {"error": Case("stranger", "/demo/agenda?view=grid")},
    "agenda.renew_feed": {
        "empty": Case("participant", "/offen/me", press="main form[action$='/feed'] button"), "filled": Case("participant", "/demo/me", press="main form[action$='/feed'] button"),
        "error": Case("stranger", "/demo/me/feed", 405)},
    "line.show": {
        "empty": Case("nobody", "/leer/pitch"), "filled": Case("live", "/live/pitch"),
        "error": Case("live", "/live/pitch", 422, (("title", " "),), SAVE)},
    "paper.index": {"empty": Case("moderator", "/leer/organise/paper"), "filled": Case("organiser", "/live/organise/paper"), "error": Case("participant", "/demo/organise/paper", 403)},
    "paper.card": {
        "empty": Case("nobody", "/offen/door/cards/{bare}"), "filled": Case("moderator", "/live/door/cards/{pitched}"),
        "error": Case("moderator", "/live/door/cards/{pitched}", 422, press=SAVE)},
    "pitches.show": {
        "empty": Case("moderator", "/leer/organise/pitch"), "filled": Case("moderator", "/live/organise/pitch"),
        "error": Case("moderator", "/live/organise/pitch", 422, (("title", ""), ("hands", "viele")), "#pitch button[type=submit]")},
    "pitches.settings": _staff("organise/pitch/settings", "moderator") | {"error": Case("moderator", "/live/organise/pitch/settings", 422, (("seconds", "1"),), SAVE)},
    "screens.index": {
        "empty": Case("organiser", "/demo/organise/screens"), "filled": Case("organiser", "/live/organise/screens"),
        "error": Case("organiser", "/live/organise/screens", 422, (("name", ""),), SAVE)},
    "screens.beamer": {
        "empty": Case("nobody", "/leer/screen/{beamer_leer}"), "filled": Case("nobody", "/live/screen/{beamer_live}"), "error": Case("nobody", "/live/screen/{beamer_gone}", 404)},
    "screens.terminal": {
        "empty": Case("nobody", "/leer/terminal/{terminal_leer}"), "filled": Case("nobody", "/live/terminal/{terminal_live}"),
        "error": Case("nobody", "/live/terminal/{terminal_live}", 422, (("title", ""),), SAVE)},
    "planning.show": _staff("organise/plan") | {"error": Case("moderator", "/offen/organise/plan")},
    "planning.move": {
        "empty": Case("moderator", "/offen/organise/plan/{bare}"), "filled": Case("moderator", "/demo/organise/plan/{placed}"),
        "error": Case("moderator", "/demo/organise/plan/999999", 404)},
    "board.history": {
        "empty": Case("moderator", "/leer/organise/plan/history"), "filled": Case("moderator", "/offen/organise/plan/history"),
        "error": Case("participant", "/demo/organise/plan/history", 403)},
    "wants.edit": _staff("organise/plan/wants"),
    "quality.show": _staff("organise/plan/quality"),
    "overflow.index": _staff("organise/plan/overflow", "moderator") | {"error": Case("moderator", "/demo/organise/plan/overflow", 422, press="main button[value=table]")},
    "changed.show": _staff("organise/plan/changed?since=1", "moderator"),
    "spot.new": {
        "empty": Case("moderator", "/offen/organise/plan/new?cell={free_cell}"),
        "filled": Case("moderator", "/offen/organise/plan/new?cell={free_cell}", fill=(("title", LONG), ("host", "Mai"))),
        "error": Case("moderator", "/offen/organise/plan/new?cell={free_cell}", 422, (("title", ""),), SAVE)},
    "drafts.show": {
        "empty": Case("organiser", "/leer/organise/plan/draft"), "filled": Case("organiser", "/offen/organise/plan/draft"),
        "error": Case("organiser", "/offen/organise/plan/draft", 422, press="main button[value=part]")},
    "mending.show": {
        "empty": Case("organiser", "/leer/organise/plan/mend"), "filled": Case("organiser", "/offen/organise/plan/mend?session={bare}"),
        "error": Case("organiser", "/offen/organise/plan/mend?room=0", 422)},
    "planning.publish_page": _staff("organise/publish") | {"filled": Case("organiser", "/offen/organise/publish")},
    "outcomes.index": _page("notes"),
    "outcomes.show": {
        "empty": Case("participant", "/offen/sessions/{bare}/notes"), "filled": Case("participant", "/demo/sessions/{noted}/notes"),
        "error": Case("nobody", "/demo/sessions/999999/notes", 404)},
    "outcomes.edit": {
        "empty": Case("participant", "/offen/sessions/{bare}/notes/edit"), "filled": Case("participant", "/demo/sessions/{noted}/notes/edit"),
        "error": Case("participant", "/offen/sessions/{bare}/notes/edit", 422, press=SAVE)},
    "projects.index": _page("projects"),
    "projects.show": {
        "empty": Case("nobody", "/demo/projects/{project}"), "filled": Case("participant", "/demo/projects/{project}"),
        "error": Case("nobody", "/demo/projects/999999", 404)},
    "projects.found": {
        "empty": Case("participant", "/offen/sessions/{bare}/project"), "filled": Case("participant", "/demo/sessions/{noted}/project", fill=(("title", LONG),)),
        "error": Case("participant", "/demo/sessions/{noted}/project", 422, (("title", ""),), SAVE)},
    "book.show": _page("book"),
    "badge.show": {
        "empty": Case("organiser", "/leer/organise/people/{lonely}/badge"), "filled": Case("organiser", "/demo/organise/people/{organiser_row}/badge"),
        "error": Case("organiser", "/demo/organise/people/999999/badge", 404)},
    "sheets.index": _staff("organise/badges") | {"error": Case("organiser", "/demo/organise/badges", 422, (("start", "99"),), SAVE)},
    "looks.change": _staff("organise/badges/look"),
    "mine.show": {
        "empty": Case("participant", "/offen/me/badge"), "filled": Case("participant", "/demo/me/badge", fill=(("contact", LONG),)),
        "error": Case("stranger", "/demo/me/badge", 403)},
    "doors.index": _staff("organise/doors") | {"error": Case("organiser", "/demo/organise/doors", 422, (("door", ""),), SAVE)},
    "arrivals.show": _staff("organise/arrivals") | {
        "filled": Case("organiser", "/demo/organise/arrivals?q=a"), "error": Case("organiser", "/demo/organise/arrivals?q=nobody-has-this-name")},
    "doors.show": {
        "empty": Case("nobody", "/demo/door"), "filled": Case("door", "/demo/door"),
        "error": Case("nobody", "/demo/door", 422, (("code", "WRONG"),), SAVE)},
    "codes.badge": {"empty": Case("nobody", "/b/aaaaaaaaaaaaaaaa", 404), "filled": Case("nobody", "/b/{badge}"), "error": Case("nobody", "/B/nonsense", 404)},
    "codes.private": {"empty": Case("nobody", "/p/x", 404), "filled": Case("nobody", "/p/{private}"), "error": Case("nobody", "/P/-", 404)},
}

# Addresses that answer GET with something else than a page.
NO_PAGE = {
    "profile.download": "JSON", "agenda.part": "a part of the agenda", "board.fresh": "parts of the board", "board.what_if": "JSON", "board.why": "JSON",
    "static": "files", "health.alive": "JSON", "health.ready": "JSON", "feeds.camp": "a calendar", "feeds.session": "a calendar", "feeds.mine": "a calendar",
    "sheets.download": "a PDF", "namelists.download": "a PDF", "sheets.test_page": "a PDF", "exports.people_file": "a table", "book.pdf": "a PDF, or the page of errors",
    "setup.accent": "a style sheet", "pictures.show": "a picture", "live.changes": "a number",
    "phones.people": "JSON", "phones.manifest": "JSON", "phones.service_worker": "a script", "phones.decoder": "a script",
    "pitches.cells": "a part of the desk", "pitches.side": "a part of the desk", "screens.part": "a part of the beamer", "paper.pdf": "a PDF", "paper.download": "a PDF", "changed.pdf": "a PDF",
}
