"""What a proposal says beside its title, single slots in which a host cannot, and proposals that are begun."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "proposal_fields"
down_revision = "wlan"
branch_labels = None
depends_on = None

_TEXTS = ("format", "language", "level", "who_comes", "offers", "how")
_MARKS = ("off_record", "note_taker")


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("session", sa.Column("more_tags", sa.JSON(), server_default="[]", nullable=False))
    for name in _TEXTS:
        op.add_column("session", sa.Column(name, sa.String(), server_default="", nullable=False))
    for name in _MARKS:
        op.add_column("session", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("host", sa.Column("away_at", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "begun_proposal",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], ondelete="CASCADE",
                                name=op.f("fk_begun_proposal_participant_id_participant")),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_begun_proposal")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("begun_proposal")
    op.drop_column("host", "away_at")
    for name in ("more_tags", *_TEXTS, *_MARKS):
        op.drop_column("session", name)
