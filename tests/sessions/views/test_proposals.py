"""Pages of proposals: the wall, one proposal, the form, and the pieces on home and my page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from camp import clock
from camp.db import db, writing
from camp.models import Room, Slot
from sessions import agenda
from sessions.models import Placement, Session
from sessions.views import proposals
from tests import make
from tests.queries import count_queries
from tests.sessions.wall import close, read

HOUR = timedelta(hours=1)


def links(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+"[^>]*>([^<]+)</a>', page)


def test_everybody_sees_the_wall_without_buttons_to_vote(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    make.session(camp, "Returns", [make.participant(camp, "Ayşe", "Lefèvre", organisation="Kassehaus & Co")], tag="SEO")
    page = read(client, "/ecm27/proposals")
    assert links(page) == ["Returns"]
    assert "<bdi>Ayşe Lefèvre</bdi> · <bdi>Kassehaus &amp; Co</bdi>" in page
    assert "Sign in and say where you will come" in page and "/vote" not in page
    assert "0 of 1 people have voted." in page


@pytest.mark.parametrize(("closed", "sentence"), [((), "Be the first: one sentence is enough."),
                                                  (("call",), "Here will be what people want to talk about.")])
def test_the_empty_wall_says_what_will_be_here(
        app: Flask, client: FlaskClient, closed: tuple[str, ...], sentence: str) -> None:
    close(make.camp(), *closed)
    page = read(client, "/ecm27/proposals")
    assert sentence in page and ("/ecm27/proposals/new" in page) is not bool(closed)


def test_a_participant_votes_on_others_and_finds_her_own_marked(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    make.session(camp, "Mine", [mai])
    chosen, open_one = make.session(camp, "Chosen"), make.session(camp, "Open")
    make.session(camp, "Gone", state="withdrawn")
    make.vote(app, mai, chosen)
    page = read(make.browser(app, mai), "/ecm27/proposals")
    assert sorted(links(page)) == ["Chosen", "Mine", "Open"]
    assert page.count("Your proposal") == 1
    assert set(re.findall(r'action="/ecm27/proposals/(\d+)/vote".*?value="(yes|no)"', page)) == {
        (str(chosen.id), "no"), (str(open_one.id), "yes")}
    assert "You will come to 1 session." in page and "Only you see your choices." in page
    assert "would come" not in page


def test_counts_are_shown_to_organisers_and_after_voting_to_all(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    make.vote(app, mai, session)
    organiser = make.person()
    make.role(camp, organiser, "organiser")
    assert "1 would come" in read(make.browser(app, organiser), "/ecm27/proposals")
    assert "would come" not in read(client, "/ecm27/proposals")
    assert "The numbers come when voting ends." in read(client, f"/ecm27/proposals/{session.id}")
    close(camp, "voting")
    for path in ("/ecm27/proposals", f"/ecm27/proposals/{session.id}"):
        assert "1 would come" in read(client, path)
    page = read(make.browser(app, mai), "/ecm27/proposals")
    assert "You said you will come" in page and "/vote" not in page


def test_search_and_tag_narrow_the_wall_and_say_when_nothing_is_left(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    make.session(camp, "Über Retouren", tag="Logistik")
    make.session(camp, "Preise", tag="Recht & Geld")
    assert links(read(client, "/ecm27/proposals?lang=en&q=uber")) == ["Über Retouren"]
    page = read(client, "/ecm27/proposals?lang=en&tag=Recht+%26+Geld")
    assert links(page) == ["Preise"] and "1 of 2 proposals" in page
    assert '<a href="/ecm27/proposals?tag=Recht+%26+Geld" aria-current="true">Recht &amp; Geld</a>' in page
    nothing = read(client, "/ecm27/proposals?lang=en&q=<script>&tag=x")
    assert "Nothing found" in nothing and 'value="&lt;script&gt;"' in nothing


def test_a_long_wall_has_pages_and_keeps_the_order(
        app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "PAGE", 2)
    camp = make.camp()
    for n in range(5):
        make.session(camp, f"Topic {n}")
    pages = [links(read(client, f"/ecm27/proposals?lang=en&page={n}")) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(sum(pages, [])) == [f"Topic {n}" for n in range(5)]
    for odd, same in (("0", 0), ("99", 2), ("x", 0)):
        assert links(read(client, f"/ecm27/proposals?lang=en&page={odd}")) == pages[same]


def test_two_people_see_different_orders_and_each_always_the_same(app: Flask) -> None:
    camp = make.camp()
    for n in range(8):
        make.session(camp, f"Topic {n}", [])
    mai, ben = (make.browser(app, make.participant(camp, name)) for name in ("Mai", "Ben"))
    first = links(read(mai, "/ecm27/proposals"))
    assert first == links(read(mai, "/ecm27/proposals")) and first != links(read(ben, "/ecm27/proposals"))


@pytest.mark.parametrize("path", ["/ecm27/proposals", "/ecm27/", "/ecm27/me"])
def test_the_number_of_queries_does_not_grow(app: Flask, path: str) -> None:
    numbers = []
    camp = make.camp()
    mai = make.participant(camp)
    browser = make.browser(app, mai)
    for total in (1, 3):
        while len(db.session.scalars(select(Session.id)).all()) < 2 * total:
            make.session(camp, f"Mine {total} {len(numbers)} {clock.now()}", [mai])
            make.vote(app, mai, make.session(camp, f"Other {clock.now()}"))
        db.session.remove()
        with count_queries() as statements:
            assert browser.get(path).status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_the_page_of_a_proposal(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    mai = make.participant(camp, organisation="Lagerpilot")
    session = make.session(camp, "Returns", [mai], tag="SEO", length=2, needs=["beamer"],
                           description="# Why\n**now** <script>x</script>")
    page = read(client, f"/ecm27/proposals/{session.id}")
    assert "<h1 dir=\"auto\">Returns</h1>" in page and "<bdi>Lagerpilot</bdi>" in page
    assert "2 slots in a row" in page and "projector" in page and '<a class="tag" href="/ecm27/proposals?tag=SEO">SEO</a>' in page
    assert "<h3>Why</h3> <p><strong>now</strong> &lt;script&gt;x&lt;/script&gt;</p>" in page
    assert "Where and when" not in page and "/edit" not in page


def test_after_publishing_it_says_where_and_when(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    session = make.session(camp)
    with writing():
        room, slot = db.session.scalars(select(Room)).all()[1], db.session.scalars(select(Slot)).all()[1]
        db.session.add(Placement(session_id=session.id, room_id=room.id, slot_id=slot.id))
        db.session.flush()
        agenda.publish(camp)
    page = read(client, f"/ecm27/proposals/{session.id}")
    assert '<time datetime="2027-04-24T11:00">Saturday, 24 April 2027, 11:00 to 11:45</time>' in page
    assert "Room B: </span>Room B" in page and f"/ecm27/sessions/{session.id}/notes" in page
    assert f"/ecm27/sessions/{session.guid}.ics" in page and "/pick" not in page
    assert f'action="/ecm27/agenda/{session.id}/pick"' in read(
        make.browser(app, make.participant(camp)), f"/ecm27/proposals/{session.id}")


def test_a_withdrawn_proposal_keeps_its_address_but_not_its_text(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Returns", [mai], description="secret plan", state="withdrawn")
    page = read(client, f"/ecm27/proposals/{session.id}")
    assert "This proposal was withdrawn by its hosts." in page and "secret plan" not in page
    own = read(make.browser(app, mai), f"/ecm27/proposals/{session.id}")
    assert "secret plan" in own and f"/ecm27/proposals/{session.id}/restore" in own


def test_a_proposal_of_another_camp_is_not_here(app: Flask, client: FlaskClient) -> None:
    make.camp()
    far = make.session(make.camp("ecm28"))
    for number in (far.id, 999, 2**70):
        assert client.get(f"/ecm27/proposals/{number}").status_code == 404


def test_a_host_withdraws_and_undoes_it(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Returns", [mai])
    browser, address = make.browser(app, mai), f"/ecm27/proposals/{session.id}"
    page = browser.post(address + "/withdraw?lang=en", follow_redirects=True).text
    assert "This proposal was withdrawn by its hosts." in page
    assert f'action="{address}/restore"' in page
    assert links(read(browser, "/ecm27/proposals")) == []
    assert "It is on the wall again." in browser.post(address + "/restore?lang=en", follow_redirects=True).text
    assert links(read(browser, "/ecm27/proposals")) == ["Returns"]


def test_nobody_else_changes_a_proposal(app: Flask) -> None:
    camp = make.camp()
    session = make.session(camp, "Returns")
    organiser = make.participant(camp)
    make.role(camp, organiser.person, "organiser")
    for who in (organiser, make.participant(camp), make.person()):
        browser = make.browser(app, who)
        assert browser.get(f"/ecm27/proposals/{session.id}/edit").status_code == 403
        for verb in ("edit", "withdraw", "restore"):
            assert browser.post(f"/ecm27/proposals/{session.id}/{verb}", data={"title": "x"}).status_code == 403
    signed_out = make.browser(app).get(f"/ecm27/proposals/{session.id}/edit")
    assert signed_out.status_code == 303 and "/sign-in" in signed_out.location
    db.session.expire_all()
    assert (session.title, session.state) == ("Returns", "proposed")


def test_the_first_page_shows_fresh_proposals_until_voting_ends(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    for n in range(7):
        make.session(camp, f"Topic {n}", proposed_at=make.EARLY + n * HOUR)
    page = read(client, "/ecm27/")
    assert links(page) == ["Topic 6", "Topic 5", "Topic 4", "Topic 3", "Topic 2"]
    assert "See all 7" in page and "Your question is still missing." in page
    close(camp, "call")
    assert "Your question is still missing." not in read(client, "/ecm27/")
    close(camp, "call", "voting")
    assert "Fresh proposals" not in read(client, "/ecm27/")


def test_my_page_lists_what_i_proposed_and_chose(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    mine, gone = make.session(camp, "Mine", [mai]), make.session(camp, "Taken back", [mai], state="withdrawn")
    other = make.session(camp, "Other")
    make.vote(app, mai, other)
    page = read(make.browser(app, mai), "/ecm27/me")
    assert f'<a href="/ecm27/proposals/{mine.id}" dir="auto">Mine</a>' in page
    assert f'action="/ecm27/proposals/{gone.id}/restore"' in page
    assert f'<a href="/ecm27/proposals/{other.id}" dir="auto">Other</a>' in page
    assert "You will come to 1 session." in page
    fresh = read(make.browser(app, make.participant(camp)), "/ecm27/me")
    assert "You have not proposed anything. A question is enough." in fresh and "You have not chosen yet." in fresh
    assert "My proposals" not in read(make.browser(app, make.person()), "/ecm27/me")


def test_the_preview_shows_a_challenge_with_its_answers_and_refuses_what_is_too_long(app: Flask) -> None:
    browser = make.browser(app, make.participant(make.camp()))
    sent = {"title": "Returns", "description": "Too *many*", "format": "challenge", "who_comes": "Two of us", "offers": "", "how": "**Like** this"}
    answer = browser.post("/ecm27/proposals/preview?lang=en", data=sent)
    assert answer.status_code == 200
    for text in ("<em>many</em>", ">Who of the hosts will come</h3>", "Two of us", ">How could it go?</h3>", "<strong>Like</strong> this"):
        assert text in answer.text, text
    assert "What they offer afterwards" not in answer.text and "Two of us" not in browser.post("/ecm27/proposals/preview", data=sent | {"format": "talk"}).text
    refused = browser.post("/ecm27/proposals/preview?lang=en", data=sent | {"how": "long " * 10_000})
    assert (refused.status_code, "This is too long: at most" in refused.text, "long long" in refused.text) == (422, True, False)
