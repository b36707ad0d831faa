"""People asked to hold a session, and why a proposal is hidden."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "hosts"
down_revision = "votes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("session", sa.Column("hidden_because", sa.String(), server_default="", nullable=False))
    op.create_table(
        "host_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], ondelete="CASCADE",
                                name=op.f("fk_host_invitation_session_id_session")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], ondelete="CASCADE",
                                name=op.f("fk_host_invitation_participant_id_participant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_invitation")),
        sa.UniqueConstraint("session_id", "typed", name=op.f("uq_host_invitation_session_id_typed")),
    )
    op.create_index(op.f("ix_host_invitation_participant_id"), "host_invitation", ["participant_id"])


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("host_invitation")
    op.drop_column("session", "hidden_because")
