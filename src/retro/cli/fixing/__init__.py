"""`retro lint --fix` and `--diff`: fixes of the boards that were read, or of files, in copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retro.cli.fixing.asked import Diff, Fix, Force, Mending, Unsafe

if TYPE_CHECKING:
    from collections.abc import Callable

    from retro.cli.fixing.mended import Mended
    from retro.cli.work import Work
    from retro.ports import Ledger
    from retro.run.assess import Assessed, Means

__all__ = ["Diff", "Fix", "Force", "Mending", "Unsafe", "mend"]


def mend(
    mending: Mending, work: Work, judged: Callable[[Work], tuple[Means, Assessed]], ledger: Ledger | None
) -> Mended:
    """Show the fixes, and make them where they are asked for and agreed to; what stands then."""
    if mending.paths:
        from retro.cli.fixing.copies import write_copies

        return write_copies(mending, work, judged)
    from retro.cli.fixing.boards import mend_boards

    return mend_boards(mending, work, judged, ledger)
