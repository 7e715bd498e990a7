"""Look-alikes of the vendors' services on loopback, to try a configuration or run the demo away from real boards.

This room knows the services from their documentation alone: it shares no payload with a connector, since a
mistake that both sides made would pass unseen.
"""
