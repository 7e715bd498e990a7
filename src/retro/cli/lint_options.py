"""Options by which commands choose rules, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.cli.session import Session
    from retro.lint.settings import LintSettings

Profile = Annotated[str | None, typer.Option(metavar="douce|standard|stricte", help=_("How strict to be."))]
Select = Annotated[list[str] | None, typer.Option(metavar="CODES", help=_("Only these rules (OWN, DAT103…)."))]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODES", help=_("Not these rules."))]
ExtendSelect = Annotated[list[str] | None, typer.Option(metavar="CODES", help=_("These rules too."))]
RuleOption = Annotated[
    list[str] | None, typer.Option("-x", metavar="CODE:OPTION=VALUE", help=_("An option of a rule."))
]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help=_("The file of the remarks that are accepted for now.")),
]


def chosen_rules(
    session: Session,
    profile: str | None,
    select: list[str] | None,
    ignore: list[str] | None,
    extend_select: list[str] | None,
) -> LintSettings:
    """The [lint] section with what the command line says in its place."""
    from retro.run.options import lint_settings

    return lint_settings(
        session.settings.lint,
        profile=_profile(profile),
        select=_codes(select),
        ignore=_codes(ignore),
        extend_select=_codes(extend_select),
    )


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Codes, given one by one or with commas between."""
    return tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())


def _profile(given: str | None) -> object:
    from retro.lint.profile import Profile as Known
    from retro.ports import ConfigurationError

    if given is None:
        return None
    try:
        return Known(given)
    except ValueError:
        raise ConfigurationError(
            _('"{name}" is no profile.', name=given),
            where="--profile",
            remedy=_("There are: {names}.", names=", ".join(Known)),
        ) from None
