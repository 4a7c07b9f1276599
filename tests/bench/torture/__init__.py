"""Tortures the real command: kills, mutated pages, readers that open both files, full disks."""
