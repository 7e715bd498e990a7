"""What a configuration or a command line says about lint, as the runner takes it."""

from dataclasses import dataclass

from retro.lint.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Other choices for some findings: all the given conditions hold (shell patterns, case aside).

    `boards` match a board's alias, name or key; `sources` its source; `lists` and `labels` the task's.
    """

    boards: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSettings:
    """Profile and choice of rules. Codes are whole or beginnings (`OWN`, `OWN1`, `OWN101`).

    `select` empty: all that the profile holds. `mandatory` rules speak whatever is ignored or overridden.
    """

    profile: Profile = Profile.DOUCE
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
