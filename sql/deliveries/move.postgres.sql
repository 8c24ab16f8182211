-- Moves deliveries, each only from the state and (where given) the lease it was seen with; ids of those moved come back.
-- $1: JSON list of steps, $2: now. Callers: Session::move_deliveries. Index: primary key.
update deliveries set
    state = item.state,
    reason = item.reason,
    code = item.code,
    reply = coalesce(item.reply, deliveries.reply),
    lane = coalesce(item.lane, deliveries.lane),
    not_before = coalesce(timestamptz 'epoch' + item.not_before * interval '1 microsecond', deliveries.not_before),
    give_up_at = coalesce(timestamptz 'epoch' + item.give_up_at * interval '1 microsecond', deliveries.give_up_at),
    lease_until = timestamptz 'epoch' + item.lease_until * interval '1 microsecond',
    lease_token = case when item.keeps_token then deliveries.lease_token end,
    tries = deliveries.tries + item.tries,
    message_hash = coalesce(item.message_hash, deliveries.message_hash),
    variant = case when item.drops_variant then null else coalesce(item.variant, deliveries.variant) end,
    folded_into = case when item."from" = 'folded' then null else coalesce(item.folded_into, deliveries.folded_into) end,
    handed_at = case when item.state = 'handed' then $2 else deliveries.handed_at end,
    settled_at = case when item.is_final then $2 end,
    told_at = null,
    updated_at = $2
from jsonb_to_recordset($1::jsonb) as item (
    id bigint, "from" text, token text, state text, reason text, code text, reply text, lane text, not_before bigint, give_up_at bigint,
    lease_until bigint, keeps_token boolean, tries bigint, message_hash text, variant bigint, drops_variant boolean,
    is_final boolean, folded_into bigint
)
where deliveries.id = item.id
    and deliveries.state = item."from"
    and (item.token is null or deliveries.lease_token = item.token)
returning deliveries.id
