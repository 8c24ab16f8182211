-- Retires a contact: from now on nothing is sent to it. Caller: apply --prune. Index: primary key.
update contacts set retired_at = $2, updated_at = $2 where id = $1
