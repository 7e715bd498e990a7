"""What is wrong with a set-up and how to mend it. Everything here reads and judges; nothing is written or repaired."""
