-- What checks found, by when they ran.
DELETE FROM meta.checks WHERE checked_at < getvariable('before');
