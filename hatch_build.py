"""Compile the message catalogues (`.po` to `.mo`) whenever a wheel or an editable install is built.

Run as a script it does the same in place: `python hatch_build.py`.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOTS = ("src", "connectors", "rules")


def compile_catalogues(root: Path) -> int:
    """Compile every catalogue below `root`; the number compiled."""
    sources = [po for top in ROOTS for po in sorted((root / top).glob("**/LC_MESSAGES/*.po"))]
    for po in sources:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return len(sources)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # as a script, outside a build
    pass
else:

    class CatalogueHook(BuildHookInterface[Any]):
        """Hatch's custom build hook."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Compile before files are collected."""
            compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
