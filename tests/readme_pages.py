"""The two READMEs taken apart: headings, commands, settings and links, for the tests that hold them true."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One README."""

    text: str

    @property
    def prose(self) -> str:
        """Without its blocks."""
        return _BLOCK.sub("", self.text)

    @property
    def levels(self) -> list[int]:
        """How deep each heading is."""
        return [len(marks) for marks in re.findall(r"^(#+) ", self.prose, re.MULTILINE)]

    def blocks(self, kind: str) -> list[str]:
        """What stands in blocks of a language."""
        return [match["text"] for match in _BLOCK.finditer(self.text) if match["kind"] == kind]

    @property
    def commands(self) -> list[list[str]]:
        """The command lines of the blocks, in order, without their comments."""
        lines = "".join(self.blocks("sh")).splitlines()
        return [words for line in lines if (words := shlex.split(line, comments=True))]

    @property
    def codes(self) -> list[str]:
        """What stands between backticks in the sentences, in order."""
        return _INLINE.findall(self.prose)

    @property
    def mentioned(self) -> list[list[str]]:
        """The command lines among them."""
        return [shlex.split(code) for code in self.codes if re.match(r"(?:retro|uv|pipx) [^:]", code)]

    @property
    def links(self) -> list[str]:
        """Where it leads, in order."""
        return _LINK.findall(self.prose)


def page(name: str) -> Page:
    """A README by its file name."""
    return Page((ROOT / name).read_text("utf-8"))


ENGLISH, FRENCH = page("README.md"), page("README.fr.md")
