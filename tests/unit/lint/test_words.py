"""What lint says to people."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

import retro.i18n
import retro.lint

SENTENCE = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")


def test_every_sentence_of_lint_has_its_french() -> None:
    """Each sentence that this room may say stands in the core catalogue."""
    catalogue = Path(retro.i18n.__file__).parent / "locale/fr/LC_MESSAGES/retro.po"
    with catalogue.open("rb") as source:
        known = {message.id for message in read_po(source, locale="fr") if message.string}
    files = Path(retro.lint.__file__).parent.glob("*.py")
    said = {one or other for file in files for one, other in SENTENCE.findall(file.read_text("utf-8"))}
    assert len(said) > 10
    assert said <= known
