"""The names of a card's labels: carried by the card, or told by the board where it carries only ids or colours."""

from collections.abc import Mapping

from retro_trello.payload import Board, Card, Label

_COLOURS = frozenset({"green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black"})


def names_on(board: Board) -> dict[str, str]:
    """The names of a board's labels by id; of the labels that had none yet, by colour."""
    by_colour = {colour: name for colour, name in board.label_names.items() if isinstance(name, str)}
    return {**by_colour, **{label.id: label.name for label in board.labels if label.id}}


def label_names(card: Card, names: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a card's labels in its order; those without a name are left out."""
    carried = card.labels or [Label(id=id_) for id_ in card.id_labels]
    found = (label.name or _told(label, names) for label in carried)
    return tuple(name for name in found if name.strip())


def _told(label: Label, names: Mapping[str, str]) -> str:
    if label.id:
        return names.get(label.id, "")
    bare = "" if label.color.partition("_")[0] in _COLOURS else label.color
    return names.get(label.color) or bare
