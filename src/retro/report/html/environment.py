"""Where pages come from: templates that escape whatever boards hold, and the hashes that let a style or script run."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache
def environment() -> "Environment":
    """The templates of all pages, escaping by default; a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only pages need it

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


def source(name: str) -> str:
    """A style or script as it stands among the templates."""
    loader = environment().loader
    if loader is None:
        raise LookupError(name)
    return loader.get_source(environment(), name)[0].strip()


_FIRST, _LAST = ("page.css",), ("print.css",)


def style() -> str:
    """The style of the central page: the sheet of the whole first, then that of each of its drawings, then paper's."""
    sheets = set(environment().list_templates(filter_func=lambda name: name.endswith(".css"))) - {*_FIRST, *_LAST}
    return "\n".join(source(name) for name in (*_FIRST, *sorted(sheets), *_LAST))


def script() -> str:
    """The script of the central page, without the blanks that indent it."""
    return "\n".join(line.strip() for line in source("page.js").splitlines())


def hashed(inline: str) -> str:
    """What a content security policy says to allow this very style or script."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"
