-- All that the gate and the composer ask about these deliveries ($1: JSON list of ids), in sending order. $2: JSON list of
-- the roles that may see money.
-- Callers: the sending loop. Index: primary keys, suppressions_by_address, holds_in_force, holds_that_skip,
-- deliveries_folded, ledger_by_delivery, silences_in_force, number_confirmations_of_contact.
select d.id, d.project, d.notice, d.kind, d.schedule, d.occurrence, d.channel, d.address, d.generation, d.contact,
    d.display_name, d.variant, d.why, d.reference, d.message_id, d.message_date, d.message_hash, d.tries, d.lane,
    d.give_up_at, d.created_at, d.priority, c.settings as contact_settings,
    coalesce(c.zone, p.zone, (
        select q.zone from deliveries o
        join deliveries m on m.folded_into = o.id
        join projects q on q.key = m.project
        where d.kind = 'digest' and d.project is null and o.notice = d.notice
        order by m.priority, m.id limit 1
    )) as reader_zone,
    (select u.fires_at from notices n join runs u on u.id = n.run where n.id = d.notice) as due_at,
    p.id as project_id, p.name as project_name, p.retired_at as project_retired_at, p.allowed_domains,
    s.retired_at as schedule_retired_at, s.recipients, s.numbers, v.kind_of_reader, v.subject,
    (select t.status from standings t where t.project = d.project) as project_status,
    case when c.id is null then null when c.active and c.retired_at is null then true else false end as contact_is_active,
    (select group_concat(r.role) from contact_roles r where r.contact = d.contact and r.project = d.project) as roles,
    (
        select json_group_array(json_array(q.id, q.allowed_domains, (
            select group_concat(r.role) from contact_roles r where r.contact = d.contact and r.project = q.key
        )))
        from json_each(json_extract(s.settings, '$.projects')) w
        join projects q on q.id = w.value and q.retired_at is null
    ) as several,
    (
        select json_group_array(json_array(m.id, q.id, case
                when q.retired_at is not null then 'project_retired'
                when exists (
                    select 1 from silences y
                    where y.ended_at is null and (y.project is null or y.project = m.project)
                        and (y.kind is null or y.kind = m.kind) and (y.contact is null or y.contact = m.contact)
                ) then 'silenced'
                else coalesce((
                    select x.reason from suppressions x
                    where x.channel = m.channel and x.address = lower(m.address) and x.lifted_at is null
                        and x.project = m.project and (x.schedule is null or x.schedule = m.schedule)
                    order by x.id limit 1
                ), case
                    when m.kind in ('recovered', 'status') and exists (
                        -- It says that all is well, and since then it was told again that it isn't.
                        select 1 from episode_levels l
                        join episodes e on e.project = l.project and e.balance = l.balance and e.is_open
                            and (e.rule = l.rule or e.balance <> '')
                        join episode_levels b on b.project = e.project and b.balance = e.balance and b.rule = e.rule
                            and b.episode = e.number and b.level <> 'recovered' and b.told_at >= l.told_at
                        where l.project = m.project and l.notice = m.notice and l.level = 'recovered'
                    ) then 'alert_over'
                    when m.reason = 'in_a_digest' then null
                    when exists (select 1 from standings t where t.project = m.project and t.status = 'archived') then 'alert_over'
                    when exists (
                        select 1 from episode_levels l
                        join episodes e on e.project = l.project and e.balance = l.balance and e.rule = l.rule
                        where l.project = m.project and l.notice = m.notice and (
                                l.level = 'recovered'
                                or (e.is_open and e.number = l.episode and (e.known = l.level or l.level = 'pay_by_passed'))
                            )
                    ) then null
                    else 'alert_over'
                end)
            end, (
                select group_concat(r.role) from contact_roles r where r.contact = m.contact and r.project = m.project
            ), m.kind, m.priority, case when m.channel in ('slack', 'teams', 'webhook') and exists (
                select 1 from contact_roles r
                join contacts o on o.id = r.contact and o.active and o.retired_at is null
                join contact_addresses a on a.contact = r.contact and a.channel = m.channel and a.address = m.address
                where r.project = m.project and r.contact <> m.contact and not exists (
                    select 1 from contact_roles g
                    where g.contact = r.contact and g.project = r.project and g.role in (select value from json_each($2))
                )
            ) then 1 else 0 end))
        from deliveries o
        join deliveries m on m.folded_into = o.id
        join projects q on q.key = m.project
        where d.kind = 'digest' and o.notice = d.notice
    ) as joined,
    exists (
        select 1 from contact_addresses a
        where a.contact = d.contact and a.channel = d.channel and lower(a.address) = lower(d.address)
    ) as contact_has_address,
    d.channel = 'sms' and exists (
        select 1 from number_confirmations n
        where n.contact = d.contact and n.number = d.address and n.confirmed_at is not null
    ) as number_confirmed,
    d.channel in ('slack', 'teams', 'webhook') and exists (
        select 1 from contact_roles r
        join contacts o on o.id = r.contact and o.active and o.retired_at is null
        join contact_addresses a on a.contact = r.contact and a.channel = d.channel and a.address = d.address
        where r.project = d.project and r.contact <> d.contact and not exists (
            select 1 from contact_roles m
            where m.contact = r.contact and m.project = r.project and m.role in (select value from json_each($2))
        )
    ) as shared_without_money,
    (
        select x.reason from suppressions x
        where x.channel = d.channel and x.address = lower(d.address) and x.lifted_at is null
            and (x.project is null or x.project = d.project) and (x.schedule is null or x.schedule = d.schedule)
        order by x.id limit 1
    ) as suppressed,
    exists (
        select 1 from holds h
        where h.released_at is null and (
                h.project is null or h.project = d.project
                or h.project in (select m.project from deliveries m where m.folded_into = d.id)
            )
            and (h.channel is null or h.channel = d.channel)
    ) as is_on_hold,
    exists (
        select 1 from holds h
        where h.skip_due_before is not null and (h.project is null or h.project = d.project)
            and (h.channel is null or h.channel = d.channel) and h.skip_due_before > coalesce(
                (select r.fires_at from notices n join runs r on r.id = n.run where n.id = d.notice),
                -- Before it was tried, when it is due; after that, when the next try is.
                case when d.tries = 0 then d.not_before else d.created_at end
            )
            -- What was tried since the release was due after it, or it wouldn't have been let through.
            and (d.tries = 0 or not exists (
                select 1 from ledger l
                where l.delivery = d.id and l.at >= h.released_at and l.from_state in ('claimed', 'handed')
            ))
    ) as is_passed_over,
    d.kind not in ('report', 'test', 'digest') and exists (
        select 1 from silences q
        where q.ended_at is null and (q.project is null or q.project = d.project) and (q.kind is null or q.kind = d.kind)
            and (q.contact is null or q.contact = d.contact)
    ) as is_silenced,
    d.kind in ('recovered', 'status') and exists (
        select 1 from episode_levels l
        join episodes e on e.project = l.project and e.balance = l.balance and e.is_open
            and (e.rule = l.rule or e.balance <> '')
        join episode_levels b on b.project = e.project and b.balance = e.balance and b.rule = e.rule
            and b.episode = e.number and b.level <> 'recovered' and b.told_at >= l.told_at
        where l.project = d.project and l.notice = d.notice and l.level = 'recovered'
    ) as is_bad_again
from json_each($1) item
join deliveries d on d.id = item.value
left join projects p on p.key = d.project
left join schedules s on s.id = d.schedule
left join contacts c on c.id = d.contact
left join variants v on v.id = d.variant
order by d.priority, d.not_before, d.id
