-- Keeps a value under a name, over what was there. Callers: Session::put_meta. Index: primary key.
insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value
