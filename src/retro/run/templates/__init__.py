"""Templates of rétroplannings: those that are shipped (`models/*.toml`, a file a kind of project) and a team's own."""

from retro.run.templates.catalogue import shipped, template_named
from retro.run.templates.launch_day import Against, against, better_day
from retro.run.templates.planning import NewPlan, first_end_with_time, plan_backwards
from retro.run.templates.reading import template_of

__all__ = [
    "Against",
    "NewPlan",
    "against",
    "better_day",
    "first_end_with_time",
    "plan_backwards",
    "shipped",
    "template_named",
    "template_of",
]
