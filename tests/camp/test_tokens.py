"""Tokens: random ones differ, derived ones stay, and none serves two purposes."""

from __future__ import annotations

import hashlib
import re

import pytest

from camp import tokens

KEY = "k" * 43


def test_random_secrets_differ_and_only_their_hash_is_kept() -> None:
    drawn = {tokens.draw() for _ in range(50)}
    assert len(drawn) == 50
    assert {len(token) for token in drawn} == {43}
    token = drawn.pop()
    assert tokens.hash_of(token) == hashlib.sha256(token.encode()).hexdigest()


def test_short_codes_survive_typing() -> None:
    codes = {tokens.short_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", code) for code in codes)
    assert tokens.typed(" abcd-oil8\n") == "ABCD0118"
    assert all(tokens.typed(f"{code[:4].lower()}-{code[4:]}") == code for code in codes)


def test_the_code_of_a_link_depends_on_key_and_link() -> None:
    code = tokens.code_for(KEY, "link")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", code)
    assert len({code, tokens.code_for("other", "link"), tokens.code_for(KEY, "other")}) == 3
    assert tokens.code_for(KEY, "link") == code


def test_a_vote_pseudonym_differs_by_key_camp_and_person() -> None:
    names = {tokens.vote_pseudonym(key, camp, who) for key in (KEY, "other") for camp in (1, 11) for who in (1, 11, 111)}
    assert len(names) == 12
    assert tokens.vote_pseudonym(KEY, 1, 11) != tokens.vote_pseudonym(KEY, 11, 1)
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)


def test_a_badge_code_stays_for_a_reprint_and_changes_with_the_issue() -> None:
    code = tokens.badge_code(KEY, "uid", 1)
    assert re.fullmatch(r"[A-Z2-7]{16}", code)
    assert tokens.badge_code(KEY, "uid", 1) == code
    assert len({code, tokens.badge_code(KEY, "uid", 2), tokens.badge_code(KEY, "other", 1),
                tokens.badge_code("other", "uid", 1)}) == 4


def test_nothing_is_derived_without_a_key() -> None:
    for derive in (lambda: tokens.code_for("", "x"), lambda: tokens.vote_pseudonym("", 1, 1),
                   lambda: tokens.badge_code("", "x", 1)):
        with pytest.raises(ValueError, match="no key for"):
            derive()


def test_a_link_is_bound_to_its_purpose_row_mark_and_key() -> None:
    token = tokens.link("k" * 43, "place", 12, "mark")
    assert (tokens.number_of(token), tokens.opens("k" * 43, "place", 12, "mark", token)) == (12, True)
    assert len(token.partition("-")[2]) == 24
    for key, purpose, number, mark in (("x" * 43, "place", 12, "mark"), ("k" * 43, "other", 12, "mark"), ("k" * 43, "place", 13, "mark"), ("k" * 43, "place", 12, "m")):
        assert not tokens.opens(key, purpose, number, mark, token)
    assert [tokens.number_of(text) for text in ("", "-x", "x-1", "٣-x", "9999999999-x", "1")] == [0, 0, 0, 0, 0, 1]
    assert not tokens.opens("k" * 43, "place", 12, "mark", "12-\ud800é")
