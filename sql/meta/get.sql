-- The value under a name. Callers: Session::meta. Index: primary key.
select value from meta where name = $1
