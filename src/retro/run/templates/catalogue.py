"""The templates that are shipped, and the one that words of a command line mean: by name, alias, or file."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model.plan_template import PlanTemplate
from retro.ports import ConfigurationError
from retro.run.templates.reading import template_of

_MODELS = Path(__file__).with_name("models")


@cache
def shipped(lang: str) -> tuple[PlanTemplate, ...]:
    """Every template that comes with retro, by name, in a language."""
    files = sorted(_MODELS.glob("*.toml"))
    return tuple(template_of(file.read_text("utf-8"), key=file.stem, where=file.name, lang=lang) for file in files)


def template_named(words: str, lang: str) -> PlanTemplate:
    """The template of this French or English name, or of this file of one's own (`./salon-lyon.toml`).

    Raises ConfigurationError that names those that there are, or says what is wrong with the file.
    """
    if words.casefold().endswith(".toml"):
        return _of_file(Path(words), lang)
    wanted = _plain(words)
    names = {
        _plain(name): template for template in shipped(lang) for name in (template.key, template.alias, template.name)
    }
    if wanted in names:
        return names[wanted]
    near = get_close_matches(wanted, names, n=1, cutoff=0.5)
    known = ", ".join(_called(template, lang) for template in shipped(lang))
    raise ConfigurationError(
        _("there is no template “{name}”.", name=words),
        remedy=_("Did you mean “{name}”?", name=_called(names[near[0]], lang))
        if near
        else _("There are: {names}.", names=known),
    )


def _called(template: PlanTemplate, lang: str) -> str:
    return template.key if lang == "fr" else template.alias or template.key


def _plain(name: str) -> str:
    return "-".join(fold(name).replace("_", " ").replace("-", " ").split())


def _of_file(path: Path, lang: str) -> PlanTemplate:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            _("the template cannot be read."),
            where=str(path),
            remedy=_(
                "Check its name. If the name is right, save it again as UTF-8: in Notepad, Save as, then Encoding."
            ),
        ) from error
    return template_of(text, key=path.stem, where=str(path), lang=lang)
