-- Takes the addresses that a person named from a sample. $1 run. By: store/retention_of. Index: primary key.
update runs set notes = '[]' where id = $1
