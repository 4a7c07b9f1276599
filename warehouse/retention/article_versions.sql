-- Earlier versions of articles, by when their page was fetched. The last version with the present text stays.
DELETE FROM article_versions AS v
USING (
    SELECT w.article_id, max(w.version) AS version
    FROM article_versions AS w JOIN articles AS a ON a.article_id = w.article_id
    WHERE w.text_hash = substr(sha256(a.text), 1, 16)
    GROUP BY w.article_id
) AS present
WHERE v.article_id = present.article_id AND v.version < present.version AND v.seen_at < getvariable('before');
