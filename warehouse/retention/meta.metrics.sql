-- Figures of runs and of monitors, by when they were measured.
DELETE FROM meta.metrics WHERE measured_at < getvariable('before');
