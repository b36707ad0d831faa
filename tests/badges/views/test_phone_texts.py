from __future__ import annotations

import re

from flask import Flask

from badges.views import phone_texts
from camp.paths import STATIC
from tests import make


def test_each_text_that_the_scripts_ask_for_is_there_in_both_languages(app: Flask) -> None:
    make.camp()
    wanted = {name for path in (STATIC / "door").glob("*.js") for name in re.findall(r"\bsay\.(\w+)", path.read_text("utf-8"))}
    said = {}
    for language in ("de", "en"):
        with app.test_request_context(f"/ecm27/door?lang={language}"):
            app.preprocess_request()
            said[language] = phone_texts.texts()
        assert wanted - said[language].keys() <= {"textContent"}
    places = [[sorted(re.findall(r"%\(\w+\)s", text)) for text in texts.values() if isinstance(text, str)] for texts in said.values()]
    assert places[0] == places[1]
