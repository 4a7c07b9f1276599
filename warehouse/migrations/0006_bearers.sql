-- What articles say of the bearers of a name, so that namesakes can be told apart. Names met before say nothing.
ALTER TABLE meta.entity_names ADD COLUMN plain_id VARCHAR;
UPDATE meta.entity_names SET plain_id = name_id;
ALTER TABLE meta.entity_names ALTER COLUMN plain_id SET NOT NULL;
ALTER TABLE meta.entity_names ADD COLUMN bearer VARCHAR;
