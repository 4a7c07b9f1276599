-- Fetching: the log grows, what is known of addresses and hosts is replaced.
INSERT INTO meta.fetches SELECT * FROM staged_fetches ORDER BY log_file, log_offset;

DELETE FROM meta.urls WHERE url_key IN (SELECT url_key FROM staged_urls);

INSERT INTO meta.urls
SELECT * FROM staged_urls QUALIFY row_number() OVER (PARTITION BY url_key ORDER BY fetched_at DESC) = 1 ORDER BY url_key;

DELETE FROM meta.hosts WHERE host IN (SELECT host FROM staged_hosts);

INSERT INTO meta.hosts SELECT * FROM staged_hosts ORDER BY host;
