"""Turn the page's data into one file: markup, style and script inside, nothing fetched from anywhere."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Assessment
from retro.report.html.view import view

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this format needs it

    made = Environment(
        loader=PackageLoader("retro.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(_=_, plural=plural)
    return made


def _source(name: str) -> str:
    loader = _environment().loader
    if loader is None:
        raise LookupError(name)
    return loader.get_source(_environment(), name)[0].strip()


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def render(assessment: Assessment) -> str:
    """The page of an assessment, in the current language.

    Its content security policy allows its own style and script by their hashes, and nothing else at all.
    """
    style, script = _source("page.css"), _source("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html.j2")
    return template.render(view=view(assessment), style=style, script=script, policy=policy)
