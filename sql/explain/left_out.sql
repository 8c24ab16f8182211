-- Who in the list got nothing of a run, and why. Caller: explain. Index: ledger_by_run.
select reason, coalesce(detail, '') as who
from ledger
where run = $1 and to_state = 'left_out'
order by id
