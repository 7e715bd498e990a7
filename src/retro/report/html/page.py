"""Turn the page's data into one file: markup, style and script inside, nothing fetched from anywhere."""

from retro.model import Assessment
from retro.report.html.environment import environment, hashed, source
from retro.report.html.view import view


def render(assessment: Assessment) -> str:
    """The page of an assessment, in the current language.

    Its content security policy allows its own style and script by their hashes, and nothing else at all.
    """
    style, script = source("page.css"), source("page.js")
    policy = (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    template = environment().get_template("page.html.j2")
    return template.render(view=view(assessment), style=style, script=script, policy=policy)
