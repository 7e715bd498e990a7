"""Plain files: CSV and XLSX tables with French or English headings, and retro's own JSON. Read, never written."""

from retro.i18n import register

register(__name__)
