-- Runs of a project made before $2 that ended and have no notice, but never the last of a schedule that was built, by which the
-- next period is known. $1 project, $3 how many. By: store/retention_of. Index: runs_by_schedule, notices_by_run, runs_by_instant.
select old.id
from schedules s
cross join runs old
where s.project = $1 and old.schedule = s.id and old.created_at < $2 and old.state in ('built', 'skipped', 'failed')
  and not exists (select 1 from notices n where n.run = old.id)
  and (old.is_sample
       or exists (select 1 from runs newer
                  where newer.schedule = old.schedule and not newer.is_sample and newer.state = 'built'
                    and newer.fires_at > old.fires_at and newer.period_to >= old.period_to))
limit $3
