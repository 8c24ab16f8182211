-- The parts of these calls.
-- $1: [[span, call], …]. Caller: store::slices. Index: primary key of call_parts.
select (s.value ->> 0)::bigint as span, p.call, p.n, p.agent, p.kind, p.ring_sec, p.talk_sec, p.outcome
from jsonb_array_elements($1::jsonb) s
cross join lateral (select * from call_parts p where p.call = (s.value ->> 1)::bigint offset 0) p
