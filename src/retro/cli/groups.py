"""Groups of commands: what one says where no command of it is named."""

import typer


def help_alone(context: typer.Context) -> None:
    """The callback of a group: its help, where it stands alone."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
