-- The column always held the owner who is to hear, never a channel.
ALTER TABLE meta.notifications RENAME COLUMN channel TO owner;
