"""Private codes, public cards, how badges look, and the ledger of prints."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "badge_prints"
down_revision = "replies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "private_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=True),
        sa.Column("sign_in_hash", sa.String(), nullable=True),
        sa.Column("used_at", camp.db.Utc(), nullable=True),
        sa.Column("revoked_at", camp.db.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_private_code_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_private_code_participant_id_participant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_private_code_code_hash")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_private_code_participant_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_private_code_uid")),
    )
    op.create_index(op.f("ix_private_code_camp_id"), "private_code", ["camp_id"])
    op.create_table(
        "public_card",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_public_card_participant_id_participant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_public_card")),
    )
    op.create_table(
        "badge_look",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_badge_look_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("camp_id", name=op.f("pk_badge_look")),
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", camp.db.Utc(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_print_run_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_print_run_person_id_person"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    op.create_index(op.f("ix_print_run_camp_id"), "print_run", ["camp_id"])
    op.create_table(
        "printed_badge",
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("at", camp.db.Utc(), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_printed_badge_badge_id_badge"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("badge_id", name=op.f("pk_printed_badge")),
    )


def downgrade() -> None:
    """What was printed is forgotten; private codes sign nobody in any more."""
    for name in ("printed_badge", "print_run", "badge_look", "public_card", "private_code"):
        op.drop_table(name)
