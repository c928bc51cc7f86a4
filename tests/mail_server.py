"""A mail server on localhost that keeps what it is sent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Taken:
    """What a server was sent; mail for nobody@ it refuses."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"secret", handled=False)


@contextmanager
def serving() -> Iterator[tuple[Taken, int]]:
    """Serve, and give what was taken and the port."""
    taken = Taken()
    with socket.socket() as free:  # the controller cannot choose a port itself
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(
        taken,
        hostname="127.0.0.1",
        port=port,
        authenticator=taken.authenticate,
        auth_require_tls=False,
    )
    running.start()
    yield taken, port
    running.stop()
