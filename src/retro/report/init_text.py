"""What `retro init` says when it is done: what is in the file, what is to be checked, what comes next."""

from collections.abc import Iterator

from retro.i18n import plural
from retro.i18n import text as _
from retro.model.proposal import Proposal
from retro.report.init_toml import to_check
from retro.report.mapping_words import kind_word
from retro.report.untrusted import printable

_SHOWN = 12


def lines(proposal: Proposal, file: str, config: str = "") -> Iterator[str]:
    """The lines; `config` is what the next commands need to find the file, "" where they find it by themselves."""
    picked = [board for board in proposal.boards if board.picked]
    people = len(proposal.people)
    counts = [
        plural("{count} board", "{count} boards", len(picked)),
        plural("{count} project", "{count} projects", len(proposal.projects)),
    ]
    if people:
        counts.append(plural("{count} person with several accounts", "{count} people with several accounts", people))
    yield f"{file}{_(': ')}{', '.join(counts)}."
    for board in picked[:_SHOWN]:
        yield f"  {board.alias}: {printable(board.name)} ({board.size}) – {kind_word(board.kind)}"
    if len(picked) > _SHOWN:
        yield "  …"
    if left := len(proposal.boards) - len(picked):
        yield plural(
            "{count} board stands there as a comment, with the reason.",
            "{count} boards stand there as comments, each with the reason.",
            left,
        )
    if open_ := to_check(proposal):
        yield plural(
            "{count} point to check: look for “{mark}” in the file.",
            "{count} points to check: look for “{mark}” in the file.",
            open_,
            mark=_("to check"),
        )
    yield _("Nothing will be written on any board: `write` is empty.")
    yield _(
        "Next: {first} shows what keeps the plan from holding, {second} checks the set-up.",
        first=f"`retro{config} lint`",
        second=f"`retro{config} doctor`",
    )
