-- Removes up to $2 of the $3 oldest runs: those made before $1 that ended and have no notice, but never the last of a
-- schedule that was built, by which the next period is known. Caller: forget. Index: primary key, notices_by_run,
-- runs_by_instant.
delete from runs
where id in (
    select oldest.id
    from (select id, schedule, fires_at, period_to, state, is_sample, created_at from runs order by id limit $3) oldest
    where oldest.created_at < $1 and oldest.state in ('built', 'skipped', 'failed')
      and not exists (select 1 from notices n where n.run = oldest.id)
      and (oldest.is_sample
           or exists (select 1 from runs newer
                      where newer.schedule = oldest.schedule and not newer.is_sample and newer.state = 'built'
                        and newer.fires_at > oldest.fires_at and newer.period_to >= oldest.period_to))
    order by oldest.id
    limit $2
)
returning id
