-- Keeps what rules remember. $1: JSON list of [project, balance, rule, number, is_open, known, was_told, limits, height,
-- settled, decision, was_widened], $2: now. By: evaluate_rules. Index: primary key.
insert into episodes (project, balance, rule, number, is_open, known, was_told, limits, height, settled, decision, was_widened, decided_at)
select (w.item ->> 0)::bigint, w.item ->> 1, w.item ->> 2, (w.item ->> 3)::bigint, (w.item ->> 4)::boolean, w.item ->> 5,
    (w.item ->> 6)::boolean, (w.item ->> 7)::bigint, (w.item ->> 8)::bigint, (w.item ->> 9)::bigint,
    w.item ->> 10, (w.item ->> 11)::boolean, $2
from jsonb_array_elements($1::jsonb) w (item)
on conflict (project, balance, rule) do update set
    number = excluded.number, is_open = excluded.is_open, known = excluded.known, was_told = excluded.was_told,
    limits = excluded.limits, height = excluded.height, settled = excluded.settled, decision = excluded.decision,
    was_widened = excluded.was_widened, decided_at = excluded.decided_at
