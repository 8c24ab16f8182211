-- Contacts (null: `[operations]`) that got a warning since an episode began, in a message of its own or another's, or instead of
-- somebody. Of a balance every rule counts, of the project itself ($2 empty) only this one. What its reader's night holds is told
-- there as resolved and counts as unread, what a message joins and its gate would still take out of it too. $1 project, $2 balance,
-- $3 rule, $4 episode; $5: what may go by then counts as well (null: nothing more does).
-- By: evaluate_rules. Index: primary keys, notices.dedup_key (unique), deliveries_by_notice.
with warned (notice) as (
    select n.notice
    from episode_levels n
    where n.project = $1 and n.balance = $2 and (n.balance <> '' or n.rule = $3) and n.level <> 'recovered' and n.told_at >= (
            select min(b.told_at) from episode_levels b
            where b.project = $1 and b.balance = $2 and b.rule = $3 and b.episode = $4 and b.level <> 'recovered'
        )
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
where coalesce(j.state, d.state) in ('accepted', 'complained', 'handed', 'uncertain')
    or (j.id is null and d.state in ('claimed', 'refused'))
    or (d.reason = 'in_a_digest' and j.state in ('queued', 'claimed', 'held', 'refused'))
    or (coalesce(j.state, d.state) in ('queued', 'claimed', 'refused') and coalesce(j.not_before, d.not_before) <= $5)
