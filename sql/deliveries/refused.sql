-- Deliveries whose refusal isn't decided. Callers: housekeeping. Index: deliveries_in_flight.
select id, project, kind, schedule, occurrence, reference, channel, address, coalesce(lane, '') as lane, coalesce(code, '') as code, coalesce(reply, '') as reply,
    updated_at as refused_at
from deliveries
where state = 'refused'
order by id limit $1
