-- Broken rows of pages that a replay has brought in since, by when it did.
DELETE FROM meta.quarantine WHERE replayed_at < getvariable('before');
