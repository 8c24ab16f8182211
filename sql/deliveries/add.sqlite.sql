-- Adds deliveries ($1: JSON list, $2: now) but those whose key or whose reference is taken; id and reference of the new ones come
-- back. Callers: notify::post, resend. Index: unique (notice, channel, address, generation), unique (reference).
insert into deliveries (project, notice, kind, schedule, occurrence, channel, address, generation, contact, display_name,
    variant, why, reference, message_id, message_date, state, reason, priority, not_before, give_up_at, created_at, updated_at)
select value ->> 'project', value ->> 'notice', value ->> 'kind', value ->> 'schedule', value ->> 'occurrence',
    value ->> 'channel', value ->> 'address', value ->> 'generation', value ->> 'contact', value ->> 'display_name',
    value ->> 'variant', value ->> 'why', value ->> 'reference', value ->> 'message_id', value ->> 'message_date', 'queued',
    value ->> 'reason', value ->> 'priority', value ->> 'not_before', value ->> 'give_up_at', $2, $2
from json_each($1)
where true
order by key
on conflict do nothing
returning id, reference
