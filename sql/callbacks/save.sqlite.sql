-- Writes entries. $1 project, $2 JSON list of [client, opened, closed, closed by, tracking, missed, attempts, usual].
-- By: store/callbacks.
insert into callback_entries (project, client, opened_at, closed_at, closed_by, tracking, missed, attempts, usual)
select $1, l.value->>0, l.value->>1, l.value->>2, l.value->>3, l.value->>4, l.value->>5, l.value->>6, l.value->>7
from json_each($2) l
