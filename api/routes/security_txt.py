"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, where somebody is named."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import PlainTextResponse

PATH = "/.well-known/security.txt"

VALID_DAYS = 30
"""RFC 9116 asks for less than a year. It is computed at each request: the mail address is that of now."""

LANGUAGES = ("nl", "en")

router = APIRouter(include_in_schema=False)


@router.api_route(PATH, methods=["GET", "HEAD"])
async def security_txt(request: Request) -> PlainTextResponse:
    """The mail address of whoever runs this server; 404 where `CONTACT_EMAIL` is not set."""
    settings = request.app.state.settings
    if not settings.contact_mail:
        raise HTTPException(404)
    until = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=VALID_DAYS)
    lines = [
        f"Contact: mailto:{settings.contact_mail}",
        f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    ]
    if settings.public_address.startswith("https://"):
        lines.append(f"Canonical: {settings.public_address}{PATH}")
    return PlainTextResponse("\n".join(lines) + "\n")
