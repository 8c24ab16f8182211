-- Removes what the trace of changes says of a project. $1 its id, $2 what subjects within it begin with. By: store/belongs.
-- Index: none; a person's command.
delete from audit where subject = $1 or substr(subject, 1, length($2)) = $2
