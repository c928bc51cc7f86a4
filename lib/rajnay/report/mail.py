"""A report sent by electronic mail, the page attached."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from rajnay.base import paths
from rajnay.report.changes import read_manifest
from rajnay.report.news import read_news
from rajnay.report.settings import Mail

PASSWORD = "RAJNAY_MAIL_PASSWORD"
# Seconds that a server may take for an answer; changes that a mail lists.
_PATIENCE, _LISTED = 60.0, 30


class MailError(RuntimeError):
    """Why a report could not be sent, and the mend, in one line."""


def send(name: str, settings: Mail, failures: Sequence[str] = ()) -> None:
    """Send a report to all who are to get it.

    Args:
        name: the report's name in ``reports/runs.yaml``.
        settings: from whom, to whom, by which server.
        failures: what failed in the run, a line each.

    Raises:
        MailError: it could not be sent.
    """
    message = letter(name, settings, failures)
    try:
        with _server(settings) as server:
            if settings.user:
                server.login(settings.user, _password())
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        why = " ".join(str(getattr(error, "smtp_error", b"") or error).split())
        where = f"{settings.host}:{settings.port}"
        raise MailError(f"{where}: {why}; mend mail in data/schedule.yaml") from None
    if refused:
        raise MailError(f"not taken for {', '.join(sorted(refused))}; mend their addresses")


def letter(name: str, settings: Mail, failures: Sequence[str] = ()) -> EmailMessage:
    """Return the mail with a report: its title, what is new, what failed, and the page attached.

    Raises:
        MailError: there is no such report.
    """
    page, entry = paths.REPORTS / f"{name}.html", read_manifest(paths.REPORTS).get(name)
    try:
        attached = page.read_bytes()
    except OSError:
        raise MailError("it is not built; name reports of reports/runs.yaml") from None
    facts = entry or {"title": name, "counts": []}
    newest = [*read_news(paths.REPORTS).changes]
    lines = [facts["title"], ", ".join(facts["counts"]), ""]
    lines += [f"- {one.title}" for one in newest if one.at == newest[-1].at][:_LISTED]
    lines += ["", *(f"! {line}" for line in failures)] if failures else []
    message = EmailMessage()
    message["Subject"] = " ".join(str(facts["title"]).split())
    message["From"], message["To"] = settings.sender, ", ".join(settings.to)
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="rajnay")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines).strip() + "\n")
    message.add_attachment(attached, maintype="text", subtype="html", filename=page.name)
    return message


def _server(settings: Mail) -> smtplib.SMTP:
    """Return the open connection to a server, secured as the settings ask."""
    to = settings.host, settings.port
    if settings.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*to, timeout=_PATIENCE, context=context)
    server = smtplib.SMTP(*to, timeout=_PATIENCE)
    if settings.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _password() -> str:
    if PASSWORD not in os.environ:
        raise MailError(f"the variable {PASSWORD} is not set; put the password there")
    return os.environ[PASSWORD]
