"""One-person WLAN codes."""

import sqlalchemy as sa
from alembic import op

revision = "wlan"
down_revision = "board"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "wlan_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_wlan_code_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"],
                                name=op.f("fk_wlan_code_participant_id_participant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wlan_code")),
        sa.UniqueConstraint("camp_id", "code", name=op.f("uq_wlan_code_camp_id_code")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_wlan_code_participant_id")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("wlan_code")
