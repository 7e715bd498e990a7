"""Read the file of a template, and say in one sentence what is wrong with it."""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from retro.config.load import explained, tables
from retro.i18n import text as _
from retro.model.plan_template import LAUNCH, After, PlanTemplate, TemplateTask
from retro.ports import ConfigurationError
from retro.run.templates.shape import TaskShape, TemplateShape


def template_of(text: str, *, key: str, where: str, lang: str) -> PlanTemplate:
    """The template that a file's text holds, in one language.

    Args:
        text: TOML.
        key: what the template is called on the command line, and in the names of files.
        where: the file, for messages.
        lang: fr or en.

    Raises:
        ConfigurationError: it is no TOML, a key or a value is wrong, or tasks name each other wrongly.
    """
    data = tables(text, where)
    try:
        shape = TemplateShape.model_validate(data)
    except ValidationError as error:
        raise explained(error, where, TemplateShape) from error
    tasks = [(phase, task) for phase, listed in shape.tasks.items() for task in listed]
    _check(shape, [task for _phase, task in tasks], where)
    return PlanTemplate(
        key=key,
        alias=shape.alias,
        name=shape.name.said(lang),
        about=shape.about.said(lang) if shape.about else "",
        launch=shape.launch.said(lang),
        launch_role=shape.launch.role,
        roles={role: words.said(lang) for role, words in shape.roles.items()},
        tasks=tuple(_task(phase, task, lang) for phase, task in tasks),
        movable=shape.movable,
    )


def _task(phase: str, task: TaskShape, lang: str) -> TemplateTask:
    return TemplateTask(
        id=task.id,
        phase=phase,
        title=task.said(lang),
        role=task.role,
        days=task.days,
        after=tuple(After(name, days) for name, days in task.waits_for()),
        wait=task.wait,
    )


def _check(shape: TemplateShape, tasks: Iterable[TaskShape], where: str) -> None:
    """Names that the file uses must exist in it, each once, and no task may wait for itself."""
    _known_role(shape.launch.role, shape, f"{where}: launch")
    by_id: dict[str, TaskShape] = {}
    for task in tasks:
        if task.id in by_id or task.id == LAUNCH:
            raise ConfigurationError(
                _("two tasks are called “{name}”.", name=task.id), where=where, remedy=_("Give one of them another id.")
            )
        by_id[task.id] = task
    if not by_id:
        raise ConfigurationError(_("there is no task in this template."), where=where, remedy=_("Add one to [tasks]."))
    for task in by_id.values():
        place = f"{where}: {task.id}"
        _known_role(task.role, shape, place)
        for name, _days in task.waits_for():
            if name not in by_id and name != LAUNCH:
                raise ConfigurationError(
                    _("no task of this template is called “{name}”.", name=name),
                    where=place,
                    remedy=_("Known here: {names}.", names=", ".join([*by_id, LAUNCH])),
                )
    _no_circle(by_id, where)


def _known_role(role: str, shape: TemplateShape, where: str) -> None:
    if role not in shape.roles:
        raise ConfigurationError(
            _("nobody has the role “{name}”.", name=role),
            where=where,
            remedy=_("Known here: {names}.", names=", ".join(shape.roles)),
        )


def _no_circle(by_id: Mapping[str, TaskShape], where: str) -> None:
    """Raise for tasks that wait for each other; the launch waits for all that does not come after it."""
    waiting = {name: {each for each, _days in task.waits_for() if each != LAUNCH} for name, task in by_id.items()}
    free = [name for name, others in waiting.items() if not others]
    followers: dict[str, list[str]] = {}
    for name, others in waiting.items():
        for other in others:
            followers.setdefault(other, []).append(name)
    while free:
        done = free.pop()
        del waiting[done]
        for name in followers.get(done, ()):
            waiting[name].discard(done)
            if not waiting[name]:
                free.append(name)
    if waiting:
        raise ConfigurationError(
            _("these tasks wait for each other: {names}.", names=", ".join(waiting)),
            where=where,
            remedy=_("Take one of them out of an “after” list."),
        )
