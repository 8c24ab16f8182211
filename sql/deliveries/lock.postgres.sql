-- Where these deliveries stand ($1: JSON list of ids), locked in the order of their ids until the transaction that moves
-- them ends. Callers: Session::move_deliveries. Index: primary key.
select id, project, state, lease_token
from deliveries
where id = any (select cast(value as bigint) from jsonb_array_elements_text($1::jsonb))
order by id
for update
