"""For the tests of retro and of third parties: connectors and ledgers in memory, and the contract of a connector."""
