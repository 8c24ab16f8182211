-- Persons who were erased: keyed hashes of what they could be known by again, so that later imports don't bring them back.
-- Nothing here says who it was; whoever has the row can only test a number or address that they know already.
create table erased (
    id integer primary key autoincrement,
    project integer references projects (key),  -- null: everywhere
    token text not null,                    -- what stands in the person's place where something must
    kind text not null,                     -- number | national | email
    hash text not null,                     -- HMAC-SHA-256 under `key`, in hex
    key text not null,
    erased_at integer not null              -- calls that began later are somebody's new ones
);
create unique index erased_once on erased (kind, hash, coalesce(project, 0));
