-- What do captions of images say, and who took the pictures?
SELECT a.site, a.title, image ->> 'caption' AS caption, image ->> 'credit' AS credit
FROM articles AS a, (SELECT unnest(from_json(a.images, '["json"]')) AS image)
WHERE image ->> 'caption' <> ''
ORDER BY a.site, a.title, caption;
