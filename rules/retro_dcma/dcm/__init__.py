"""DCM: the fourteen checks, in their order."""
