-- Notes that a level of an episode is told; no row comes back when it was before. $1 project, $2 balance, $3 rule,
-- $4 episode, $5 level, $6 notice, $7 now. By: evaluate_rules. Index: primary key.
insert into episode_levels (project, balance, rule, episode, level, notice, told_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
returning 1
