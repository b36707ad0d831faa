"""How a camp votes, cards judged, votes by the hour, proposals that are alike and those that were merged."""

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "votes"
down_revision = "roster"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this schema."""
    op.add_column("session", sa.Column("merged_into", sa.Integer(), nullable=True))
    op.add_column("host", sa.Column("merged_from", sa.Integer(), nullable=True))
    _make("voting_rules", [
        sa.Column("camp_id", sa.Integer(), nullable=False), sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False), sa.Column("least_seen", sa.Boolean(), nullable=False)],
        ["camp_id"], {"camp_id": "camp"})
    _make("judged", [
        sa.Column("session_id", sa.Integer(), nullable=False), sa.Column("pseudonym", sa.String(), nullable=False)],
        ["session_id", "pseudonym"], {"session_id": "session"}, sqlite_with_rowid=False)
    op.create_index(op.f("ix_judged_pseudonym"), "judged", ["pseudonym"])
    _make("vote_hour", [
        sa.Column("camp_id", sa.Integer(), nullable=False), sa.Column("hour", camp.db.Utc(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False)], ["camp_id", "hour"], {"camp_id": "camp"})
    _make("likeness", [
        sa.Column("one_id", sa.Integer(), nullable=False), sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False)], ["one_id", "other_id"],
        {"one_id": "session", "other_id": "session"})
    op.create_index(op.f("ix_likeness_other_id"), "likeness", ["other_id"])
    _make("merge_offer", [
        sa.Column("id", sa.Integer(), nullable=False), sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False), sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("asked_at", camp.db.Utc(), nullable=False),
        sa.UniqueConstraint("session_id", "other_id", name=op.f("uq_merge_offer_session_id_other_id"))],
        ["id"], {"session_id": "session", "other_id": "session"})
    op.create_index(op.f("ix_merge_offer_other_id"), "merge_offer", ["other_id"])


def _make(table: str, parts: list[sa.schema.SchemaItem], keys: list[str], refers: dict[str, str],
          **options: bool) -> None:
    op.create_table(table, *parts, sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")), *(
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE")
        for column, other in refers.items()), **options)


def downgrade() -> None:
    """Go back to the schema before."""
    for table in ("merge_offer", "likeness", "vote_hour", "judged", "voting_rules"):
        op.drop_table(table)
    op.drop_column("host", "merged_from")
    op.drop_column("session", "merged_into")
