"""A room's colour is that of its letter, which organisers choose: the column beside it said nothing."""

import sqlalchemy as sa
from alembic import op

revision = "room_colour"
down_revision = "cloning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.drop_column("room", "colour")


def downgrade() -> None:
    """Go back to the schema before."""
    op.add_column("room", sa.Column("colour", sa.String(), nullable=False, server_default=""))
