-- Removes the account of an import. $1 its number. By: store/retention_of. Index: primary key.
delete from imports where id = $1
