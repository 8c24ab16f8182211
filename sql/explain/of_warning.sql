-- What a warning's delivery ($1) tells: balance (empty: the project itself), rule and level; of what tells somebody else instead,
-- that of the warning. Caller: explain. Index: primary keys, notices.dedup_key (unique).
select l.balance, l.rule, l.level
from deliveries d
join notices n on n.id = d.notice
left join notices b on b.dedup_key = case
    when n.dedup_key like 'instead/%' then substr(n.dedup_key, 9)
    when n.dedup_key like 'operations/%' then substr(n.dedup_key, 12)
end
join episode_levels l on l.project = n.project and l.notice = coalesce(b.id, n.id)
where d.id = $1
limit 1
