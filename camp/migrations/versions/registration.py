"""People register themselves: more of a participant, reservations, rules."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "registration"
down_revision = "setup"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    # One by one and never by batch: SQLite's way of altering would drop the table, and with it what refers to it.
    for column in (
            sa.Column("badge_name", sa.String(), nullable=False, server_default=""),
            sa.Column("pronoun", sa.String(), nullable=False, server_default=""),
            sa.Column("days", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("photo_wording", sa.String(), nullable=False, server_default=""),
            sa.Column("photo_at", camp.db.Utc(), nullable=True),
            sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("offered_until", camp.db.Utc(), nullable=True)):
        op.add_column("participant", column)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("until", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_reservation_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("camp_id", "email", name=op.f("uq_reservation_camp_id_email")),
    )
    with op.batch_alter_table("reservation") as batch_op:
        batch_op.create_index(batch_op.f("ix_reservation_until"), ["until"], unique=False)
    op.create_table(
        "registration_rules",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("curated", sa.Boolean(), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("admit_more", sa.Integer(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_registration_rules_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_registration_rules")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("registration_rules")
    op.drop_table("reservation")
    for name in ("offered_until", "listed", "photo_at", "photo_wording", "days", "pronoun", "badge_name"):
        op.drop_column("participant", name)
