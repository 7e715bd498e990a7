"""Every sentence that a person may see stands in the French catalogue of its package, with the same places."""

import ast
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

PACKAGES = {
    "retro": ("retro.i18n", "retro"),
    "retro_files": ("retro_files",) * 2,
    "retro_notion": ("retro_notion",) * 2,
    "retro_trello": ("retro_trello",) * 2,
    "retro_practices": ("retro_practices",) * 2,
    "retro_dcma": ("retro_dcma",) * 2,
}
_SAYING = {"_", "plural", "Template"}


def sentences(package: str) -> Iterator[tuple[str, str]]:
    """Every sentence in the sources of a package, and where it stands."""
    root = Path(str(files(package)))
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYING:
                count = 2 if node.func.id == "plural" else 1
                for argument in node.args[:count]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value, f"{path.relative_to(root)}:{node.lineno}"


def catalogue(package: str) -> Catalog:
    """The French catalogue of a package."""
    place, domain = PACKAGES[package]
    with (Path(str(files(place))) / "locale/fr/LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="fr")


def known(package: str) -> dict[str, tuple[str, ...]]:
    """The French of each sentence, plural forms too."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue(package):
        said = tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string),)
        for each in message.id if isinstance(message.id, list | tuple) else (message.id,):
            found[each] = said
    return found


def places(sentence: str) -> set[str]:
    """The `{name}` places of a sentence."""
    if "{ " in sentence:  # a sample of TOML, not a place
        return set()
    return {name.partition("!")[0] for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_is_translated(package: str) -> None:
    """No sentence of the sources is missing from the catalogue."""
    french = known(package)
    shared = known("retro")
    missing = [
        f"{where}: {sentence!r}"
        for sentence, where in sentences(package)
        if sentence and not all(french.get(sentence) or shared.get(sentence) or ("",))
    ]
    assert not missing, "translate these in the package's .po:\n" + "\n".join(missing)


@pytest.mark.parametrize("package", PACKAGES)
def test_translations_keep_the_places(package: str) -> None:
    """A translation has the same `{name}` places as its sentence (a plural may leave the count out)."""
    wrong = [
        sentence
        for sentence, said in known(package).items()
        for translation in said
        if sentence and places(translation) - {"count"} != places(sentence) - {"count"}
    ]
    assert not wrong


@pytest.mark.parametrize("package", PACKAGES)
def test_the_compiled_catalogue_is_up_to_date(package: str) -> None:
    """What runs is what is written: run `make catalogues` where this fails."""
    import gettext  # noqa: PLC0415 - read as the program reads it

    place, domain = PACKAGES[package]
    with (Path(str(files(place))) / "locale/fr/LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        message.id
        for message in catalogue(package)
        if isinstance(message.id, str) and message.id and compiled.gettext(message.id) != message.string
    ]
    assert not stale
