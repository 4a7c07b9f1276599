-- severity: warn
-- Nobody in the byline is quoted in the article: an author quoting a document is not its speaker.
-- scope: row
-- runbook: speakers
SELECT a.source_id, q.quote_id, a.url, q.article_id, q.speaker, q.text
FROM checked_quotes AS q
JOIN checked_articles AS a ON a.article_id = q.article_id
WHERE list_contains(a.authors, q.speaker);
