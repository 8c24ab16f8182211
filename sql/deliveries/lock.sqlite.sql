-- Where these deliveries stand ($1: JSON list of ids), inside the transaction that moves them. Callers: Session::move_deliveries.
-- Index: primary key.
select d.id, d.project, d.state, d.lease_token
from json_each($1) item
join deliveries d on d.id = item.value
