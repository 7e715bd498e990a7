"""DEL: precise deliverables."""
