-- Of refused deliveries ($1: JSON list of ids), those whose address is known to be good since the refusal, and by what: a
-- relay took the same address later (`taken`), or a person lifted what stopped it (`lifted`). Asked in the transaction that
-- would mark the address. Caller: housekeeping. Index: primary key, deliveries_by_address, suppressions_by_address.
select id, case when taken then 'taken' else 'lifted' end as word from (
    select d.id,
        exists (
            select 1 from deliveries o
            where lower(o.address) = lower(d.address) and o.channel = d.channel and o.state = 'accepted' and o.handed_at >= d.updated_at
        ) as taken,
        exists (
            select 1 from suppressions s
            where s.channel = d.channel and s.address = lower(d.address) and s.project is null and s.schedule is null
                and s.lifted_at >= d.updated_at
        ) as lifted
    from deliveries d
    where d.id = any (select cast(value as bigint) from jsonb_array_elements_text($1::jsonb))
) as known
where taken or lifted
