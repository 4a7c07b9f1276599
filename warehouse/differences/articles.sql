-- Articles that the judged pages would change, bring or take away.
SELECT
    CASE WHEN n.article_id IS NULL THEN 'article gone' WHEN o.article_id IS NULL THEN 'article new' ELSE 'article changed' END AS kind,
    coalesce(n.article_id, o.article_id) AS article_id,
    coalesce(n.url, o.url) AS url,
    CASE
        WHEN n.article_id IS NULL THEN format('{} ({})', coalesce(o.title, o.text[:80]), j.detail)
        WHEN o.article_id IS NULL THEN coalesce(n.title, n.text[:80])
        WHEN n.title IS DISTINCT FROM o.title THEN format('title: {} → {}', coalesce(o.title, 'none'), coalesce(n.title, 'none'))
        WHEN n.text <> o.text THEN format('text: {} → {} words: {}', o.word_count, n.word_count, coalesce(n.title, n.text[:80]))
        WHEN n.authors <> o.authors THEN format('authors: {} → {}', array_to_string(o.authors, ', '), array_to_string(n.authors, ', '))
        WHEN n.published_at IS DISTINCT FROM o.published_at THEN format('published: {} → {}', o.published_at, n.published_at)
        ELSE format('flags: {} → {}', array_to_string(o.flags, ', '), array_to_string(n.flags, ', '))
    END AS detail
FROM judged_pages AS j
LEFT JOIN staged_articles AS n ON n.page_id = j.page_id
LEFT JOIN articles AS o ON o.page_id = j.page_id
WHERE (n.article_id IS NOT NULL OR o.article_id IS NOT NULL)
  -- flags that checks have set are not in what is staged; only new ones show
  AND ((n.title, n.text, n.authors, n.published_at) IS DISTINCT FROM (o.title, o.text, o.authors, o.published_at)
       OR NOT list_has_all(o.flags, n.flags));
