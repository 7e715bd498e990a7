"""The teams of a configuration: which owners mean them, by id, alias or name."""

from collections.abc import Iterable, Mapping

from retro.config.shape import TeamSection
from retro.i18n.words import fold
from retro.model import Owner, Snapshot, Team

_PREFIX = "team:"
"""Before a team's name in the configuration, so that no person has its key."""


def teams(snapshots: Iterable[Snapshot], configured: Mapping[str, TeamSection]) -> tuple[Team, ...]:
    """The teams of the configuration, in its order, each with the keys of the owners on any board that mean it.

    A role ("Graphiste") is a team of those who have it. The first team whose ids, name or aliases fit takes an owner.
    """
    if not configured:
        return ()
    by_id: dict[str, str] = {}
    by_word: dict[str, str] = {}
    for key, section in configured.items():
        for owner_id in section.ids:
            by_id.setdefault(owner_id, key)
        for word in (section.name, *section.aliases):
            if word:
                by_word.setdefault(fold(word), key)
    found: dict[str, set[str]] = {key: set(section.ids) for key, section in configured.items()}
    for owner in _owners(snapshots):
        words = (fold(word) for word in (owner.email, owner.name) if word)
        meant = by_id.get(owner.key) or next((by_word[word] for word in words if word in by_word), None)
        if meant is not None:
            found[meant].add(owner.key)
    return tuple(
        Team(
            key=f"{_PREFIX}{key}",
            name=section.name or key,
            keys=tuple(sorted(found[key])),
            members=tuple(dict.fromkeys(section.members)),
            size=section.size,
        )
        for key, section in configured.items()
    )


def table_of(team: Team) -> str:
    """The table of the configuration that a team comes from."""
    return f"[teams.{team.key.removeprefix(_PREFIX)}]"


def _owners(snapshots: Iterable[Snapshot]) -> Iterable[Owner]:
    """Everyone and every team named on any board, once."""
    found: dict[str, Owner] = {}
    for snapshot in snapshots:
        for task in snapshot.tasks:
            for owner in (*task.owners, *((task.reviewer,) if task.reviewer else ())):
                found.setdefault(owner.key, owner)
    return found.values()
