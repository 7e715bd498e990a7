"""retro: rétroplanning over the boards a team already has."""
