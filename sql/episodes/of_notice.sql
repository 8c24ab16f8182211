-- Of which thing a notice ($2) of a project ($1) tells. By: the page on which a payment is told. Index: primary key.
select balance, rule, episode, level from episode_levels where project = $1 and notice = $2 limit 1
