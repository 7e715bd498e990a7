"""The page of a rule and the table of a pack, made from docstrings, options and examples: nothing is told twice."""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence

from retro.i18n import Style, say
from retro.lint.examples import Case
from retro.lint.families import code_order
from retro.lint.rule import BaseRule
from retro.model import Finding

HEADINGS = ("What it says", "Why", "How to fix it in Notion", "How to fix it in Trello")
"""The headings that every rule's docstring has, in this order."""

_INTRODUCTION = """\
# The rules

A folder a pack, in it a folder a family, in it a file a rule. A rule's docstring is its page, its examples are its
tests, its fields are its options; its French sentences stand in the pack's catalogue. A new rule is entered in the
pack's `RULES`; then `python docs/generate_rules.py` writes this table and its page.

"""
_HEADING = re.compile(r"^(\w[^\n]*):\n", re.MULTILINE)


def sections(rule: type[BaseRule]) -> Mapping[str, str]:
    """The docstring by heading; the sentence that opens it under ""."""
    text = inspect.cleandoc(rule.__doc__ or "")
    parts = _HEADING.split(text)
    bodies = (re.sub(r"\s*\n\s*", " ", body).strip() for body in parts[2::2])
    return {"": parts[0].strip(), **dict(zip(parts[1::2], bodies, strict=True))}


def options(rule: type[BaseRule]) -> list[tuple[str, str, str]]:
    """Name, default and meaning of each option of a rule, its own ones first."""
    own = [name for name in rule.model_fields if name not in BaseRule.model_fields]
    fields = [(name, rule.model_fields[name]) for name in (*own, *BaseRule.model_fields)]
    return [(name, _shown(field.default), field.description or "") for name, field in fields]


def found(rule: type[BaseRule], shown: Case) -> list[Finding]:
    """What a rule says of an example, in order of subject and detail."""
    findings = rule(**shown.options).check(shown.context())
    return sorted(findings, key=lambda finding: (finding.subject, finding.detail))


def page(rule: type[BaseRule]) -> str:
    """A rule's page, in Markdown."""
    told = sections(rule)
    lines = [f"# {rule.code} {rule.name}", "", f"*{rule.french_name}*", "", told[""], "", *_facts(rule), ""]
    for heading in HEADINGS:
        lines += [f"## {heading}", "", told[heading], ""]
    lines += ["## Options", "", "| option | default | meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {default} | {meaning} |" for name, default, meaning in options(rule)]
    lines += ["", f"`-x {rule.code}:severity=info` on the command line, or in retro.toml:", ""]
    lines += ["```toml", "[lint]", f'rules = {{ {rule.code} = {{ severity = "info" }} }}', "```", "", "## Examples", ""]
    for example in rule.bad:
        lines += _example("✗", example.case, found(rule, example.case))
    for case in rule.good:
        lines += _example("✓", case, [])
    return "\n".join(lines).rstrip() + "\n"


def documents(rules: Iterable[type[BaseRule]]) -> Mapping[str, str]:
    """Every generated document, by its place from the root of a checkout: a page a rule, and the table."""
    known = list(rules)
    pages = {f"docs/rules/{rule.code}.md": page(rule) for rule in known}
    return {**pages, "rules/README.md": _INTRODUCTION + table(known, "../docs/rules")}


def table(rules: Iterable[type[BaseRule]], folder: str) -> str:
    """The table of rules, each one linked to its page in `folder`."""
    lines = ["| code | name | French name | default | gentle profile | aggregated | fix | what it says |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for rule in sorted(rules, key=lambda rule: code_order(rule.code)):
        gentle = max(rule.default, rule.soft, key=lambda severity: severity.rank)
        cells = (
            f"[{rule.code}]({folder}/{rule.code}.md)",
            rule.name,
            rule.french_name,
            rule.default.value,
            gentle.value,
            "yes" if rule.aggregates else "",
            rule.fixes,
            sections(rule)[""],
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _facts(rule: type[BaseRule]) -> list[str]:
    kinds = ", ".join(sorted(kind.value for kind in rule.kinds))
    facts = [f"- Severity: {rule.default.value}; at most {rule.soft.value} in the profile `douce`."]
    facts.append(f"- Boards: {kinds}.")
    if rule.aggregates:
        facts.append("- One finding where it holds for over half of at least ten tasks of a board.")
    if rule.fixes:
        facts.append(f"- Fix: {rule.fixes}.")
    return facts


def _example(mark: str, shown: Case, findings: Sequence[Finding]) -> list[str]:
    given = ", ".join(f"`{name} = {value}`" for name, value in shown.options.items())
    lines = [f"{mark} {shown.says}{f' ({given})' if given else ''}", ""]
    lines += ["| task | list | owner | start | due |", "|---|---|---|---|---|"]
    for task in shown.tasks:
        owners = ", ".join(owner.name for owner in task.owners)
        cells = (task.title, task.section, owners, task.start or "", task.due or "")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines.append("")
    lines += [f"> {say(finding, lang='en', style=Style.LONG)}" for finding in findings]
    return [*lines, ""] if findings else lines


def _shown(default: object) -> str:
    if default is None:
        return "the profile’s"
    if isinstance(default, tuple):
        return ", ".join(f"`{each}`" for each in default) or "none"
    return f"`{default}`"
