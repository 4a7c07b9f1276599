-- What did articles say at a moment in the past? Put the moment into the first line.
WITH asked AS (SELECT now() AS moment)
SELECT v.article_id, v.version, v.seen_at::VARCHAR AS seen_at, v.title, v.text
FROM article_versions AS v, asked
WHERE v.seen_at <= asked.moment
QUALIFY row_number() OVER (PARTITION BY v.article_id ORDER BY v.version DESC) = 1
ORDER BY v.article_id
LIMIT 10;
