"""What a report may be narrowed to, held against the tables."""

from __future__ import annotations

from typing import NamedTuple

from rajnay.knowledge.reference import Reference
from rajnay.models import TOPICS


class IssueError(ValueError):
    """A report that was asked for what it cannot tell; the message names the parameter and the
    mend.
    """


class Choice(NamedTuple):
    """What a report is narrowed to; nothing where one is empty."""

    person: str = ""
    forum: str = ""
    topic: str = ""


def check_choice(reference: Reference, choice: Choice) -> None:
    """Raise IssueError for a person, forum or topic that has no name of record; an empty one is no
    choice.
    """
    person, forum, topic = choice
    if person and person not in reference.people:
        raise IssueError(
            f"person {person!r} is not in people.csv: write the name as it stands there"
        )
    if forum and not any(f"{name} ".startswith(f"{forum} ") for name in reference.forums):
        raise IssueError(
            f"forum {forum!r} is not in forums.csv: write the name, or its acronym, as it stands "
            "there"
        )
    if topic and topic not in TOPICS:
        raise IssueError(f"topic {topic!r} is none of {', '.join(TOPICS)}")
