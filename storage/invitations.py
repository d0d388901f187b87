"""Invitations as they are kept: found by the hash of their token."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Invitation


def token_hash(token: str) -> str:
    """Return what is kept of *token*; it is long and random, so a plain hash cannot be turned back."""
    return sha256(token.encode()).hexdigest()


async def by_token(session: AsyncSession, token: str) -> Invitation | None:
    """Return the invitation with this token, or None."""
    found = await session.exec(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    return found.one_or_none()


async def mark_used(session: AsyncSession, invitation: Invitation, person: int, at: datetime) -> None:
    """Remember who enrolled by it; nobody else can from now on."""
    invitation.used_at, invitation.used_by = at, person
    session.add(invitation)
    await session.flush()
