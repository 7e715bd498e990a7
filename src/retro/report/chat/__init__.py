"""One message for a team's channel: what it says, and how each vendor wants it."""
