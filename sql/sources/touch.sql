-- Moves the latest moment that a source told about forward. $1 source, $2 moment. By: store/sources. Index: primary key.
update sources set last_event_at = $2 where id = $1 and (last_event_at is null or last_event_at < $2)
