-- The usual entries that stood open at a moment (exclusive): those still open, and those closed later. $1 project,
-- $2 moment. By: store/callbacks. Index: callback_entries_by_closing, once for each half.
select client, opened_at, closed_at, closed_by, tracking, missed, attempts
from callback_entries
where project = $1 and closed_at is null and opened_at < $2 and usual
union all
select client, opened_at, closed_at, closed_by, tracking, missed, attempts
from callback_entries
where project = $1 and closed_at >= $2 and opened_at < $2 and usual
