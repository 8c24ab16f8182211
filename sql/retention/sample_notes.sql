-- Takes the addresses that a person named from up to $2 samples made before $1. Caller: forget. Index: runs_samples.
update runs
set notes = '[]'
where id in (select id from runs
             where is_sample and created_at < $1 and notes like '%"to:%' and state in ('built', 'skipped', 'failed')
             order by created_at
             limit $2)
