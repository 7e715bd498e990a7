"""From the sections of retro.toml to the plain options that the pure rooms take."""

from collections.abc import Sequence
from dataclasses import replace

from retro.config.shape import LintSection, Settings
from retro.lint.profile import Profile
from retro.lint.settings import LintSettings, Override
from retro.model import Board, Day
from retro.schedule import ScheduleOptions


def schedule_options(
    settings: Settings, boards: Sequence[Board], *, start: Day | None = None, margin: float | None = None
) -> ScheduleOptions:
    """The [schedule] section in minutes, with what the command line adds."""
    section = settings.schedule
    day = settings.calendar.day.minutes(0)
    return ScheduleOptions(
        anchor_at=section.anchor_at,
        milestones=section.milestones,
        due_dates=section.due_dates,
        margin=section.margin if margin is None else margin,
        margin_mode=section.margin_mode,
        buffers=section.buffers,
        critical_within=section.critical_within.minutes(day),
        estimates=tuple(section.estimates),
        board_estimates={
            board.key: tuple(of_board.estimate)
            for board in boards
            if (of_board := settings.boards.get(board.alias.partition("#")[0])) is not None and of_board.estimate
        },
        number_unit=section.number_unit,
        point=section.point.minutes(day),
        sizes={name.casefold(): size.minutes(day) for name, size in section.sizes.items()},
        default=section.default.minutes(day),
        review=section.review.minutes(day),
        start=start,
    )


def lint_settings(section: LintSection, **given: object) -> LintSettings:
    """The [lint] section, with what the command line says in its place (None: nothing)."""
    settings = LintSettings(
        profile=Profile(section.profile),
        select=tuple(section.select),
        ignore=tuple(section.ignore),
        extend_select=tuple(section.extend_select),
        mandatory=tuple(section.mandatory),
        overrides=tuple(
            Override(**{name: tuple(values) for name, values in override.model_dump().items()})
            for override in section.overrides
        ),
    )
    said = {name: value for name, value in given.items() if value}
    return replace(settings, **said)  # type: ignore[arg-type]  # names and types are those of the command line
