-- Keeps what rules remember. $1: JSON list of [project, balance, rule, number, is_open, known, was_told, limits, height,
-- settled, decision, was_widened], $2: now. By: evaluate_rules. Index: primary key.
insert into episodes (project, balance, rule, number, is_open, known, was_told, limits, height, settled, decision, was_widened, decided_at)
select w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4, w.value ->> 5, w.value ->> 6,
    w.value ->> 7, w.value ->> 8, w.value ->> 9, w.value ->> 10, w.value ->> 11, $2
from json_each($1) w
where true
on conflict (project, balance, rule) do update set
    number = excluded.number, is_open = excluded.is_open, known = excluded.known, was_told = excluded.was_told,
    limits = excluded.limits, height = excluded.height, settled = excluded.settled, decision = excluded.decision,
    was_widened = excluded.was_widened, decided_at = excluded.decided_at
