"""Set-up of a camp in the browser: texts in several languages, opening, rooms with order and way, days with capacity."""

import json

import sqlalchemy as sa
from alembic import op

import camp.db

revision = "setup"
down_revision = "uploads"
branch_labels = None
depends_on = None

_OLD = ("imprint", "privacy", "accessibility")
_ADDED = {
    "camp": (("hashtag", sa.String(), ""), ("accent", sa.String(), ""), ("institution", sa.JSON(), "{}")),
    "partner": (("position", sa.Integer(), "0"),),
    "room": (("position", sa.Integer(), "0"), ("colour", sa.String(), ""), ("way", sa.String(), ""),
             ("open_space", sa.Boolean(), sa.false())),
}


def upgrade() -> None:
    """Go to this schema; camps that are there have been public, so they are open."""
    op.create_table(
        "camp_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("camp_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["camp_id"], ["camp.id"], name=op.f("fk_camp_text_camp_id_camp"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camp_text")),
        sa.UniqueConstraint("camp_id", "name", "language", name=op.f("uq_camp_text_camp_id_name_language")),
    )
    # One by one and never by batch: SQLite's way of altering would drop the table, and with it what refers to it.
    for table, columns in _ADDED.items():
        for name, kind, default in columns:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column("camp", sa.Column("opened_at", camp.db.Utc(), nullable=True))
    op.add_column("day", sa.Column("capacity", sa.Integer(), nullable=True))
    _move_texts(op.get_bind())
    for name in _OLD:
        op.drop_column("camp", name)


def _move_texts(connection: sa.Connection) -> None:
    rows = connection.execute(sa.text("SELECT id, languages, imprint, privacy, accessibility FROM camp")).mappings().all()
    for row in rows:
        languages = json.loads(row["languages"]) if isinstance(row["languages"], str) else row["languages"]
        for name in _OLD:
            if row[name]:
                connection.execute(
                    sa.text("INSERT INTO camp_text (camp_id, name, language, text) VALUES (:camp, :name, :language, :text)"),
                    {"camp": row["id"], "name": name, "language": (languages or ["de"])[0], "text": row[name]})
    connection.execute(sa.text("UPDATE camp SET opened_at = made_at"))


def downgrade() -> None:
    """Go back; texts in further languages and the new settings are lost."""
    for name in _OLD:
        op.add_column("camp", sa.Column(name, sa.String(), nullable=False, server_default=""))
        op.get_bind().execute(sa.text(
            f"UPDATE camp SET {name} = COALESCE((SELECT text FROM camp_text WHERE camp_id = camp.id AND name = '{name}' "
            "ORDER BY id LIMIT 1), '')"))  # nosec B608  # the names stand above
    op.drop_column("day", "capacity")
    op.drop_column("camp", "opened_at")
    for table, columns in _ADDED.items():
        for name, _kind, _default in columns:
            op.drop_column(table, name)
    op.drop_table("camp_text")
