-- Utterances as they were decided: quotations join them, two that turned out to be one become the one with the lesser key.
INSERT INTO touched_utterances
SELECT utterance_id FROM link_said
UNION SELECT utterance_id FROM link_said_merged
UNION SELECT into_id FROM link_said_merged
UNION SELECT utterance_id FROM link_told;

-- needs: link_said_merged, else (row_number BIGINT, into_id VARCHAR)
CREATE OR REPLACE TEMP TABLE merged_quotes AS
SELECT q.rowid AS row_number, m.into_id FROM meta.quote_rows AS q JOIN link_said_merged AS m ON m.utterance_id = q.utterance_id;

-- needs: merged_quotes
UPDATE meta.quote_rows SET utterance_id = m.into_id FROM merged_quotes AS m WHERE quote_rows.rowid = m.row_number;
-- needs: link_said_merged
UPDATE narrations SET utterance_id = m.into_id FROM link_said_merged AS m WHERE narrations.utterance_id = m.utterance_id;

-- needs: link_said_merged, else (row_number BIGINT, into_id VARCHAR)
CREATE OR REPLACE TEMP TABLE merged_quote_prints AS
SELECT l.rowid AS row_number, m.into_id FROM meta.link_quotes AS l JOIN link_said_merged AS m ON m.utterance_id = l.utterance_id;

-- needs: merged_quote_prints
UPDATE meta.link_quotes SET utterance_id = m.into_id FROM merged_quote_prints AS m WHERE link_quotes.rowid = m.row_number;

-- Quotations of the articles at hand are found already; earlier ones are sought among all, if there are any.
CREATE OR REPLACE TEMP TABLE link_said_elsewhere AS
SELECT s.quote_id, s.utterance_id FROM link_said AS s ANTI JOIN link_quote_rows AS r ON r.quote_id = s.quote_id;

CREATE OR REPLACE TEMP TABLE link_said_rows AS
SELECT r.row_number, s.utterance_id FROM link_quote_rows AS r JOIN link_said AS s ON s.quote_id = r.quote_id;

-- needs: link_said_elsewhere
INSERT INTO link_said_rows
SELECT q.rowid, s.utterance_id FROM meta.quote_rows AS q JOIN link_said_elsewhere AS s ON s.quote_id = q.quote_id;
-- needs: link_said_rows
UPDATE meta.quote_rows SET utterance_id = s.utterance_id FROM link_said_rows AS s WHERE quote_rows.rowid = s.row_number;

-- needs: link_said, else (row_number BIGINT, utterance_id VARCHAR)
CREATE OR REPLACE TEMP TABLE said_prints AS
SELECT c.row_number, s.utterance_id FROM link_compared AS c JOIN link_said AS s ON s.quote_id = c.quote_id;

-- needs: said_prints
UPDATE meta.link_quotes SET utterance_id = s.utterance_id FROM said_prints AS s WHERE link_quotes.rowid = s.row_number;

-- A narration that a longer quotation tells as well stands once.
-- needs: link_told
INSERT INTO narrations
SELECT t.* FROM link_told AS t
WHERE NOT EXISTS (
    FROM narrations AS n WHERE n.article_id = t.article_id AND n.char_start < t.char_end AND t.char_start < n.char_end)
ORDER BY t.article_id, t.char_start;

-- needs: link_told
DELETE FROM link_told AS t
WHERE NOT EXISTS (
    FROM narrations AS n WHERE n.article_id = t.article_id AND n.char_start = t.char_start AND n.utterance_id = t.utterance_id);

DELETE FROM touched_utterances WHERE utterance_id IS NULL;
