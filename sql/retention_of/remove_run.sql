-- Removes a run. $1 its number. By: store/retention_of. Index: primary key.
delete from runs where id = $1
