"""Tests of sessions/views/agenda.py."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from camp import camps, clock, venue
from camp.db import db, writing
from camp.models import Camp, Participant
from sessions import agenda, picks, planning
from sessions.models import Session
from tests import make
from tests.queries import count_queries
from tests.sessions.leave import published

KEY = "v" * 43


def place(camp: Camp, session: Session, room: int, slot: int) -> None:
    with writing():
        grid = venue.grid(camp)
        planning.move(camp, session.id, grid.rooms[room].id, grid.session_slots[slot].id)


def shift_to(hour: int, minute: int) -> timedelta:
    """How far the clock is from this local time on the camp's day."""
    return datetime(2027, 4, 24, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")) - clock.now()


def test_before_the_first_version_the_page_says_when_it_is_made(app: Flask) -> None:
    make.camp()
    page = make.browser(app).get("/ecm27/agenda?lang=en").text
    assert "No agenda yet." in page and "It is made on Saturday from 10:00, with you in the room." in page
    make.camp("ecm28", slots=0)
    assert "It is made at the camp" in make.browser(app).get("/ecm28/agenda?lang=en").text


def test_list_shows_slots_breaks_rooms_hosts_and_the_version(app: Flask) -> None:
    camp = make.camp(slots=5)
    long = make.session(camp, "Long", [make.participant(camp, "Anna", "Richter")], length=2)
    published(camp, (long, 1, 2))
    page = make.browser(app).get("/ecm27/agenda?lang=en").text
    for text in ("Long", "Room B · <bdi>Anna Richter</bdi>", "two slots, to 14:45", "Lunch", "version 1, as of",
                 f"/ecm27/sessions/{long.guid}.ics", f"/ecm27/sessions/{long.id}/notes", "/ecm27/agenda.ics"):
        assert text in page, text
    assert re.findall(r'<h2 id="slot-\d+"><time class="time" datetime="2027-04-24T(\d\d:\d\d)">', page) == ["13:00"]
    assert "/sign-in?" in page and "/pick" not in page


def test_grid_is_a_table_with_scopes_and_spans(app: Flask) -> None:
    camp = make.camp(slots=5)
    long, short = make.session(camp, "Long", length=2), make.session(camp, "Short")
    published(camp, (long, 1, 2), (short, 0, 0))
    page = make.browser(app).get("/ecm27/agenda?view=grid&lang=en").text
    body = page.split("<tbody>")[1]
    assert page.count('<th scope="col"') == 3 and body.count('<th scope="row">') == 6
    assert body.count('rowspan="2"') == 1 and body.count("<td") == 2 * 5 - 1 + 1


def test_star_works_without_scripts_and_swaps_itself_with_them(app: Flask) -> None:
    camp = make.camp()
    me, one = make.participant(camp), make.session(camp, "One")
    published(camp, (one, 0, 0))
    browser = make.browser(app, me)
    plain = browser.post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "yes"})
    assert (plain.status_code, plain.headers["Location"]) == (303, f"/ecm27/agenda#session-{one.id}")
    page = browser.get("/ecm27/agenda?mine=1&lang=en").text
    assert 'aria-pressed="true"' in page and "Mine 1" in page
    swapped = browser.post(f"/ecm27/agenda/{one.id}/pick?lang=en", data={"wanted": "no"},
                           headers={"HX-Request": "true"})
    assert swapped.text.strip().startswith("<form") and 'aria-pressed="false"' in swapped.text
    assert "Keep: One" in swapped.text
    assert "Nothing starred yet." in browser.get("/ecm27/agenda?mine=1&lang=en").text


def test_star_refuses_strangers_nonsense_and_what_is_not_on_the_agenda(app: Flask) -> None:
    camp = make.camp()
    me, one, other = make.participant(camp), make.session(camp, "One"), make.session(camp, "Other")
    published(camp, (one, 0, 0))
    browser = make.browser(app, me)
    assert browser.post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "maybe"}).status_code == 422
    assert browser.post(f"/ecm27/agenda/{other.id}/pick", data={"wanted": "yes"}).status_code == 404
    assert make.browser(app).post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "yes"}).status_code == 303
    stranger = make.browser(app, make.person())
    assert stranger.post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "yes"}).status_code == 403
    assert picks.of(me) == frozenset()


def test_mine_shows_only_picks_and_names_clashes(app: Flask) -> None:
    camp = make.camp(rooms=3)
    me = make.participant(camp)
    one, twin, not_mine = (make.session(camp, title) for title in ("One", "Twin", "Not mine"))
    published(camp, (one, 0, 0), (twin, 1, 0), (not_mine, 2, 0))
    with writing():
        picks.pick(camp, me, one.id)
        picks.pick(camp, me, twin.id)
    page = make.browser(app, me).get("/ecm27/agenda?mine=1&lang=en").text
    assert "Not mine" not in page and "at the same time as “Twin”" in page and "at the same time as “One”" in page
    grid = make.browser(app, me).get("/ecm27/agenda?view=grid&lang=en").text
    assert "Not mine" in grid and grid.count("kept") == 2


def test_now_strip_is_there_in_the_camp_phase_only(app: Flask) -> None:
    camp = make.camp(slots=3)
    me, one, late = make.participant(camp), make.session(camp, "One"), make.session(camp, "Late")
    published(camp, (one, 0, 0), (late, 1, 1))
    with writing():
        picks.pick(camp, me, one.id)
        picks.pick(camp, me, late.id)
    with clock.shifted(shift_to(10, 12)):
        browser = make.browser(app, me)
        assert "minutes left" not in browser.get("/ecm27/agenda?lang=en").text
    with writing():
        camps.set_phase(db.session.get_one(Camp, camp.id), "camp", None, None)
    with clock.shifted(shift_to(10, 12)):
        page = browser.get("/ecm27/agenda?lang=en").text
        assert "33 minutes left" in page and "12 of 45 minutes are over" in page
        assert "then, 11:00: Late (Room B)" in page
        assert "33 minutes left" in browser.get("/ecm27/?lang=en").text
        assert 'class="live"' in browser.get("/ecm27/agenda?view=grid").text
    with clock.shifted(shift_to(11, 50)):
        assert "goes on in 10 minutes" in browser.get("/ecm27/agenda?lang=en").text
    with clock.shifted(shift_to(20, 0)):
        assert "minutes left" not in browser.get("/ecm27/agenda?lang=en").text


def test_renew_feed_shows_the_address_once_and_the_old_one_stops(app: Flask) -> None:
    camp = make.camp()
    me, one = make.participant(camp), make.session(camp, "One")
    published(camp, (one, 0, 0))
    browser = make.browser(app, me)
    first = re.search(r'value="(https://localhost/ecm27/my/[\w-]{43}\.ics)"', browser.post("/ecm27/me/feed").text)
    second = browser.post("/ecm27/me/feed")
    assert second.headers["Cache-Control"] == "no-store" and 'href="webcal://localhost/ecm27/my/' in second.text
    again = re.search(r'value="https://localhost(/ecm27/my/[\w-]{43}\.ics)"', second.text)
    assert first is not None and again is not None
    assert make.browser(app).get(first[1]).status_code == 404
    assert make.browser(app).get(again[1]).status_code == 200
    assert again[1] not in browser.get("/ecm27/me").text


def test_my_page_shows_my_agenda_and_what_was_cancelled(app: Flask) -> None:
    camp = make.camp()
    me, one, twin = make.participant(camp), make.session(camp, "One"), make.session(camp, "Twin")
    browser = make.browser(app, me)
    assert "No agenda yet." in browser.get("/ecm27/me?lang=en").text
    published(camp, (one, 0, 0), (twin, 1, 0))
    assert "Nothing starred yet." in browser.get("/ecm27/me?lang=en").text
    with writing():
        picks.pick(camp, me, one.id)
        picks.pick(camp, me, twin.id)
    assert "Runs at the same time as “Twin”. You may switch half-way." in browser.get("/ecm27/me?lang=en").text
    with writing():
        planning.take_out(camp, twin.id)
        agenda.publish(camp)
    page = browser.get("/ecm27/me?lang=en").text
    assert "cancelled" in page and "switch half-way" not in page


def test_home_says_whether_there_is_an_agenda(app: Flask) -> None:
    camp = make.camp()
    assert "No agenda yet." in make.browser(app).get("/ecm27/?lang=en").text
    published(camp, (make.session(camp), 0, 0))
    assert "The agenda is out" in make.browser(app).get("/ecm27/?lang=en").text


def test_pages_take_the_same_number_of_queries_for_one_session_and_for_three(app: Flask) -> None:
    camp = make.camp(rooms=3)
    me: Participant = make.participant(camp)
    browser = make.browser(app, me)
    numbers: dict[str, list[int]] = {"/ecm27/agenda": [], "/ecm27/agenda?view=grid": [], "/ecm27/me": [], "/ecm27/": []}
    for number in range(3):
        one = make.session(camp, f"S{number}")
        published(camp, (one, number, 0))
        with writing():
            picks.pick(camp, me, one.id)
        for path, found in numbers.items():
            with count_queries() as counted:
                assert browser.get(path).status_code == 200
            found.append(len(counted))
    assert {path: found[0] for path, found in numbers.items()} == {path: found[2] for path, found in numbers.items()}


def test_the_part_is_the_pages_own_for_everybody_with_their_stars_and_made_once_for_a_room(app: Flask) -> None:
    camp = make.camp()
    one, other = make.session(camp, "One"), make.session(camp, "Other")
    published(camp, (one, 0, 0), (other, 1, 1))
    anna, ben, eva = (make.browser(app, make.participant(camp, name)) for name in ("Anna", "Ben", "Eva"))
    anna.post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "yes"})
    for address in ("?", "?view=grid", "?mine=1"):
        for browser in (anna, ben, make.browser(app)):
            page, part = (browser.get(f"/ecm27/agenda{way}{address}&lang=en").text for way in ("", "/part"))
            assert part.strip().startswith('<div id="live-part" data-live') and "<html" not in part
            assert _bare(part.strip()) in _bare(page)
    counts = []
    for browser in (ben, eva):  # who have picked nothing yet
        with count_queries() as asked:
            browser.get("/ecm27/agenda/part?view=grid&lang=en&fresh=1")
        counts.append(len(asked))
    assert counts[0] > 8 and counts[1] == 2


def test_the_part_is_as_public_as_the_page_and_kept_by_nobody_between(app: Flask) -> None:
    camp = make.camp(opened_at=None)
    me, orga = make.participant(camp), make.person("orga@example.org")
    make.role(camp, orga, "organiser")
    for browser, wanted in ((make.browser(app), 404), (make.browser(app, me), 404), (make.browser(app, orga), 200)):
        assert {browser.get(f"/ecm27/agenda{way}").status_code for way in ("", "/part")} == {wanted}
    assert make.browser(app).get("/nowhere/agenda/part").status_code == 404
    with writing():
        db.session.get_one(Camp, camp.id).opened_at = clock.now()
    for browser, kept in ((make.browser(app), "no-cache"), (make.browser(app, me), "no-store")):
        answer = browser.get("/ecm27/agenda/part")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, kept)
        assert {"Cookie", "Accept-Language"} <= set(answer.vary)


def _bare(page: str) -> str:
    """Without what differs from one request to the next: tokens, the language in links, and white space."""
    return re.sub(r"\s+", " ", re.sub(r'value="[^"]{40,}"', "", page))


def test_each_reader_of_the_part_gets_tokens_of_their_own(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp, "One")
    published(camp, (one, 0, 0))
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for name in ("Anna", "Ben"):
            browser = make.browser(app, make.participant(camp, name))
            token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/ecm27/agenda/part?lang=en").text)
            assert token is not None
            answer = browser.post(f"/ecm27/agenda/{one.id}/pick", data={"wanted": "yes", "csrf_token": token[1]}, headers={"Referer": "https://localhost/"})
            assert answer.status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_what_changes_is_in_the_next_part(app: Flask) -> None:
    camp = make.camp()
    one, other = make.session(camp, "One"), make.session(camp, "Other")
    published(camp, (one, 0, 0))
    browser = make.browser(app)
    assert "Other" not in browser.get("/ecm27/agenda/part").text
    published(camp, (other, 1, 1))
    assert "Other" in browser.get("/ecm27/agenda/part").text
