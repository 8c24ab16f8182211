-- Removes a notice with its variants. $1 its number. By: store/retention_of. Index: primary key.
delete from notices where id = $1
