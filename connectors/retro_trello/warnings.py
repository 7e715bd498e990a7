"""What a person should know of the read of a board: what was cut, left out, or cannot be known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import dependency_heading, fold
from retro.model import Cut, CutPart
from retro_trello.payload import Board, Card
from retro_trello.settings import BoardSettings

LABELS_MOST = 1000
"""Trello gives no more labels in one answer."""
_NEAR = 0.6
"""How alike a renamed list and its old name are, for the one to be proposed for the other."""
_PARTS = (
    ("lists", "lists"),
    ("members", "members"),
    ("labels", "labels"),
    ("customFields", "custom_fields"),
    ("checklists", "checklists"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What a board's document held that was not read, and whether the document itself is less than the board."""

    cut: bool = False
    """Older cards could not be had."""
    cards: int = 0
    """Entries of its cards that are none."""
    repeated: int = 0
    """Entries of its cards with the id of an earlier one."""
    parts: int = 0
    """Lists, people, labels, fields and checklists that could not be read."""


def gaps_of(document: Mapping[str, Any], board: Board, *, cut: bool = False) -> Gaps:
    """Compare a document with what was read of it."""
    cards = [entry for entry in _entries(document, "cards") if isinstance(entry, dict)]
    ids = [entry["id"] for entry in cards if isinstance(entry.get("id"), str) and entry["id"]]
    repeated = len(ids) - len(set(ids))
    return Gaps(
        cut=cut,
        cards=len(_entries(document, "cards")) - repeated - len(board.cards),
        repeated=repeated,
        parts=sum(len(_entries(document, name)) - len(getattr(board, read)) for name, read in _PARTS),
    )


def _entries(document: Mapping[str, Any], name: str) -> list[Any]:
    found = document.get(name)
    return found if isinstance(found, list) else []


def warnings(board: Board, gaps: Gaps, settings: BoardSettings) -> Iterator[str]:
    """Say all of it, a sentence each."""
    yield from _cut(board, gaps)
    yield from _left_out(gaps)
    if hidden_data(board):
        yield _("Power-Ups keep data on this board that retro cannot read: links kept there are unknown to it.")
    if any(dependency_heading(each.name) is not None and each.type not in ("text", "") for each in board.custom_fields):
        yield _("A field named after dependencies holds no text: retro reads dependencies from text fields.")
    yield from _renamed(board, settings)


def cuts(board: Board, gaps: Gaps) -> tuple[Cut, ...]:
    """What Trello did not give: older cards, and what stands on cards."""
    bare = _bare(board)
    tasks = (Cut(CutPart.TASKS, len(board.cards)),) if gaps.cut else ()
    return (*tasks, Cut(CutPart.PARTS, bare)) if bare else tasks


def hidden_data(board: Board) -> bool:
    """Whether Power-Ups keep data on a board or its cards: Trello gives it without saying what it means."""
    return bool(board.plugin_data) or any(card.plugin_data for card in board.cards)


def _cut(board: Board, gaps: Gaps) -> Iterator[str]:
    """What Trello did not give."""
    if gaps.cut:
        yield _(
            "Trello gives no more than {count} open cards of this board: older ones were not read, and what depends on"
            " them is only assumed.",
            count=len(board.cards),
        )
    if len(board.labels) >= LABELS_MOST:
        yield _(
            "Trello gives {count} labels of a board only: the others are known where cards show them.",
            count=LABELS_MOST,
        )
    if bare := _bare(board):
        yield plural(
            "Trello did not give all checklists and attachments of {count} card: what they say was not read.",
            "Trello did not give all checklists and attachments of {count} cards: what they say was not read.",
            bare,
        )


def _bare(board: Board) -> int:
    """How many cards came without all of their checklists and attachments."""
    known = {checklist.id for checklist in board.checklists}
    return sum(not _has_all(card, known) for card in board.cards)


def _has_all(card: Card, known: set[str]) -> bool:
    """Whether every checklist that a card names came, and as many attachments as its badges count."""
    own = {checklist.id for checklist in card.checklists}
    told = card.badges.get("attachments")
    lacks = isinstance(told, int) and told > len(card.attachments)
    return not lacks and all(id_ in known or id_ in own for id_ in card.id_checklists)


def _left_out(gaps: Gaps) -> Iterator[str]:
    """What came and could not be read."""
    if gaps.cards:
        yield plural(
            "{count} entry of this board is no card that can be read: it was left out.",
            "{count} entries of this board are no cards that can be read: they were left out.",
            gaps.cards,
        )
    if gaps.repeated:
        yield plural(
            "{count} card of this board came with the id of an earlier one: it was left out.",
            "{count} cards of this board came with the ids of earlier ones: they were left out.",
            gaps.repeated,
        )
    if gaps.parts:
        yield plural(
            "{count} list, person, label, field or checklist of this board cannot be read: it was left out.",
            "{count} lists, people, labels, fields or checklists of this board cannot be read: they were left out.",
            gaps.parts,
        )


def _renamed(board: Board, settings: BoardSettings) -> Iterator[str]:
    """Names that the configuration gives a status and no list or label has: with the nearest that there is."""
    names = {fold(name): name for name in _names(board) if name.strip()}
    pinned = [name for listed in settings.status.values() for name in listed]
    free = sorted(names.keys() - {fold(name) for name in pinned})
    for name in pinned:
        if fold(name) in names:
            continue
        near = get_close_matches(fold(name), free, n=1, cutoff=_NEAR)
        if near:
            yield _(
                "The configuration gives “{name}” a status, but no list or label of this board is called that. Is it"
                " “{near}” now?",
                name=name,
                near=names[near[0]],
            )
        else:
            yield _(
                "The configuration gives “{name}” a status, but no list or label of this board is called that.",
                name=name,
            )


def _names(board: Board) -> Iterable[str]:
    yield from (each.name for each in board.lists)
    yield from (each.name for each in board.labels)
    yield from (name for name in board.label_names.values() if isinstance(name, str))
    yield from (label.name for card in board.cards for label in card.labels)
