-- Fetching: the log grows, what is known of addresses and hosts is replaced.
-- needs: staged_fetches
INSERT INTO meta.fetches SELECT * FROM staged_fetches ORDER BY log_file, log_offset;

-- needs: staged_urls
DELETE FROM meta.urls WHERE url_key IN (SELECT url_key FROM staged_urls);

-- needs: staged_urls
INSERT INTO meta.urls
SELECT * FROM staged_urls QUALIFY row_number() OVER (PARTITION BY url_key ORDER BY fetched_at DESC) = 1 ORDER BY url_key;

-- needs: staged_hosts
DELETE FROM meta.hosts WHERE host IN (SELECT host FROM staged_hosts);

-- needs: staged_hosts
INSERT INTO meta.hosts SELECT * FROM staged_hosts ORDER BY host;
