"""One policy for every call that retro makes: pacing, retries within a deadline, no redirects, no secrets in words."""
