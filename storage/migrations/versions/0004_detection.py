"""Why a state was declared, what lines share, clocks that stand still, spells, habits."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = UTCDateTime()
TICKET: tuple[sa.Column[Any], ...] = (
    sa.Column("scope", sa.String(), nullable=True),
    sa.Column("scope_of", sa.Integer(), nullable=True),
    sa.Column("scope_total", sa.Integer(), nullable=True),
    sa.Column("suspensions", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("suspended", TIME, nullable=True),
    sa.Column("idle_ms", sa.Integer(), nullable=False, server_default="0"),
)


def upgrade() -> None:
    op.add_column("intervals", sa.Column("grounds", sa.JSON(), nullable=True))
    op.add_column("vantages", sa.Column("sight", sa.String(), nullable=False, server_default="clear"))
    op.execute("UPDATE vantages SET sight = 'blind' WHERE blind_since IS NOT NULL")
    for column in TICKET:
        op.add_column("incidents", column)
    op.create_table(
        "spells",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("channel_id", sa.Integer(), sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("began", TIME, nullable=False),
        sa.Column("ended", TIME, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_index("ix_spells_channel_id", "spells", ["channel_id"])
    lasts = sa.text("ended IS NULL")
    op.create_index(
        "uq_spells_present",
        "spells",
        ["channel_id", "kind"],
        unique=True,
        sqlite_where=lasts,
        postgresql_where=lasts,
    )
    counts = ("days", "bursts", "misses", "silences", "lasting")
    op.create_table(
        "habits",
        sa.Column("series_id", sa.Integer(), sa.ForeignKey("series.id"), primary_key=True),
        *(sa.Column(each, sa.Float(), nullable=False) for each in counts),
    )


def downgrade() -> None:
    op.drop_table("habits")
    op.drop_table("spells")
    with op.batch_alter_table("incidents") as incidents:
        for column in TICKET:
            incidents.drop_column(column.name)
    op.drop_column("vantages", "sight")
    op.drop_column("intervals", "grounds")
