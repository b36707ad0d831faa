"""Badges and the door: codes, printing, pairing, check-in."""
