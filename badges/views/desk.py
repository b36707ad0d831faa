"""What the organisers' desk shows of badges and doors."""

from __future__ import annotations

from flask import render_template

from badges import arrivals, namelist_jobs, pairing, printing
from camp.access import Viewer
from camp.models import Camp


def piece(camp: Camp, viewer: Viewer) -> str:
    """Who is here, by door, and how many badges and phones there are; for organisers."""
    if not viewer.may("organiser"):
        return ""
    return render_template("badges/desk.html", count=arrivals.head_count(camp), numbers=printing.numbers(camp),
                           phones=pairing.paired(pairing.doors(camp)), names=namelist_jobs.newest(camp))
