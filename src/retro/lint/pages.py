"""The page of a rule and the table of a pack, made from docstrings, options and examples: nothing is told twice."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from retro.i18n import Style, say
from retro.i18n import text as _
from retro.i18n.catalogue import page_text
from retro.lint.examples import Case
from retro.lint.families import code_order
from retro.lint.rule import BaseRule
from retro.model import BoardKind, Day, Finding, Severity

HEADINGS = ("What it says", "Why", "How to fix it in Notion", "How to fix it in Trello")
"""The headings that every rule's docstring has, in this order."""

_INTRODUCTION = """\
# The rules

A folder a pack, in it a folder a family, in it a file a rule. A rule's docstring is its page, its examples are its
tests, its fields are its options; its French sentences stand in the pack's catalogue. A new rule is entered in the
pack's `RULES`; then `python docs/generate_rules.py` writes this table and its page.

"""
_OF_MANY = ("share", "threshold")
_HEADING = re.compile(r"^(\w[^\n]*):\n", re.MULTILINE)


def sections(rule: type[BaseRule]) -> Mapping[str, str]:
    """The docstring by heading; the sentence that opens it under ""."""
    text = inspect.cleandoc(rule.__doc__ or "")
    parts = _HEADING.split(text)
    bodies = (re.sub(r"\s*\n\s*", " ", body).strip() for body in parts[2::2])
    return {"": parts[0].strip(), **dict(zip(parts[1::2], bodies, strict=True))}


def options(rule: type[BaseRule]) -> list[tuple[str, object, str]]:
    """Name, default and meaning of each option of a rule, its own ones first.

    How much of a board is most of it is told only of rules that have a sentence for that.
    """
    written = {name for kind in rule.__mro__ if kind not in BaseRule.__mro__ for name in inspect.get_annotations(kind)}
    own = [name for name in rule.model_fields if name in written]
    shared = [name for name in BaseRule.model_fields if name not in own and (rule.many or name not in _OF_MANY)]
    fields = [(name, rule.model_fields[name]) for name in (*own, *shared)]
    return [(name, field.default, field.description or "") for name, field in fields]


def found(rule: type[BaseRule], shown: Case) -> list[Finding]:
    """What a rule says of an example, in order of subject and detail."""
    findings = rule(**shown.options).check(shown.context())
    return sorted(findings, key=lambda finding: (finding.subject, finding.detail))


def page(rule: type[BaseRule], lang: str = "en") -> str:
    """A rule's page in a language, in Markdown."""
    told = {heading: page_text(body, lang) for heading, body in sections(rule).items()}
    names = [rule.name, rule.french_name] if lang == "en" else [rule.french_name, rule.name]
    lines = [f"# {rule.code} {names[0]}", "", f"*{names[1]}*", "", told[""], "", *_facts(rule, lang), ""]
    for heading, title in _titles(lang).items():
        lines += [f"## {title}", "", told[heading], ""]
    head = (_("option", lang=lang), _("default", lang=lang), _("meaning", lang=lang))
    lines += ["## Options", "", f"| {' | '.join(head)} |", "|---|---|---|"]
    for name, default, meaning in options(rule):
        lines.append(f"| `{name}` | {_shown(default, lang)} | {page_text(meaning, lang)} |")
    code = f"`-x {rule.code}:severity=info`"
    lines += ["", _("{code} on the command line, or in retro.toml:", lang=lang, code=code), ""]
    lines += ["```toml", "[lint]", f'rules = {{ {rule.code} = {{ severity = "info" }} }}', "```", ""]
    lines += [f"## {_('Examples', lang=lang)}", ""]
    for example in rule.bad:
        lines += _example("✗", example.case, found(rule, example.case), lang)
    for case in rule.good:
        lines += _example("✓", case, [], lang)
    return "\n".join(lines).rstrip() + "\n"


def paragraphs(rule: type[BaseRule]) -> Iterator[str]:
    """Everything on a rule's page that its pack translates: prose, meanings of options, what examples show."""
    yield from filter(None, sections(rule).values())
    yield from (meaning for _name, _default, meaning in options(rule) if meaning)
    yield from (shown.says for shown in (*(each.case for each in rule.bad), *rule.good))


def documents(rules: Iterable[type[BaseRule]]) -> Mapping[str, str]:
    """Every generated document, by its place from the root of a checkout: pages of the rules, and their tables."""
    known = list(rules)
    pages = {f"docs/rules/{rule.code}.md": page(rule) for rule in known}
    french = {f"docs/rules/fr/{rule.code}.md": page(rule, "fr") for rule in known}
    return {
        **pages,
        **french,
        "rules/README.md": _INTRODUCTION + table(known, "../docs/rules"),
        "docs/rules/README.md": f"# {_('The rules', lang='en')}\n\n" + table(known, "."),
        "docs/rules/fr/README.md": f"# {_('The rules', lang='fr')}\n\n" + table(known, ".", "fr"),
    }


def table(rules: Iterable[type[BaseRule]], folder: str, lang: str = "en") -> str:
    """The table of rules in a language, each one linked to its page in `folder`."""
    heads = (
        "code",
        _("name", lang=lang),
        _("French name", lang=lang),
        _("default", lang=lang),
        _("gentle profile", lang=lang),
        _("aggregated", lang=lang),
        _("fix", lang=lang),
        _("what it says", lang=lang),
    )
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|---|---|---|---|"]
    for rule in sorted(rules, key=lambda rule: code_order(rule.code)):
        gentle = max(rule.default, rule.soft, key=lambda severity: severity.rank)
        cells = (
            f"[{rule.code}]({folder}/{rule.code}.md)",
            *((rule.name, rule.french_name) if lang == "en" else (rule.french_name, rule.name)),
            _severity(rule.default, lang),
            _severity(gentle, lang),
            _("yes", lang=lang) if rule.aggregates else "",
            _fixes(rule, lang),
            page_text(sections(rule)[""], lang),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _titles(lang: str) -> Mapping[str, str]:
    """The headings of a docstring, as a page says them."""
    said = (
        _("What it says", lang=lang),
        _("Why", lang=lang),
        _("How to fix it in Notion", lang=lang),
        _("How to fix it in Trello", lang=lang),
    )
    return dict(zip(HEADINGS, said, strict=True))


def _fixes(rule: type[BaseRule], lang: str) -> str:
    return {"safe": _("safe", lang=lang), "unsafe": _("unsafe", lang=lang)}.get(rule.fixes, "")


def _severity(severity: Severity, lang: str) -> str:
    return {
        Severity.ERROR: _("error", lang=lang),
        Severity.WARNING: _("warning", lang=lang),
        Severity.INFO: _("info", lang=lang),
        Severity.OFF: _("off", lang=lang),
    }[severity]


def _kind(kind: BoardKind, lang: str) -> str:
    return {
        BoardKind.PROJECT: _("project", lang=lang),
        BoardKind.FLOW: _("flow", lang=lang),
        BoardKind.EDITORIAL: _("editorial", lang=lang),
    }[kind]


def _facts(rule: type[BaseRule], lang: str) -> list[str]:
    kinds = ", ".join(_kind(kind, lang) for kind in sorted(rule.kinds, key=lambda kind: kind.value))
    level = _(
        "Severity: {default}; at most {soft} in the profile `douce`.",
        lang=lang,
        default=_severity(rule.default, lang),
        soft=_severity(rule.soft, lang),
    )
    facts = [level, _("Boards: {kinds}.", lang=lang, kinds=kinds)]
    if rule.aggregates:
        facts.append(_("One finding where it holds for over half of at least ten tasks of a board.", lang=lang))
    if rule.fixes:
        facts.append(_("Fix: {kind}.", lang=lang, kind=_fixes(rule, lang)))
    return [f"- {fact}" for fact in facts]


def _example(mark: str, shown: Case, findings: Sequence[Finding], lang: str) -> list[str]:
    given = ", ".join(f"`{name} = {value}`" for name, value in shown.options.items())
    lines = [f"{mark} {page_text(shown.says, lang)}{f' ({given})' if given else ''}", ""]
    head = (
        _("task", lang=lang),
        _("list", lang=lang),
        _("owner", lang=lang),
        _("start", lang=lang),
        _("due date", lang=lang),
    )
    written = any(task.description for task in shown.tasks)
    heads = [*head, _("description", lang=lang)] if written else [*head]
    lines += [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for task in shown.tasks:
        owners = ", ".join(owner.name for owner in task.owners)
        cells = [task.title, task.section, owners, task.start or "", task.due or ""]
        if written:
            cells.append(" ".join((task.description or "").replace("|", "\\|").split()))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines.append("")
    told = [f"> {say(finding, lang=lang, style=Style.LONG)}" for finding in findings]
    return [*lines, "\n>\n".join(told), ""] if told else lines


def _day(day: Day | None) -> str:
    """A cell's date, with its hour where it has one."""
    if day is None:
        return ""
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else day.isoformat()


def _shown(default: object, lang: str) -> str:
    if default is None:
        return _("the profile’s", lang=lang)
    if isinstance(default, tuple):
        return ", ".join(f"`{each}`" for each in default) or _("none", lang=lang)
    return f"`{default}`"
