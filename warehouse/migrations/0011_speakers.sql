-- How many people a quotation is credited to ("A and B said"). The view quote_speakers has each of them.
ALTER TABLE quotes ADD COLUMN speaker_count BIGINT;
UPDATE quotes SET speaker_count = 1 WHERE speaker IS NOT NULL;
