"""Addresses are known under the form of their domain that mail servers know."""

from contextlib import suppress

import sqlalchemy as sa
from alembic import op

revision = "domains"
down_revision = "mail_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Write domains with umlauts as xn--…; where such an address is somebody's already, both stay as they are."""
    connection = op.get_bind()
    known: dict[str, int] = {email: number for email, number in connection.execute(sa.text("SELECT email, id FROM person"))}
    for email, number in list(known.items()):
        box, _, domain = email.rpartition("@")
        with suppress(UnicodeError):
            plain = f"{box}@{domain.encode('idna').decode()}".lower()
            if plain not in known:
                connection.execute(sa.text("UPDATE person SET email = :email WHERE id = :id"), {"email": plain, "id": number})


def downgrade() -> None:
    """Leave them: the older program knows this form too, if it is typed."""
