"""The kinds of mail whose words a camp may change, and what can stand in each."""

from __future__ import annotations

from datetime import date, time

from camp.errors import N_
from camp.mail_texts import Kind

# Sign-in mails are not among them: who writes their words could lead people, administrators too, to another address.
KINDS = (
    Kind("reminder", N_("Reminder"), {
        "name": "Mai-Linh", "day": date(2027, 4, 24), "time": time(9, 5), "venue": "Aula, Haus 2",
        "page": "https://camp.example.org/ecm27/me"}, ("page",)),
)
