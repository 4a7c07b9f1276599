-- Size and time of change of the file that held a page when it was read: an unchanged file is not read again.
ALTER TABLE meta.pages ADD COLUMN file_stamp VARCHAR;
