"""Edit numbers of what several organisers write."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "edition"
down_revision = "wall_code"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.create_table(
        "edition",
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", camp.db.Utc(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], ondelete="CASCADE", name=op.f("fk_edition_camp_id_camp")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL",
                                name=op.f("fk_edition_person_id_person")),
        sa.PrimaryKeyConstraint("camp_id", "what", name=op.f("pk_edition")),
    )


def downgrade() -> None:
    """Go back to the schema before."""
    op.drop_table("edition")
