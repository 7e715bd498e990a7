"""`retro rules` and `retro rule CODE`: what retro can say, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.output import console, formats, put
from retro.cli.session import session_of
from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.lint.rule import BaseRule


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("rules", help=_("List the rules."), epilog=_("Example:  retro rules --format json"))(rules)
    app.command("rule", help=_("Show a rule's page."), epilog=_("Example:  retro rule OWN102"))(rule)


def rules(
    context: typer.Context,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json."))
    ] = None,
) -> None:
    """The list."""
    from retro import registry
    from retro.lint.families import code_order
    from retro.report.document import dumps

    types = sorted(registry.rule_types(), key=lambda each: code_order(each.code))
    session = session_of(context)
    for name, file in formats(format_, ("text", "json")):
        if name == "json":
            put(dumps({"version": 1, "lang": session.lang, "rules": [_facts(each) for each in types]}), file)
        else:
            width = max(len(each.name) for each in types)
            for each in types:
                typer.echo(f"{each.code}  {each.default.value:8}{each.name:{width}}  {each.french_name}")


def _facts(rule_type: type[BaseRule]) -> dict[str, object]:
    from retro.lint.pages import options
    from retro.report.document import plain

    return {
        "code": rule_type.code,
        "name": rule_type.name,
        "french_name": rule_type.french_name,
        "severity": rule_type.default.value,
        "aggregates": rule_type.aggregates,
        "options": {name: plain(default) for name, default, _meaning in options(rule_type)},
    }


def rule(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A rule's code, such as OWN102."))],
) -> None:
    """One page."""
    from rich.markdown import Markdown

    from retro import registry
    from retro.lint.pages import page
    from retro.lint.selection import known_code

    types = {each.code: each for each in registry.rule_types()}
    known_code(code.upper(), {each.code: each.name for each in types.values()}, where="retro rule")
    found = types.get(code.upper()) or next(each for each in types.values() if each.code.startswith(code.upper()))
    session = session_of(context)
    console(quiet=session.options.quiet).print(Markdown(page(found, session.lang)))
