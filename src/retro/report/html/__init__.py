"""The central page: one self-contained HTML file that anyone can open, print or send."""

from retro.report.html.page import render

__all__ = ["render"]
