-- Removes a stop that stands under another spelling as well. Caller: migrate, once. Index: primary key.
delete from suppressions where id = $1
