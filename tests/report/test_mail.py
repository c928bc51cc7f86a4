"""Reports by electronic mail, taken by a server on localhost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mail_server import Taken, serving

from rajnay.base import paths
from rajnay.report import mail
from rajnay.report.changes import FACTS, write_manifest
from rajnay.report.settings import Mail

PAGE = "<!DOCTYPE html><title>અહેવાલ</title>".encode()
TITLE = "ભારત અને રશિયા: ઓગસ્ટ 2025"


@pytest.fixture
def server() -> Iterator[tuple[Taken, int]]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "REPORTS", tmp_path)
    (tmp_path / "week.html").write_bytes(PAGE)
    facts = dict.fromkeys(FACTS, "") | {"title": TITLE, "counts": ["3 held", "5 articles"]}
    write_manifest(tmp_path, {"week": facts})
    return tmp_path


def settings(port: int, **more: object) -> Mail:
    values = {"sender": "rajnay@example.org", "to": ["desk@example.org"], "reports": ["week"]}
    return Mail.model_validate(values | {"host": "127.0.0.1", "port": port} | more)


def test_a_report_arrives_whole_with_what_is_new_and_what_failed(server):
    taken, port = server
    mail.send("week", settings(port), ["one: could not be read"])
    (found,) = taken.mails
    assert (found["Subject"], found["To"]) == (TITLE, "desk@example.org")
    text = found.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines()[:2] == [TITLE, "3 held, 5 articles"]
    assert "! one: could not be read" in text.get_content()
    (attached,) = found.iter_attachments()
    assert attached.get_filename() == "week.html"
    assert attached.get_content_type() == "text/html"
    assert attached.get_payload(decode=True) == PAGE
    assert not taken.logins


def test_a_password_comes_from_the_environment_alone(server, monkeypatch):
    taken, port = server
    with pytest.raises(mail.MailError, match="RAJNAY_MAIL_PASSWORD is not set"):
        mail.send("week", settings(port, user="rajnay"))
    monkeypatch.setenv("RAJNAY_MAIL_PASSWORD", "secret")
    mail.send("week", settings(port, user="rajnay"))
    assert len(taken.mails) == 1 and taken.logins[-1] == (b"rajnay", b"secret")
    monkeypatch.setenv("RAJNAY_MAIL_PASSWORD", "wrong")
    with pytest.raises(mail.MailError) as error:
        mail.send("week", settings(port, user="rajnay"))
    assert "wrong" not in str(error.value) and "mend mail in data/schedule.yaml" in str(error.value)


def test_what_keeps_a_report_from_being_sent_is_one_line(server):
    taken, port = server
    with pytest.raises(mail.MailError, match=r"not taken for nobody@example\.org"):
        mail.send("week", settings(port, to=["nobody@example.org", "desk@example.org"]))
    assert len(taken.mails) == 1
    with pytest.raises(mail.MailError, match="no such mailbox") as error:
        mail.send("week", settings(port, to=["nobody@example.org"]))
    assert "\n" not in str(error.value)
    with pytest.raises(mail.MailError, match=r"127\.0\.0\.1:1: .*; mend mail"):
        mail.send("week", settings(1))
    with pytest.raises(mail.MailError, match="it is not built"):
        mail.send("month", settings(port))
    with pytest.raises(mail.MailError, match="mend mail"):
        mail.send("week", settings(port, security="starttls"))
