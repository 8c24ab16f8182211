-- Keeps a value under a name unless there is one already. Callers: Session::meta_once. Index: primary key.
insert into meta (name, value) values ($1, $2) on conflict (name) do nothing
