-- Counts deliveries that are gone: $1 day, $2 project, $3 kind, $4 channel, $5 state, $6 how many.
-- Caller: forget. Index: primary key.
insert into delivery_counts (day, project, kind, channel, state, n)
values ($1, $2, $3, $4, $5, $6)
on conflict (day, project, kind, channel, state) do update set n = delivery_counts.n + excluded.n
