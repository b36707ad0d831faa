"""Roles for helpers and catering, and invitations to a role by mail."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "invitations"
down_revision = "badge_prints"
branch_labels = None
depends_on = None

_OLD, _NEW = ("organiser", "moderator"), ("organiser", "moderator", "helper", "catering")


def upgrade() -> None:
    """Go to this schema."""
    _allow(_NEW)
    op.create_table(
        "role_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", camp.db.Utc(), nullable=False),
        sa.Column("until", camp.db.Utc(), nullable=False),
        sa.Column("taken_at", camp.db.Utc(), nullable=True),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_role_invitation_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_role_invitation_made_by_person"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_invitation")),
        sa.UniqueConstraint("camp_id", "email", "role", name=op.f("uq_role_invitation_camp_id_email_role")),
    )
    op.create_index(op.f("ix_role_invitation_made_by"), "role_invitation", ["made_by"])
    op.create_index(op.f("ix_role_invitation_until"), "role_invitation", ["until"])


def downgrade() -> None:
    """Go back to the schema before; helpers and caterers lose their role."""
    op.drop_table("role_invitation")
    op.execute(sa.text("DELETE FROM role WHERE name IN ('helper', 'catering')"))
    _allow(_OLD)


def _allow(names: tuple[str, ...]) -> None:
    """Let a role have one of these names; on SQLite by a new table, which loses nothing: none refers to this one."""
    rule = f"name IN ({', '.join(repr(name) for name in names)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_role_name"), "role", type_="check")
        op.create_check_constraint(op.f("ck_role_name"), "role", rule)
        return
    op.drop_index(op.f("ix_role_person_id"), "role")
    op.rename_table("role", "role_before")
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(rule, name=op.f("ck_role_name")),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_role_camp_id_camp"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("camp_id", "person_id", "name", name=op.f("uq_role_camp_id_person_id_name")),
    )
    op.execute(sa.text("INSERT INTO role (id, camp_id, person_id, name) SELECT id, camp_id, person_id, name FROM role_before"))
    op.drop_table("role_before")
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"])
