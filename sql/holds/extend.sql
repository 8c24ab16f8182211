-- Gives what waited under a hold until $1 at least, a few hundred at a time: of a project ($2; null: all) and a channel ($3;
-- null: all). Caller: notify::hold, until it touches none. Index: deliveries_by_patience, whose condition is repeated,
-- because SQLite takes a partial index for nothing else.
update deliveries set give_up_at = $1
where id in (
    select id from deliveries
    where state in ('queued', 'held') and give_up_at < $1
        and (cast($2 as bigint) is null or project = $2) and (cast($3 as text) is null or channel = $3)
    order by give_up_at
    limit 500
)
