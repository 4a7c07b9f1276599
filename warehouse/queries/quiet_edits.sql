-- What did outlets change in their articles without saying so?
SELECT site, seen_at::VARCHAR AS seen_at, old_title, new_title, removed, added
FROM stealth_edits
ORDER BY seen_at DESC, article_id
LIMIT 10;
