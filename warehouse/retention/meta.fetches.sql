-- The log of fetching, by when the address was asked for. The last fetch stays: it says up to where the raw store is loaded.
DELETE FROM meta.fetches
WHERE fetched_at < getvariable('before')
    AND (log_file, log_offset) <> (SELECT (log_file, log_offset) FROM meta.fetches ORDER BY log_file DESC, log_offset DESC LIMIT 1);
