-- Removes what couldn't be read of an import. $1 its number. By: store/retention_of. Index: primary key.
delete from set_aside where import = $1
