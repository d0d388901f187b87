"""Field: how far the team is with a ticket, and its claim that it is fixed."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENTS = ("eta", "departed", "arrived", "expected", "lapsed", "claimed", "proven")


def upgrade() -> None:
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        for name in MOMENTS:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("claimed_cause", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_incidents_claimed_by", "people", ["claimed_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_constraint("fk_incidents_claimed_by", type_="foreignkey")
        for name in ("claimed_by", "claimed_cause", *MOMENTS):
            batch_op.drop_column(name)
