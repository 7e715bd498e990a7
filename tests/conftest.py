"""What all tests share."""

from hypothesis import HealthCheck, settings

# A machine under load is slow at making examples; that is no fault of what is tested.
settings.register_profile("retro", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("retro")
