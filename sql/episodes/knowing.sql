-- Contacts that got, or are going to get, a warning of what is wrong with a thing now, in a message of its own or another's, or
-- instead of somebody. Of a balance every rule counts, of the project itself ($2 empty) only this one. $1 project, $2 balance,
-- $3 rule. By: evaluate_rules. Index: primary keys, notices.dedup_key (unique), deliveries_by_notice.
with warned (notice) as (
    select l.notice
    from episodes e
    join episode_levels l on l.project = e.project and l.balance = e.balance and l.rule = e.rule and l.episode = e.number
    where e.project = $1 and e.balance = $2 and (e.balance <> '' or e.rule = $3) and e.is_open and l.level <> 'recovered'
), told (notice) as (
    select notice from warned
    union all
    select r.id
    from warned
    join notices b on b.id = warned.notice
    join notices r on r.dedup_key in ('instead/' || b.dedup_key, 'operations/' || b.dedup_key)
)
select distinct d.contact
from told
join deliveries d on d.notice = told.notice
left join deliveries j on j.id = d.folded_into
where d.contact is not null and coalesce(j.state, d.state) not in ('cancelled', 'suppressed', 'expired', 'failed', 'bounced')
