-- Deliveries that a thing's alerts became, in one episode of a rule ($3, $4) or, where that is null, in all of the rule, with
-- those that told somebody else instead; of one that was told in another's message, how that one stands as well. $1 project,
-- $2 balance. By: evaluate_rules, the page on which a payment is told, explain. Index: primary key, notices.dedup_key (unique),
-- deliveries_by_notice.
with told (notice, episode, level) as (
    select notice, episode, level from episode_levels
    where project = $1 and balance = $2 and rule = $3 and (cast($4 as bigint) is null or episode = $4)
    union all
    select r.id, n.episode, n.level
    from episode_levels n
    join notices b on b.id = n.notice
    join notices r on r.dedup_key in ('instead/' || b.dedup_key, 'operations/' || b.dedup_key)
    where n.project = $1 and n.balance = $2 and n.rule = $3 and (cast($4 as bigint) is null or n.episode = $4)
)
select d.id, d.state, d.reason, j.state as told_by, case when told.level <> 'recovered' and exists (
    select 1 from episodes e
    where e.project = $1 and e.balance = $2 and e.rule = $3 and e.is_open and e.number = told.episode
) then true else false end as is_going_on
from told
join deliveries d on d.notice = told.notice
left join deliveries j on j.id = d.folded_into
