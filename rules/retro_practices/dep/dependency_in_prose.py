"""DEP109 dependency-in-prose."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.names import Said, followers, names_asked_for, said_in
from retro_practices.prose import Side

_COMES_BEFORE = Template("has to come before “{target}”, as its description says: a dependency to link")
_SHOOTING = a_task("[Vidéo] Shooting photo")
_LETTER = a_task("Newsletter de décembre")


class DependencyInProse(BaseRule):
    """A description that names what a task waits for, without a link to it.

    What it says:
        The description of an open task says "after", "once", "blocked by", "waiting for" or the like, and then, in the
        same sentence, the name of one task of the plan; "before …" names one that comes after it. No link ties the
        two. "After-sales", "as soon as possible", "once a week", a mere mention, what is told of the past or denied,
        and a name that several tasks share say nothing.

    Why:
        People read a sentence, the plan does not: when the shooting slips, nothing that waits for it moves, and nobody
        is told. A link says the same thing once, to everybody.

    How to fix it in Notion:
        Put the row that is named into the relation "Bloqué par" ("Blocked by"), or into "Bloque" ("Blocking") where it
        comes after.

    How to fix it in Trello:
        Put the link of the card that is named into a checklist "Dépendances"; where it comes after, put this card's
        link into that checklist of the other one.
    """

    code: ClassVar[str] = "DEP109"
    name: ClassVar[str] = "dependency-in-prose"
    french_name: ClassVar[str] = "dépendance cachée dans le texte"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("waits for “{target}”, as its description says: a dependency to link")
    templates: ClassVar[tuple[Template, ...]] = (_COMES_BEFORE,)
    field: ClassVar[str | None] = "description"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "links"})
    """Links are assumed where a read was cut: the one that is missing may be there."""

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "The link is there.",
            _SHOOTING,
            a_task("[Web] Galerie", description="Bloqué par : shooting photo"),
            links=(a_link("[Vidéo] Shooting photo", "[Web] Galerie"),),
        ),
        case(
            "False friends.",
            _SHOOTING,
            _LETTER,
            a_task("[Web] FAQ", description="Service après-vente : la newsletter de décembre en parle."),
            a_task("[Web] Blog", description="À poster une fois par semaine, shooting photo compris."),
            a_task("[Web] Presse", description="Répondre dès que possible. As soon as possible: shooting photo."),
            a_task("[Web] Salon", description="After-hours event, shooting photo included."),
        ),
        case("A mention.", _LETTER, a_task("[Web] FAQ", description="Cf. la newsletter de décembre pour le ton.")),
        case(
            "Over, or denied.",
            _SHOOTING,
            a_task("[Web] Galerie", description="Était bloqué par le shooting photo."),
            a_task("[Web] Album", description="Publié après le shooting photo."),
            a_task("[Web] Carte", description="À lancer sans attendre le shooting photo."),
        ),
        case(
            "Another name, which only begins alike.",
            a_task("Validation du design"),
            a_task("[Web] FAQ", description="Après validation du design system, tout reprendre."),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("It waits.", _SHOOTING, a_task("[Web] Galerie", description="Bloqué par : shooting photo")),
            on(
                "[Web] Galerie",
                detail=f"pred {key_of('[Vidéo] Shooting photo')}",
                target="[Vidéo] Shooting photo",
                target_key=key_of("[Vidéo] Shooting photo"),
                direction="pred",
            ),
        ),
        bad(
            case(
                "“Before” means the other way round.",
                _LETTER,
                a_task("[Web] FAQ", description="À boucler avant la newsletter de décembre."),
            ),
            on(
                "[Web] FAQ",
                detail=f"succ {key_of('Newsletter de décembre')}",
                target="Newsletter de décembre",
                target_key=key_of("Newsletter de décembre"),
                direction="succ",
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Read the descriptions in which a word of waiting stands, then look up the names behind it."""
        found = list(_read(self.base(context), context))
        if not found:
            return
        names = names_asked_for(context, found)
        for task, said in found:
            if said.heads.isdisjoint(names.lengths):
                continue
            told: set[str] = set()
            for hint in said.hints:
                for target in followers(task, hint, names):
                    if target.key in told or _tied(task, target, context):
                        continue
                    told.add(target.key)
                    facts = {"target": target.title, "target_key": target.key, "direction": str(hint.side)}
                    template = _COMES_BEFORE if hint.side is Side.AFTER else self.template
                    yield self.on_task(task, facts, template=template, detail=f"{hint.side} {target.key}")


def _read(tasks: Iterator[Task], context: Context) -> Iterator[tuple[Task, Said]]:
    """The tasks whose descriptions hold words of waiting, where their tool can hold a link instead."""
    read: dict[str, Said] = {}  # cards that were copied have one description
    for task in tasks:
        text = task.description
        if not text:
            continue
        said = read.get(text)
        if said is None:
            said = read[text] = said_in(text)
        if said.hints and context.can(task).link_types:
            yield task, said


def _tied(task: Task, target: Task, context: Context) -> bool:
    """Whether two tasks are linked already, themselves or through those above them, or one is part of the other."""
    above, others = _line(task, context), _line(target, context)
    if task.key in others or target.key in above:
        return True
    return any(
        end in others
        for key in above
        for end in (
            *(link.predecessor for link in context.predecessors.get(key, ())),
            *(link.successor for link in context.successors.get(key, ())),
        )
    )


def _line(task: Task, context: Context) -> set[str]:
    """A task and those above it."""
    found = {task.key}
    parent = task.parent
    while parent is not None and parent not in found:
        found.add(parent)
        parent = context.tasks[parent].parent if parent in context.tasks else None
    return found
