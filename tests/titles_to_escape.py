"""Titles that are markup somewhere: in Markdown, HTML, Slack, Teams, or to whoever reads a mention in them."""

TITLES = (
    "**gras** _italique_ ~~barré~~ `code`",
    "[cliquez](https://evil.example) ![x](https://evil.example/i.png)",
    "<script>alert(1)</script> & <b>gras</b> &lt;",
    "<!channel> <!here> <@U024BE7LH> <#C024BE7LR|general> <https://evil.example|ici>",
    "@here @channel @Camille <at>Camille</at>",
    "https://evil.example www.evil.example mailto:a@evil.example",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "# Titre\n- liste\n> citation\n1. un",
    "$$x$$ :smile: {{date}} \\* \\",
    "]( [] () \"guillemets\" 'apostrophes'",
    "\u202eretourné\u202c \x1b[31mrouge\x1b[0m \u200b",
    "_" * 40 + "*" * 40,
    "",
    "   ",
    "x" * 400,
)
"""Each is text, and is to stay text."""
