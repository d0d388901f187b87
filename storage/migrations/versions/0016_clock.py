"""Clock: how long the team's clock stood still, and what else a ticket keeps of its clock."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("job_idle_ms", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("clock", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_column("clock")
        batch_op.drop_column("job_idle_ms")
