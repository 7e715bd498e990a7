"""What each route does: an operation takes the call and what its path names, and gives the answer's document."""
