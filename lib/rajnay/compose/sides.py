"""Who stands on each side of an engagement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rajnay.mentions.parties import Party

PEOPLE = frozenset({"person", "office", "body"})
Sides = dict[str, list[Party]]


def by_side(parties: Iterable[Party], pair: Iterable[str]) -> Sides:
    """Return parties named before, each on its side, as the text leaves them to be understood.

    Args:
        parties: parties of the sentence.
        pair: two ISO 3166-1 alpha-2 codes.
    """
    parties = tuple(parties)
    return {
        code: [party.understood() for party in parties if party.country == code] for code in pair
    }


def people_of(sides: Sides) -> Sides:
    """Return the people and bodies of each side, without mere countries.

    Args:
        sides: who stands on each side.
    """
    return {
        code: [party for party in members if party.form in PEOPLE]
        for code, members in sides.items()
    }


def completed(people: Sides, fill: Callable[[str], list[Party]]) -> Sides:
    """Return sides, each that is empty with whom ``fill`` gives for its country."""
    return {code: members or fill(code) for code, members in people.items()}


def named_first(parties: Sequence[Party], bodies: bool) -> list[Party]:
    """Return the people among parties; bodies only where no person speaks for them, or where bodies
    act beside people.

    Args:
        parties: parties of the sentence.
        bodies: whether bodies act beside people.
    """
    people = [party for party in parties if party.form in ("person", "office")]
    return [party for party in parties if party.form in PEOPLE] if bodies or not people else people
