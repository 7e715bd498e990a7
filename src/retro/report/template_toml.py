"""A template as the text of a file, for people to adapt and `retro new` to read."""

from collections.abc import Iterator

from retro.i18n import text as _
from retro.model.plan_template import PlanTemplate, TemplateTask
from retro.report.toml_text import literal, quoted, table_key


def template_toml(template: PlanTemplate, *, lang: str) -> str:
    """The file, its remarks in a language: a line a task, tasks by phase."""
    return "\n".join(_lines(template, lang)) + "\n"


def _lines(template: PlanTemplate, lang: str) -> Iterator[str]:
    yield "# " + _("A template for `retro new`. days: working days of work. after: what it waits for.", lang=lang)
    yield "# " + _("wait: working days between its end and the launch. Roles may be renamed.", lang=lang)
    yield f"name = {quoted(template.name)}"
    launch = {"role": template.launch_role, lang: template.launch}
    yield f"launch = {literal(launch)}"
    yield ""
    yield "[roles]"
    for role, name in template.roles.items():
        yield f"{table_key(role)} = {quoted(name)}"
    yield ""
    yield "[tasks]"
    phases: dict[str, list[TemplateTask]] = {}
    for task in template.tasks:
        phases.setdefault(task.phase, []).append(task)
    for phase, tasks in phases.items():
        yield f"{table_key(phase)} = ["
        for task in tasks:
            yield f"  {literal(_values(task, lang))},"
        yield "]"


def _values(task: TemplateTask, lang: str) -> dict[str, object]:
    values: dict[str, object] = {"id": task.id, "role": task.role, "days": task.days}
    if task.after:
        values["after"] = [f"{each.task}+{each.days:g}d" if each.days else each.task for each in task.after]
    if task.wait is not None:
        values["wait"] = task.wait
    return {**values, lang: task.title}
