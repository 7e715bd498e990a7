"""A new rétroplanning as cards of a board: where it goes, what each card holds, made once however often it is asked."""

from retro.run.new_cards.making import carry_out_cards, decided_cards, settle_cards
from retro.run.new_cards.reading import OnBoard, only_read, read_board

__all__ = ["OnBoard", "carry_out_cards", "decided_cards", "only_read", "read_board", "settle_cards"]
