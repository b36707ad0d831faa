"""What is expected, written by hand: who may call each route, who may read which words. No code under test is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.safety.world import ACTORS, PEOPLE_OF_A

STRANGERS = ("anonymous", "half signed in", "door")
SIGNED_IN = tuple(name for name in ACTORS if name not in STRANGERS)

# Who gets through. "voter" is everybody at the camp who does not hold the session, "owner" whose sign-in it is.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "everyone": ACTORS, "signed-in": SIGNED_IN, "participant": PEOPLE_OF_A, "host": ("host",),
    "voter": ("participant", "other host", "moderator", "organiser"), "moderator": ("moderator", "organiser"),
    "organiser": ("organiser",), "administrator": ("administrator",), "door": ("door",), "owner": ("participant",), "half": SIGNED_IN,
}

# Second word of a text of camp A → who may read it in whatever answer; a word about oneself may always be read.
READERS: Mapping[str, tuple[str, ...]] = {
    "Wand": ACTORS, "Geheim": ("organiser",), "adresse": ("organiser",), "Verborgen": ("host", "organiser"),
    "Moderation": ("moderator", "organiser"), "Niemand": (),
}


@dataclass(frozen=True)
class Route:
    """How a route is called and who gets through. Words in braces in `data` and `args` are values of the camp.

    `status`: of the answer to whoever is allowed (0: 200 for GET, 303 for POST). `foreign`: with values of the other
    camp. `shows`: texts that this route shows beyond READERS. `half`: for whoever is only half signed in.
    """

    policy: str
    data: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    foreign: int = 404
    args: Mapping[str, str] = field(default_factory=dict)
    json: bool = False
    shows: tuple[str, ...] = ()
    half: int = 0


def refused(policy: str, actor: str) -> int:
    """The status for whoever is not allowed; 303 leads to the sign-in."""
    if policy == "door":
        return 401
    if policy == "voter" and actor == "host":
        return 409
    if policy == "owner" and actor not in STRANGERS:
        return 404
    return 303 if actor in STRANGERS else 403


_CODE = {"code": "ABCD2345"}
# Whom the phones of the door have on their list: names and organisations, no addresses.
_PEOPLE = tuple(f"Aeins-Geheim-{role}{more}" for role in ("participant", "moderator", "organiser", "guest", "removed-organiser", "admitted")
                for more in ("-Firma", ""))
ROUTES: Mapping[str, Route] = {
    "POST account.end": Route("owner"),
    "POST account.end_all": Route("signed-in"),
    "POST account.end_others": Route("signed-in"),
    "GET account.second_factor": Route("signed-in"),
    "POST account.second_factor": Route("signed-in", {"salt": "s" * 43, "code": "1"}, 422),
    "GET account.show": Route("signed-in"),
    "GET agenda.show": Route("everyone"),
    "POST agenda.pick": Route("participant", {"wanted": "yes"}),
    "POST agenda.renew_feed": Route("participant", status=200),
    "POST badge.renew": Route("organiser"),
    "POST badge.revoke": Route("organiser"),
    "POST badge.revoke_private": Route("organiser"),
    "GET badge.show": Route("organiser"),
    "POST begun.drop": Route("participant"),
    "POST begun.keep": Route("participant", {"title": "Angefangen"}),
    "GET arrivals.show": Route("organiser"),
    "POST arrivals.note": Route("organiser", {"text": "Infopunkt"}),
    "POST arrivals.undo": Route("organiser"),
    "POST book.make": Route("organiser"),
    "GET book.pdf": Route("everyone"),
    "GET book.show": Route("everyone"),
    "GET codes.badge": Route("everyone", foreign=200, shows=("Bzwei-Wand-Partner",)),
    "GET codes.private": Route("everyone", args={"code": "{private}"}, status=409, foreign=409),
    "POST codes.private": Route("everyone", args={"code": "{private}"}, status=409, foreign=409),
    "POST doors.check_in": Route("door", {"nonce": "m" * 16, "text": "{code}"}, 200, 200, shows=("Aeins-Geheim-guest",)),
    "GET doors.index": Route("organiser"),
    "POST doors.index": Route("organiser", {"door": "Nord"}, 200),
    "POST doors.pair": Route("everyone", {"code": "{pairing}"}, foreign=422),
    "POST doors.rescued": Route("organiser", {"text": '{{"camp": "{camp}", "device": {device_id}}}'}, foreign=422),
    "POST doors.revoke": Route("organiser"),
    "GET doors.show": Route("everyone"),
    "GET exports.catering_sheet": Route("organiser", shows=("Aeins-Niemand-Kost",)),
    "GET exports.people_file": Route("organiser", args={"kind": "csv"}),
    "GET feeds.camp": Route("everyone"),
    "GET feeds.mine": Route("everyone"),
    "GET feeds.session": Route("everyone"),
    "GET health.alive": Route("everyone"),
    "GET health.ready": Route("everyone"),
    "GET imports.begin": Route("organiser"),
    "POST imports.begin": Route("organiser", status=422),
    "POST imports.columns": Route("organiser"),
    "POST imports.drop": Route("organiser"),
    "GET imports.show": Route("organiser"),
    "POST imports.start": Route("organiser"),
    "POST mails.again": Route("organiser"),
    "GET live.changes": Route("everyone", foreign=200),
    "POST live.close": Route("moderator"),
    "GET mails.group": Route("organiser"),
    "POST mails.group": Route("organiser", {"group": "coming", "subject_de": "Hallo {{name}}", "body_de": "Text"}, 200, 200),
    "POST mails.remind": Route("organiser", {"number": "{to_remind}"}, foreign=303),
    "GET mails.text": Route("organiser", args={"template": "reminder", "language": "de"}),
    "POST mails.text": Route("organiser", {"subject": "S", "body": "{{cannot_come}}"}, foreign=303, args={"template": "reminder", "language": "de"}),
    "GET mails.texts": Route("organiser"),
    "GET mails.outbox": Route("organiser"),
    "POST me.place": Route("signed-in", {"answer": "leave"}),
    "GET looks.change": Route("organiser"),
    "POST looks.change": Route("organiser", {"layout": "a6", "fields": "kind"}),
    "GET mine.show": Route("participant"),
    "POST mine.show": Route("participant", {"shown": "y", "contact": "x"}),
    "GET me.show": Route("signed-in"),
    "POST organise.cancel_job": Route("moderator"),
    "POST organise.demand_second_factor": Route("organiser", {"wanted": "yes"}),
    "GET organise.desk": Route("organiser"),
    "GET organise.job": Route("moderator"),
    "GET organise.people_list": Route("organiser"),
    "GET organise.person": Route("organiser"),
    "POST organise.role": Route("organiser", {"name": "moderator", "wanted": "yes"}),
    "GET opening.checklist": Route("organiser"),
    "POST opening.open_camp": Route("organiser"),
    "GET opening.text": Route("organiser"),
    "POST opening.text": Route("organiser", {"de": "Text", "en": ""}),
    "GET opening.who": Route("organiser"),
    "POST opening.who": Route("organiser", {"name": "HS"}, 422, 422),
    "GET outcomes.edit": Route("participant"),
    "POST outcomes.edit": Route("participant", {"findings": "Es geht.", "edit_number": "1"}),
    "GET outcomes.index": Route("everyone"),
    "GET outcomes.show": Route("everyone"),
    "GET records.job_list": Route("organiser"),
    "GET records.log_page": Route("organiser"),
    "POST records.run_again": Route("organiser", args={"job_id": "{print_id}"}),
    "POST partners.edit": Route("organiser", {"name": "N", "tier": "sponsor"}),
    "GET partners.edit": Route("organiser"),
    "GET partners.index": Route("organiser"),
    "POST partners.index": Route("organiser", {"name": "N", "tier": "sponsor"}),
    "POST partners.move": Route("organiser", {"way": "up"}),
    "POST partners.remove": Route("organiser"),
    "GET people.link": Route("everyone", foreign=200),
    "POST people.link": Route("everyone", foreign=303),
    "GET people.second_factor": Route("half", status=303, half=200),
    "POST people.second_factor": Route("half", {"code": "1"}, half=422),
    "GET people.sign_in": Route("everyone"),
    "POST people.sign_in": Route("everyone", {"email": "{email}"}, foreign=303),
    "GET people.wait": Route("everyone"),
    "POST people.wait": Route("everyone", _CODE, 422),
    "POST people.sign_out": Route("signed-in"),
    "GET wants.edit": Route("organiser"),
    "POST wants.edit": Route("organiser", {"firsts": "y"}),
    "POST quality.prove": Route("organiser"),
    "GET quality.show": Route("moderator"),
    "POST drafts.discard": Route("organiser"),
    "POST drafts.make": Route("organiser", {"seconds": "10"}),
    "GET drafts.show": Route("moderator"),
    "POST drafts.stop": Route("organiser"),
    "POST drafts.take": Route("organiser", {"do": "all"}, status=404, foreign=404),
    "GET mending.show": Route("organiser"),
    "POST mending.take": Route("organiser", {"kind": "stay"}, status=422, foreign=422),
    "GET planning.move": Route("moderator"),
    "POST planning.move": Route("moderator", {"cell": "{room}-{slot}"}),
    "GET board.fresh": Route("moderator"),
    "GET board.history": Route("moderator"),
    "POST absence.call_off": Route("moderator"),
    "POST absence.put_off": Route("moderator"),
    "GET changed.show": Route("moderator"),
    "POST overflow.answer": Route("moderator", {"kind": "next"}, args={"session_id": "{unplaced}"}),
    "GET overflow.index": Route("moderator"),
    "GET spot.new": Route("moderator", args={"cell": "{room}-{slot}"}),
    "POST spot.new": Route("moderator", {"cell": "{room}-{slot}", "title": "Neu", "host": "Gast"}, foreign=422, args={"cell": "{room}-{slot}"}),
    "POST board.pin": Route("moderator", {"wanted": "yes"}),
    "POST board.redo": Route("moderator", {"step": "0"}, foreign=303),
    "POST board.undo": Route("moderator", {"step": "0"}, foreign=303),
    "GET board.what_if": Route("moderator", json=True),
    "GET board.why": Route("moderator", json=True),
    "POST planning.publish": Route("organiser"),
    "GET planning.publish_page": Route("organiser"),
    "GET planning.show": Route("moderator"),
    "GET projects.found": Route("participant"),
    "POST projects.found": Route("participant", {"title": "Zusammen"}),
    "GET projects.index": Route("everyone"),
    "POST projects.join": Route("participant"),
    "POST projects.leave": Route("participant"),
    "GET projects.show": Route("everyone"),
    "GET proposals.edit": Route("host"),
    "POST proposals.edit": Route("host", {"title": "Anders", "edit_number": "0"}),
    "GET proposals.index": Route("everyone"),
    "GET proposals.new": Route("participant"),
    "POST proposals.new": Route("participant", {"title": "Neues"}),
    "POST proposals.preview": Route("participant", {"description": "Text"}, 200),
    "POST proposals.restore": Route("host", args={"session_id": "{withdrawn}"}),
    "GET proposals.show": Route("everyone"),
    "POST proposals.withdraw": Route("host"),
    "GET public.camps": Route("everyone"),
    "GET public.home": Route("everyone"),
    "GET public.legal": Route("everyone"),
    "GET public.licences": Route("everyone"),
    "GET guide.index": Route("organiser"),
    "GET pictures.edit": Route("organiser", args={"kind": "partners", "owner_id": "{partner_id}"}),
    "POST pictures.edit": Route("organiser", {"remove": "yes"}, args={"kind": "partners", "owner_id": "{partner_id}"}),
    "GET pictures.look": Route("organiser"),
    "POST pictures.look": Route("organiser", {"accent": "#22338f"}),
    "POST pictures.remove_logo": Route("organiser"),
    "GET pictures.show": Route("everyone"),
    "GET public.new_camp": Route("administrator"),
    "POST public.new_camp": Route("administrator", {"title": "Drei", "slug": "drei", "date": "2027-05-01", "capacity": "9", "timezone": "UTC", "languages": "de"}),
    "GET setup.accent": Route("everyone"),
    "GET setup.change": Route("organiser"),
    "POST setup.change": Route("organiser", {"title": "T", "slug": "{camp}", "timezone": "UTC", "capacity": "9", "languages": "de"}, foreign=422),
    "GET setup.days": Route("organiser"),
    "POST setup.days": Route("organiser", {"date": "2099-05-01"}),
    "GET setup.phase": Route("organiser"),
    "POST setup.phase": Route("organiser", {"mode": "open"}),
    "GET setup.phase_list": Route("organiser"),
    "POST setup.places": Route("organiser", {"capacity": "7"}),
    "POST setup.remove_day": Route("organiser", args={"day_id": "{spare_day}"}),
    "POST setup.turn": Route("organiser"),
    "GET phones.decoder": Route("everyone"),
    "GET phones.manifest": Route("everyone"),
    "GET phones.people": Route("door", shows=_PEOPLE),
    "GET phones.service_worker": Route("everyone"),
    "POST phones.take": Route("door", {"id": "m" * 16, "text": "{code}"}, 200, 200, json=True, shows=("Aeins-Geheim-guest",)),
    "GET places.rules": Route("organiser"),
    "POST places.rules": Route("organiser", {"answer_hours": "24", "admit_more": "0", "keep_days": "30"}),
    "POST places.admit": Route("organiser", {"who": "{participant_id}"}),
    "GET places.waiting": Route("organiser"),
    "GET profile.data": Route("signed-in"),
    "GET profile.download": Route("signed-in", shows=("Aeins-Niemand-Kost",)),
    "GET profile.edit": Route("participant", shows=("Aeins-Niemand-Kost",)),
    "POST profile.edit": Route("participant", {"given_name": "Mai", "kind": "other", "photo": "no", "days": "2027-04-24"}, shows=("Aeins-Niemand-Kost",)),
    "GET profile.erase": Route("signed-in"),
    "POST profile.erase": Route("signed-in", {"email": "another@example.org"}, 422),
    "GET profile.people": Route("everyone"),
    "GET questions.edit": Route("organiser"),
    "POST questions.edit": Route("organiser", {"kind": "text", "label_de": "Warum?", "purpose_de": "Darum", "keep_days": "7"}),
    "GET questions.index": Route("organiser"),
    "POST questions.index": Route("organiser", {"kind": "text", "label_de": "Warum?", "purpose_de": "Darum", "keep_days": "7"}),
    "POST questions.move_up": Route("organiser"),
    "POST questions.remove": Route("organiser"),
    "GET register.confirm": Route("everyone", args={"token": "{reservation}"}, foreign=422, shows=("Aeins-Geheim-neu", "Aeins-adresse-neu")),
    "POST register.confirm": Route("everyone", args={"token": "{reservation}"}, foreign=422),
    "GET register.form": Route("everyone"),
    "POST register.form": Route("everyone", {"given_name": "Mai", "email": "new@example.org", "kind": "other", "photo": "no", "days": "2027-04-24"}),
    "GET register.place": Route("everyone", args={"token": "{place}"}, foreign=422),
    "POST register.place": Route("everyone", {"answer": "leave"}, args={"token": "{place}"}, foreign=422),
    "GET register.sent": Route("everyone"),
    "GET sheets.download": Route("organiser", args={"job_id": "{print_id}"}),
    "GET sheets.index": Route("organiser"),
    "POST sheets.print_badges": Route("organiser", {"whose": "new", "layout": "a4-10", "start": "1"}),
    "POST sheets.print_blank": Route("organiser", {"number": "3", "layout": "a4-10"}),
    "GET sheets.test_page": Route("organiser", args={"layout": "a4-10"}, foreign=200),
    "GET static": Route("everyone"),
    "POST venue.add_row": Route("organiser", {"row-date": "2027-04-24", "row-start": "20:00", "row-length": "9", "row-pause": "0", "row-how_many": "2"}, 200),
    "POST venue.add_slot": Route("organiser", {"date": "2027-04-24", "starts": "20:00", "ends": "21:00", "kind": "break"}),
    "POST venue.close_cell": Route("organiser", {"cell-room": "{room}", "cell-slot": "{slot}", "cell-reason": "W"}, foreign=422),
    "POST venue.move_room": Route("organiser", {"way": "up"}),
    "POST venue.open_cell": Route("organiser"),
    "POST venue.remove_room": Route("organiser", {"to_tray": "y"}),
    "POST venue.remove_slot": Route("organiser", {"to_tray": "y"}),
    "GET venue.room": Route("organiser"),
    "POST venue.room": Route("organiser", {"name": "R", "seats": "5"}),
    "GET venue.room_list": Route("organiser"),
    "POST venue.room_list": Route("organiser", {"name": "R", "seats": "5"}),
    "GET venue.slot": Route("organiser"),
    "POST venue.slot": Route("organiser", {"date": "2027-04-24", "starts": "20:00", "ends": "21:00", "kind": "session"}),
    "GET venue.slot_list": Route("organiser"),
    "POST voting.cast": Route("voter", {"wanted": "yes"}),
    "POST wlan.drop": Route("organiser"),
    "GET wlan.index": Route("organiser"),
    "POST wlan.index": Route("organiser", {"codes": "Aeins-Wand-Neu"}),
}
