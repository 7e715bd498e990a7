"""Lines of checklists that are tasks of their own: those with a person and a date, on a card that is work."""

from retro.model import Category, CheckItem, Role, Status, StatusOrigin, Task
from retro_trello.revision import with_revision

_PASSED_ON = frozenset({Category.IDEA, Category.DONE, Category.CANCELLED})
"""What a card's status makes of its lines: nobody awaits those of an idea, or of a card that is over."""


def stands_alone(line: CheckItem, role: Role) -> bool:
    """Whether a line of a card of this role is a task of its own."""
    return role is Role.TASK and line.owner is not None and line.due is not None


def item_of(line: CheckItem, card: Task) -> Task:
    """The task that a line is. Where it stands, and what it is for, are its card's; nobody ever writes to it.

    The tick is Trello's own word; a line that is over only because its card is says so by its origin.
    """
    told = line.done or card.status.category not in _PASSED_ON
    category = card.status.category if card.status.category in _PASSED_ON else Category.TODO
    return with_revision(
        Task(
            key=line.key,
            board=card.board,
            title=line.title,
            url=card.url,
            owners=(line.owner,) if line.owner is not None else (),
            due=line.due,
            status=Status(
                None, Category.DONE if line.done else category, StatusOrigin.NATIVE if told else StatusOrigin.MAPPED
            ),
            channel=card.channel,
            client=card.client,
            phase=card.phase,
            priority=card.priority,
            labels=card.labels,
            parent=card.key,
            archived=card.archived,
            role=Role.ITEM,
            memberships=card.memberships,
            assumed=frozenset() if line.done else card.assumed & {"status"},
            opted_out=card.opted_out,
        )
    )
