"""The kinds of mail whose words a camp may change, and what can stand in each."""

from __future__ import annotations

from datetime import date, time

from camp.errors import N_
from camp.letters import Word
from camp.mail_texts import Kind

# Sign-in mails are not among them: they are the installation's, for all of its camps, and who writes their words could
# lead people, administrators too, to another address. Who is registered already and registers again gets the program's
# text in the place of "registration": it has no link to confirm with, so the camp's own gives way.
KINDS = (
    Kind("reminder", N_("Reminder"), {
        "name": "Mai-Linh", "day": date(2027, 4, 24), "time": time(9, 5), "venue": "Aula, Haus 2",
        "cannot_come": "https://camp.example.org/ecm27/place/17-TOKEN",
        "page": "https://camp.example.org/ecm27/me"}, ("cannot_come",)),
    Kind("registration", N_("Confirm your registration"), {"token": "17-TOKEN"}, ("token",)),
    Kind("registration_waiting", N_("Confirm your registration, while all places are taken"), {"token": "17-TOKEN"},
         ("token",)),
    Kind("place_certain", N_("You have a place"), {"token": "17-TOKEN"}, ("token",)),
    Kind("place_waiting", N_("You are in the waiting list"), {"token": "17-TOKEN"}, ("token",)),
    Kind("place_offered", N_("A place is free for you"), {
        "token": "17-TOKEN", "day": date(2027, 4, 24), "time": time(9, 5)}, ("token", "day", "time")),
    Kind("place_lapsed", N_("The place has moved on"), {"token": "17-TOKEN"}),
    Kind("role_invitation", N_("Invitation to a role"), {
        "token": "17-TOKEN", "role": Word(N_("Catering")), "inviter": "Mai-Linh", "day": date(2027, 4, 24)},
        ("token",)),
)
