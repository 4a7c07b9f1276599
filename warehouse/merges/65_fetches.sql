-- Fetching: the log grows, what is known of addresses and hosts is replaced.
INSERT INTO meta.fetches SELECT * FROM staged_fetches ORDER BY log_file, log_offset;

MERGE INTO meta.urls
USING (SELECT * FROM staged_urls QUALIFY row_number() OVER (PARTITION BY url_key ORDER BY fetched_at DESC) = 1) AS fresh
ON urls.url_key = fresh.url_key
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;

MERGE INTO meta.hosts
USING staged_hosts AS fresh ON hosts.host = fresh.host
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;
