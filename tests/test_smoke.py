
from tests import make
def test_x(app, client):
    c = make.camp()
    assert client.get("/healthz").json == {"status":"ok"}
    assert client.get("/readyz").json == {"status":"ok"}
    r = make.browser(app, make.participant(c)).get("/ecm27/organise")
    print(r.status, r.text[:3000])
    assert r.status_code==403
