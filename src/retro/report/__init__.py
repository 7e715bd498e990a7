"""Reports: one module a format. Each reads an assessment (or a plan) and gives back text, a document or a page."""
