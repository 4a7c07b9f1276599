-- Messages that were sent, by when.
DELETE FROM meta.messages WHERE sent_at < getvariable('before');
