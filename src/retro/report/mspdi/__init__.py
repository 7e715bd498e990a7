"""A plan in Microsoft Project's XML (MSPDI), which Project opens and computes on. Written here, never read."""

from retro.report.mspdi.plan import Written, document

__all__ = ["Written", "document"]
