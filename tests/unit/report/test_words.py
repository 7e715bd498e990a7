"""Every sentence of the reports has its French."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

import retro.i18n
import retro.report

ROOM = Path(retro.report.__file__).parent
CATALOGUE = Path(retro.i18n.__file__).parent / "locale/fr/LC_MESSAGES/retro.po"


def sentences() -> set[str]:
    """The first argument of each call of `_` and `plural`, in modules and templates."""
    found = set()
    for module in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "plural"}:
                assert isinstance(node.args[0], ast.Constant), f"{module}:{node.lineno} says what nobody can translate"
                found.add(str(node.args[0].value))
    for template in ROOM.rglob("*.j2"):
        found |= set(re.findall(r"\b(?:_|plural)\(\"([^\"]+)\"", template.read_text(encoding="utf-8")))
    return found


def places(sentence: str) -> set[str]:
    """The `{name}` places of a sentence."""
    return set(re.findall(r"{(\w+)}", sentence))


def test_every_sentence_has_its_french() -> None:
    """Each sentence of the room stands translated in the catalogue, with the same places to fill."""
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="fr")
    missing = []
    for sentence in sorted(sentences()):
        message = catalogue.get(sentence)
        forms = (
            [message.string] if message and isinstance(message.string, str) else list(message.string if message else ())
        )
        if not forms or not all(forms):
            missing.append(sentence)
            continue
        assert all(places(form) <= places(sentence) | {"count"} for form in forms), sentence
    assert missing == []
