-- Adds deliveries ($1: JSON list, $2: now) but those whose key or whose reference is taken; id and reference of the new ones come
-- back. Callers: notify::post, resend. Index: unique (notice, channel, address, generation), unique (reference).
insert into deliveries (project, notice, kind, schedule, occurrence, channel, address, generation, contact, display_name,
    variant, why, reference, message_id, message_date, state, reason, priority, not_before, give_up_at, created_at, updated_at)
select item.project, item.notice, item.kind, item.schedule, item.occurrence, item.channel, item.address, item.generation,
    item.contact, item.display_name, item.variant, item.why, item.reference, item.message_id,
    timestamptz 'epoch' + item.message_date * interval '1 microsecond', 'queued', item.reason, item.priority,
    timestamptz 'epoch' + item.not_before * interval '1 microsecond',
    timestamptz 'epoch' + item.give_up_at * interval '1 microsecond', $2, $2
from jsonb_to_recordset($1::jsonb) as item (
    place bigint, project bigint, notice bigint, kind text, schedule text, occurrence text, channel text, address text,
    generation bigint, contact text, display_name text, variant bigint, why text, reference text, message_id text,
    message_date bigint, reason text, priority bigint, not_before bigint, give_up_at bigint
)
order by item.place
on conflict do nothing
returning id, reference
