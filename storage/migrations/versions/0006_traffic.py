"""Traffic: which port counts for a channel, and what it counted."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIGURES = [f"{direction}_{figure}" for direction in ("down", "up") for figure in ("p95", "mean", "max")]


def upgrade() -> None:
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
