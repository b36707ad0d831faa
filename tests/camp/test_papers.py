from __future__ import annotations

from camp import papers


def test_gaps_are_found_once_and_in_order() -> None:
    assert papers.gaps("[[Name]] und [[ Ort ]], [[Name]], [kein Loch], [[]]") == ["Name", "Ort"]


def test_every_text_has_its_label_and_its_place() -> None:
    assert set(papers.LABELS) == set(papers.PLACES) == set(papers.NAMES)
    assert set(papers.LEGAL) < set(papers.PAGES) < set(papers.NAMES)
