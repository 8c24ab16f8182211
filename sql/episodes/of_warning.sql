-- Which warning a notice ($1) is, while what it warns of goes on; nothing comes back when that is over. Caller: the job that
-- tells somebody else. Index: primary keys.
select n.project, n.kind, n.dedup_key, l.balance, l.rule, l.level
from notices n
join episode_levels l on l.project = n.project and l.notice = n.id
join episodes e on e.project = l.project and e.balance = l.balance and e.rule = l.rule
where n.id = $1 and e.is_open and e.number = l.episode and (e.known = l.level or l.level = 'pay_by_passed')
union all
select n.project, n.kind, n.dedup_key, l.balance, l.rule, l.level
from notices n
join notices b on n.dedup_key = 'instead/' || b.dedup_key
join episode_levels l on l.project = b.project and l.notice = b.id
join episodes e on e.project = l.project and e.balance = l.balance and e.rule = l.rule
where n.id = $1 and e.is_open and e.number = l.episode and (e.known = l.level or l.level = 'pay_by_passed')
