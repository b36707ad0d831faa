"""Camp: the ground floor of the barcamp toolkit (camps, venue, people, mail, jobs, access)."""

__version__ = "0.1.0"
