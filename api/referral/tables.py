"""The tables of referrals. Only `sealed` holds personal data, encrypted; it is emptied at withdrawal."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Text

from api.storage.database import Moment, metadata

referrals = Table(
    "referrals",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("status", String(20), nullable=False),
    Column("municipality", String(100), nullable=False),
    Column("practice_id", ForeignKey("holders.id"), index=True),
    Column("made_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    Column("picked_up_at", Moment),
    Column("closed_at", Moment),
    Column("sealed", LargeBinary),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("request_digest", String(64), nullable=False, unique=True),
    Column("content_digest", String(64), nullable=False),
)
"""`practice_id`: None where a resident applied. `request_digest`: of the Idempotency-Key and who sent it.
`content_digest`: of the content, under that key; it still tells another content apart after withdrawal."""

consents = Table(
    "consents",
    metadata,
    Column("referral_id", ForeignKey("referrals.id"), primary_key=True),
    Column("asked_by", String(20), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("version", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("withdrawn_at", Moment),
)
"""`asked_by`: `praktijk` or `inwoner`. `text`: word for word what the person agreed to."""
