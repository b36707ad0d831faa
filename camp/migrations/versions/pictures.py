"""Pictures: the camp's logo, ways to rooms, logos of partners."""

import sqlalchemy as sa
from alembic import op

revision = "pictures"
down_revision = "plan_wants"
branch_labels = None
depends_on = None
_OWNERS = ("camp", "room", "partner")


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_picture_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_camp_id"), "picture", ["camp_id"])
    for table in _OWNERS:
        op.add_column(table, sa.Column("picture_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back to the schema before."""
    for table in _OWNERS:
        op.drop_column(table, "picture_id")
    op.drop_table("picture")
