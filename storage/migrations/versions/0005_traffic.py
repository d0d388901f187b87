"""Traffic: which port counts for a channel, and what it counted."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

FIGURES = [f"{direction}_{figure}" for direction in ("down", "up") for figure in ("p95", "mean", "max")]


def upgrade() -> None:
    _spells()
    op.add_column("channels", sa.Column("meter", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.create_table(
        "traffic",
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("rates", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "channel_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "traffic_days",
        *(sa.Column(each, sa.Integer(), nullable=False) for each in ("day", "channel_id", "samples")),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in FIGURES),
        sa.PrimaryKeyConstraint("day", "channel_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("traffic_days")
    op.drop_table("traffic")
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_column("meter")
    op.drop_table("spells")


def _spells() -> None:
    op.create_table(
        "spells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("began", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("spells", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spells_channel_id"), ["channel_id"], unique=False)
