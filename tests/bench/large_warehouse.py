"""Makes a warehouse of many articles in SQL, with sizes as real ones have: `python -m
tests.bench.large_warehouse FILE ARTICLES`.

An article has about 560 words, 22 mentions, 5 quotes, 12 stripped blocks and one version; names
recur by rank. Four articles in a row tell one story; every tenth copies the article before it and
so shares its quotations. 5,000 articles arrive a day, an hourly run each hour, the newest an hour
ago. Words are invented, offsets are right, and the same numbers give the same rows. A million
takes about 9 minutes of CPU and 12 GB.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.bench.words import parser_of
from warehouse.migrate import migrate

ARTICLES_A_DAY = 5_000
SOURCES = 40
CHUNK = 20_000
"""Articles that one statement makes, so that memory stays bounded."""

MACROS = """
    CREATE TEMP TABLE syllables AS SELECT
        ['ba','bren','cor','dal','dru','el','fen','gar','hol','is','jor','kel','lun','mar','nor','os',
        'pel','quil','ras','sten','tor','ul','vey','wick','yar','zan'] AS s;
    CREATE TEMP TABLE words AS SELECT list(
        s[1 + (hash(n) % 26)::BIGINT] || s[1 + (hash(n + 7777) % 26)::BIGINT] || CASE WHEN n % 3 =
            0 THEN s[1 + (hash(n + 9999) % 26)::BIGINT] ELSE '' END ORDER BY n) AS w
        FROM range(4000) AS r(n), syllables;
    CREATE TEMP TABLE paragraphs AS SELECT list(line ORDER BY n) AS p FROM (
        SELECT n, array_to_string(list_transform(range(40),
            lambda i: w[1 + (hash(n * 40 + i) % 4000)::BIGINT]), ' ') || '.' AS line
        FROM range(20000) AS r(n), words);
    CREATE TEMP MACRO key(kind, n) AS substr(md5(kind || n), 1, 16);
    CREATE TEMP MACRO seen(n) AS getvariable('newest')::TIMESTAMPTZ -
        to_seconds(((getvariable('articles') - n) * getvariable('spacing'))::DOUBLE);
    CREATE TEMP MACRO run_of(n) AS 'run-' || lpad((((getvariable('articles') - n) *
        getvariable('spacing')) // 3600)::BIGINT::VARCHAR, 6, '0');
    CREATE TEMP MACRO told_by(n) AS CASE WHEN n % 10 = 9 THEN n - 1 ELSE n END;
    CREATE TEMP MACRO name_of(n, i) AS (pow((hash(n * 100 + i) % 1000000) / 1000000.0, 3) *
        greatest(50, pow(n + 1, 0.95) * 1.5))::BIGINT;
    CREATE TEMP MACRO start_of(n, i) AS 20 + i * 140 + (hash(n * 31 + i) % 60)::BIGINT;
"""

FACTS = """
    CREATE OR REPLACE TEMP TABLE made AS
    SELECT n, key('a', n) AS article_id, key('p', n) AS page_id, 'source-' || lpad((n %
        40)::VARCHAR, 2, '0') || '.example' AS source_id,
        seen(n) AS seen_at, run_of(n) AS run_id, told_by(n) AS t, key('y', n // 4) AS story_id,
        array_to_string(list_transform(range(14),
            lambda i: p[1 + (hash(t * 14 + i) % 20000)::BIGINT]), chr(10)) AS text
    FROM range(getvariable('first'), getvariable('last')) AS r(n), paragraphs
"""

ROWS = {
    "articles": """
        SELECT article_id, 'https://' || source_id || '/' || n AS url, url AS canonical_url,
            source_id AS site,
            source_id, split_part(text, ' ', 1) || ' ' || split_part(text, ' ', 2) || ' ' || n AS
                title, text, ['Ada Quist'] AS authors,
            seen_at - INTERVAL 1 HOUR AS published_at, published_at::DATE AS published_on,
            'minute' AS published_precision, 'json-ld'
                AS published_from, 'en' AS language,
            560 AS word_count, key('s', t) AS copy_id, story_id, []::VARCHAR[] AS flags,
            'article' AS kind, []::VARCHAR[] AS keywords, '[]'::JSON AS images, []::VARCHAR[] AS
                corrections, page_id, run_id, '0.1.0+bench' AS extractor_version,
            seen_at AS first_seen_at, seen_at AS last_seen_at
        FROM made""",
    "article_versions": """
        SELECT article_id, 1 AS version, seen_at, page_id, 'A title ' || n AS title,
            substr(sha256(text), 1, 16) AS text_hash, 560 AS word_count,
            []::VARCHAR[] AS changed, []::VARCHAR[] AS removed, []::VARCHAR[] AS added, true AS
                is_announced, true AS is_same_extractor,
            run_id, text
        FROM made""",
    "meta.mention_rows": """
        SELECT article_id, substr(text, start_of(t, i) + 1, 14) AS text,
            name_of(t, i) + 1 AS name_number, n + 1 AS article_number, start_of(t, i) AS char_start,
            start_of(t, i) + 14 AS char_end
        FROM made, range(22) AS r(i)""",
    "meta.quote_rows": """
        SELECT key('q', n || '-' || i) AS quote_id, article_id, i AS position, substr(text,
            start_of(t, i) + 21, 110) AS text,
            'direct' AS kind, 'Person ' || name_of(t, i) AS speaker, substr(text, start_of(t, i) +
                1, 14) AS speaker_surface,
            name_of(t, i) + 1 AS speaker_name_number, n + 1 AS article_number, 'said' AS cue,
            start_of(t, i) + 20 AS char_start, start_of(t, i) + 130 AS char_end, start_of(t, i) AS
                speaker_start,
            start_of(t, i) + 14 AS speaker_end, key('v', t || '-' || i) AS utterance_id, 1 AS
                speaker_count
        FROM made, range(5) AS r(i)""",
    "utterances": """
        SELECT key('v', n || '-' || i) AS utterance_id, substr(text, start_of(n, i) + 21, 110) AS
            text, key('n', name_of(n, i)) AS speaker_entity_id, story_id, 1 AS wording_count,
            CASE WHEN n % 10 = 8 THEN 2 ELSE 1 END AS article_count, article_count AS site_count,
            seen_at AS first_seen_at, (md5_number_lower(utterance_id) >> 1)::BIGINT AS key_number
        FROM made, range(5) AS r(i) WHERE t = n""",
    "stories": """
        SELECT story_id, min(split_part(text, ' ', 1)) AS title, min(seen_at) AS started_at,
            max(seen_at) AS last_article_at, count(*) AS article_count,
            count(*) FILTER (t <> n) AS copy_count, count(*) AS site_count,
            [key('n', name_of(min(n), 0))] AS entity_ids
        FROM made GROUP BY story_id""",
    "narrations": """
        SELECT article_id, 600 AS char_start, 700 AS char_end, key('v', n - 1 || '-0') AS
            utterance_id
        FROM made WHERE n % 20 = 3""",
    "meta.article_facts": """
        SELECT article_id, source_id, run_id, seen_at AS first_seen_at, seen_at AS last_seen_at,
            'en' AS language, length(text) AS kept_count, 900 AS cut_count,
            substr(md5(text), 1, 16) AS text_key,
            substr(md5(split_part(text, chr(10), 1)), 1, 16) AS first_line_key,
            substr(md5(split_part(text, chr(10), -1)), 1, 16) AS last_line_key,
            (seen_at - INTERVAL 1 HOUR)::DATE AS told_on, n + 1 AS article_number,
            (md5_number_lower(article_id) >> 1)::BIGINT AS key_number
        FROM made""",
    "meta.links": """
        SELECT 'story' AS kind, article_id AS from_id, key('a', n - n % 4) AS to_id, article_id,
            to_id AS other_article_id, 0.9 AS score,
            '{"same_names": 4, "same_words": 20}'::JSON AS parts, 'bench' AS link_version, run_id
        FROM made WHERE n % 4 > 0
        UNION ALL
        SELECT 'copy', article_id, key('a', t), article_id, key('a', t), 1.0,
            '{"of_shorter": 1.0, "of_both": 1.0, "why": "first_seen", "added": [], "cut": []}',
            'bench', run_id
        FROM made WHERE t <> n
        UNION ALL
        SELECT 'wording', key('q', n || '-' || i), key('q', t || '-' || i), article_id,
            key('a', t), 1.0, '{"same_words": 18}', 'bench', run_id
        FROM made, range(5) AS r(i) WHERE t <> n""",
    "meta.wording_pairs": """
        SELECT key('v', t || '-' || i) AS utterance_id, key('a', t) AS article_id,
            start_of(t, i) + 20 AS char_start, start_of(t, i) + 130 AS char_end,
            article_id AS other_article_id, char_start AS other_char_start,
            char_end AS other_char_end,
            CASE WHEN hash(n) % 20 = 0 THEN ['exact', 'speaker'] ELSE ['exact'] END AS kinds,
            '' AS difference, substr(text, start_of(t, i) + 21, 110) AS wording,
            wording AS other_wording, seen_at::DATE AS seen_on
        FROM made, range(5) AS r(i) WHERE t <> n""",
    "meta.link_articles": """
        SELECT article_id, (seen_at - INTERVAL 1 HOUR)::DATE AS published_on, seen_at::DATE AS
            seen_on, story_id, key('s', t) AS copy_id, false AS is_round_up, seen_at AS linked_at,
            list_transform(string_split_regex(text, '[. \\n]+'),
                lambda x: (hash(x) % 4294967296)::UINTEGER) AS words,
            unhex(array_to_string(list_transform(list_sort(list_distinct(words)),
                lambda x: printf('%02x', (x >> 16) & 31)), '')) AS high_bits,
            unhex(array_to_string(list_transform(list_sort(list_distinct(words)),
                lambda x: printf('%02x%02x', x & 255, (x >> 8) & 255)), '')) AS low_bits,
            list_transform(range(octet_length(high_bits)), lambda x: 1::UTINYINT) AS counts,
            list_transform(counts, lambda x: 0::UTINYINT) AS marks,
            [3, 20, 30, 47, 60, 78]::UINTEGER[] AS quoted
        FROM made WHERE seen_at > getvariable('newest')::TIMESTAMPTZ - INTERVAL 14 DAY""",
    "meta.link_quotes": """
        SELECT key('q', n || '-' || i) AS quote_id, article_id, (seen_at - INTERVAL 1 HOUR)::DATE
            AS published_on, seen_at::DATE AS seen_on, key('v', t || '-' || i) AS utterance_id,
            'direct' AS kind, substr(text, start_of(t, i) + 21, 110) AS text,
            start_of(t, i) + 20 AS char_start, start_of(t, i) + 130 AS char_end,
            'Person ' || name_of(t, i) AS speaker, key('n', name_of(t, i)) AS speaker_name_id,
            list_transform(range(4), lambda k: (hash(t * 20 + i * 4 + k) % 4294967296)::UINTEGER)
                AS keys, seen_at AS linked_at
        FROM made, range(5) AS r(i)
        WHERE seen_at > getvariable('newest')::TIMESTAMPTZ - INTERVAL 14 DAY""",
    "meta.search_documents": """
        SELECT article_id, page_id, 'english' AS part FROM made""",
    "meta.boilerplate_rows": """
        SELECT page_id, article_id, n + 1 AS article_number, i AS position,
            ['navigation', 'related_links', 'share_buttons', 'newsletter_teaser'][1 + i % 4] AS
                reason,
            'bench.rule' AS rule, CASE WHEN i % 4 = 1 THEN 'More on this: ' || substr(text, i * 50,
                60)
                ELSE 'Sign up for the letter of ' || source_id || ' number ' || i ||
                    ' and read it every morning' END AS text
        FROM made, range(12) AS r(i)""",
    "meta.pages": """
        SELECT page_id, 'https://' || source_id || '/' || n AS location, location AS url,
            source_id, sha256(page_id) AS sha256,
            90000 AS byte_count, seen_at AS fetched_at, 200 AS http_status, 'loaded' AS outcome,
                article_id,
            '0.1.0+bench' AS extractor_version, 1 AS position, run_id, 'layout-' || source_id AS
                layout_id,
            (md5_number_lower(page_id) >> 1)::BIGINT AS page_number
        FROM made""",
    "meta.urls": """
        SELECT key('u', n) AS url_key, 'https://' || source_id || '/' || n AS url, 'page' AS kind,
            source_id, seen_at AS fetched_at,
            'ok' AS outcome, 0 AS failure_count, 1 AS look_count, url AS final_url, seen_at AS
                stored_at, sha256(page_id) AS sha256,
            90000 AS byte_count, run_id
        FROM made""",
    "meta.site_blocks": """
        SELECT source_id AS site, key('b', n || '-' || i) AS block_id,
            ('0x' || substr(block_id, 1, 15))::BIGINT AS block_number, substr(text, i * 260 + 1,
            240) AS text,
            'counted' AS state, [article_id] AS article_ids, 1 AS article_count, seen_at AS
                first_seen_at, seen_at AS last_seen_at
        FROM made, range(12) AS r(i)
        WHERE seen_at > getvariable('newest')::TIMESTAMPTZ - INTERVAL 60 DAY""",
}
"""Rows of each table for the articles in `made`. Blocks seen once are kept for 60 days by each
run, fingerprints of linking for 14.
"""

NAMES = """
    INSERT INTO meta.entity_names BY NAME
    SELECT key('n', k) AS name_id, name_id AS entity_id, 'Person ' || k AS name, 'PERSON' AS type,
        ['Person ' || k] AS forms,
        'person ' || k AS group_key, ['surname ' || k]::VARCHAR[] AS offer_keys, 3 AS article_count,
        [key('a', k)] AS article_ids, name_id AS plain_id, k + 1 AS name_number,
        (md5_number_lower(name_id) >> 1)::BIGINT AS key_number, key_number AS entity_number
    FROM range(greatest(50, pow(getvariable('articles') + 1, 0.95) * 1.5)::BIGINT + 1) AS r(k);
    INSERT INTO entities BY NAME
    SELECT entity_id, name, type, []::VARCHAR[] AS aliases, NULL AS country_code, key_number FROM
        meta.entity_names;
"""

RUNS = """
    INSERT INTO meta.runs BY NAME
    SELECT run_id, 'ingest' AS flow, 'loaded' AS state, min(fetched_at) AS started_at,
        max(fetched_at) + INTERVAL 1 MINUTE AS ended_at,
        count(*) AS page_count, count(*) AS loaded_count, 0 AS unchanged_count, 0 AS
            duplicate_count, 0 AS rejected_count,
        0 AS quarantined_count, '0.1.0+bench' AS extractor_version, row_number() OVER (ORDER BY
            min(fetched_at)) AS load_number
    FROM meta.pages GROUP BY run_id;
    INSERT INTO meta.metrics BY NAME
    SELECT run_id, source_id, metric, count(*)::DOUBLE AS value, max(fetched_at) AS measured_at
    FROM meta.pages, unnest(['articles', 'words', 'mentions', 'pages.loaded', 'quotes.direct']) AS
        m(metric) GROUP BY ALL;
    INSERT INTO meta.checks BY NAME
    SELECT r.run_id, 'check_' || i AS check_name, 'fail' AS severity, true AS is_passed, 0 AS
        row_count, '[]'::JSON AS examples, r.ended_at AS checked_at
    FROM meta.runs AS r, range(36) AS c(i);
"""


def build(file: Path, articles: int) -> None:
    """Make the warehouse; `file` may not exist yet."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET memory_limit = '3GB'")
        connection.execute("SET preserve_insertion_order = true")
        migrate(connection)
        connection.execute("SET VARIABLE newest = date_trunc('hour', now())")
        connection.execute("SET VARIABLE articles = ?", [articles])
        connection.execute("SET VARIABLE spacing = ?", [86_400 / ARTICLES_A_DAY])
        connection.execute(MACROS)
        for first in range(0, articles, CHUNK):
            connection.execute("SET VARIABLE first = ?", [first])
            connection.execute("SET VARIABLE last = ?", [min(articles, first + CHUNK)])
            connection.execute(FACTS)
            for table, rows in ROWS.items():
                connection.execute(f"INSERT INTO {table} BY NAME {rows}")
            print(f"{min(articles, first + CHUNK):,} articles", file=sys.stderr, flush=True)
        connection.execute(NAMES)
        connection.execute(RUNS)
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    parser = parser_of(__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("articles", type=int, metavar="ARTICLES")
    asked = parser.parse_args()
    build(asked.file, asked.articles)
