-- Moves deliveries, each only from the state and (where given) the lease it was seen with; ids of those moved come back.
-- $1: JSON list of steps, $2: now. Callers: Session::move_deliveries. Index: primary key.
update deliveries set
    state = item.state,
    reason = item.reason,
    code = item.code,
    reply = coalesce(item.reply, deliveries.reply),
    lane = coalesce(item.lane, deliveries.lane),
    not_before = coalesce(item.not_before, deliveries.not_before),
    give_up_at = coalesce(item.give_up_at, deliveries.give_up_at),
    lease_until = item.lease_until,
    lease_token = case when item.keeps_token then deliveries.lease_token end,
    tries = deliveries.tries + item.tries,
    message_hash = coalesce(item.message_hash, deliveries.message_hash),
    variant = case when item.drops_variant then null else coalesce(item.variant, deliveries.variant) end,
    folded_into = case when item.from_state = 'folded' then null else coalesce(item.folded_into, deliveries.folded_into) end,
    handed_at = case when item.state = 'handed' then $2 else deliveries.handed_at end,
    settled_at = case when item.is_final then $2 end,
    told_at = null,
    updated_at = $2
from (
    select value ->> 'id' as id, value ->> 'from' as from_state, value ->> 'token' as token, value ->> 'state' as state,
        value ->> 'reason' as reason, value ->> 'code' as code, value ->> 'reply' as reply, value ->> 'lane' as lane,
        value ->> 'not_before' as not_before, value ->> 'give_up_at' as give_up_at, value ->> 'lease_until' as lease_until,
        value ->> 'keeps_token' as keeps_token, value ->> 'tries' as tries, value ->> 'message_hash' as message_hash,
        value ->> 'variant' as variant, value ->> 'drops_variant' as drops_variant, value ->> 'is_final' as is_final,
        value ->> 'folded_into' as folded_into
    from json_each($1)
) as item
where deliveries.id = item.id
    and deliveries.state = item.from_state
    and (item.token is null or deliveries.lease_token = item.token)
returning deliveries.id
