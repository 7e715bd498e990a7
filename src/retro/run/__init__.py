"""The use cases: read, assess, nightly. Given connectors, rules, a clock and a ledger; they build none."""
