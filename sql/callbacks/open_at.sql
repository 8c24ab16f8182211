-- The entries that stood open at a moment (exclusive). $1 project, $2 moment. By: store/callbacks.
-- Index: callback_entries_by_closing, once for the open ones and once for those closed later.
select client, opened_at, closed_at, closed_by, tracking, missed, attempts
from callback_entries
where project = $1 and opened_at < $2 and (closed_at is null or closed_at >= $2)
order by opened_at, client
