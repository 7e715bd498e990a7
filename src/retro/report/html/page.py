"""Turn the page's data into one file: markup, style and script inside, nothing fetched from anywhere."""

from retro.model import Assessment
from retro.report.html.environment import environment, hashed, script, style
from retro.report.html.view import view


def render(assessment: Assessment, *, whole: Assessment | None = None, public: bool = False) -> str:
    """The page of an assessment, in the current language.

    Where it is a part of another one, `whole` is that: people's load is all of their work. A `public` page has no load,
    no remarks and no lists of gaps at all: it is sent out.

    Its content security policy allows its own style and script by their hashes, and nothing else at all.
    """
    sheet, code = style(), script()
    policy = (
        f"default-src 'none'; style-src {hashed(sheet)}; script-src {hashed(code)}; base-uri 'none'; form-action 'none'"
    )
    template = environment().get_template("page.html.j2")
    return template.render(view=view(assessment, whole=whole, public=public), style=sheet, script=code, policy=policy)
