"""The baseline of findings in its file: JSON, one finding a line in order of identity, so that its changes read well.

It is meant to be shared, with retro.toml: nothing in it is secret, and its titles are for the reader only.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from retro.disk import put_whole, refusal
from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.model import AcceptedFinding, FindingsBaseline
from retro.ports import ConfigurationError

KIND = "retro findings baseline"
VERSION = 1
_TEXTS = ("code", "subject", "field", "detail", "board", "title")
_NEEDED = ("code", "subject")
_KEPT = frozenset("\u00a0\u202f\u200d")
"""Not printable as Python counts, but ordinary: the blanks of French, and what joins the parts of an emoji."""


def read(file: Path) -> FindingsBaseline:
    """The baseline that a file holds.

    Raises:
        ConfigurationError: the file is not there, cannot be read, is something else, or was broken by hand; with
            the line or the finding where that is.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            _("the file cannot be read ({reason}).", reason=reason(error)),
            where=str(file),
            remedy=_("Check its name and that you may read it; `retro baseline write` makes one."),
        ) from error
    except UnicodeDecodeError as error:
        _refuse(_("it is not UTF-8"), file, error)
    try:
        document = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        _refuse(_("it is no JSON: line {line}", line=line), file, error)
    except RecursionError as error:
        _refuse(_("it is no JSON: line {line}", line=1), file, error)
    version = document.get("version") if isinstance(document, dict) and document.get("kind") == KIND else None
    if not isinstance(version, int) or version < VERSION:
        _refuse(_("it does not say that it is one"), file)
    if version > VERSION:
        raise ConfigurationError(
            _("this baseline was written by a newer retro."), where=str(file), remedy=_("Update retro on this machine.")
        )
    held = document.get("findings")
    if not isinstance(held, list):
        _refuse(_("it has no list of findings"), file)
    try:
        written = datetime.fromisoformat(document["written"])
    except (KeyError, TypeError, ValueError) as error:
        _refuse(_("it does not say when it was written"), file, error)
    if written.tzinfo is None:
        _refuse(_("it does not say when it was written"), file)
    findings = [_finding(each, number, file) for number, each in enumerate(held, start=1)]
    return FindingsBaseline(written=written, findings=tuple(sorted(findings, key=lambda each: each.identity)))


def write(baseline: FindingsBaseline, file: Path) -> None:
    """Put a baseline in the place of a file, whole or not at all. Raises ConfigurationError where that cannot be."""
    lines = ",\n".join(f"  {_visible(json.dumps(_entry(each), ensure_ascii=False))}" for each in baseline.findings)
    text = (
        f'{{\n "version": {VERSION},\n "kind": {json.dumps(KIND)},\n'
        f' "written": {json.dumps(baseline.written.isoformat(timespec="seconds"))},\n "findings": [\n{lines}\n ]\n}}\n'
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        put_whole(text.encode(), file)
    except OSError as error:
        raise ConfigurationError(
            refusal(error),
            where=str(file),
            remedy=_("Name another with --baseline, in a folder that you may write to."),
        ) from error


def _visible(text: str) -> str:
    """JSON in which all that nobody sees is spelt out: a title may turn the direction of writing, or hold half a pair.

    People compare versions of the file, at a terminal or on a page.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _KEPT else json.dumps(char)[1:-1] for char in text)


def _entry(accepted: AcceptedFinding) -> dict[str, Any]:
    entry: dict[str, Any] = {name: getattr(accepted, name) for name in _TEXTS}
    entry["since"] = accepted.since.isoformat() if accepted.since else None
    if accepted.tasks:
        entry["tasks"] = list(accepted.tasks)
    return entry


def _finding(held: object, number: int, file: Path) -> AcceptedFinding:
    if not isinstance(held, Mapping):
        _refuse(_("finding {number} is no object", number=number), file)
    for name in _TEXTS:
        value = held.get(name, "")
        if not isinstance(value, str) or (name in _NEEDED and not value):
            _refuse(_('finding {number} has no "{name}"', number=number, name=name), file)
    tasks = held.get("tasks", [])
    if not isinstance(tasks, list) or not all(isinstance(key, str) for key in tasks):
        _refuse(_('finding {number} has no "{name}"', number=number, name="tasks"), file)
    since = held.get("since")
    try:
        day = date.fromisoformat(since) if since is not None else None
    except (TypeError, ValueError) as error:
        _refuse(_('finding {number} has no "{name}"', number=number, name="since"), file, error)
    texts: dict[str, str] = {name: held.get(name, "") for name in _TEXTS}
    return AcceptedFinding(**texts, since=day, tasks=tuple(tasks))


def _refuse(reason: str, file: Path, error: Exception | None = None) -> NoReturn:
    raise ConfigurationError(
        _("this file holds no baseline of findings ({reason}).", reason=reason),
        where=str(file),
        remedy=_("Mend it, or remove it and write it anew: `retro baseline write`."),
    ) from error
