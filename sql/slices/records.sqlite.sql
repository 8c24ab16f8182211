-- The full records of these calls.
-- $1: [id, …]. Caller: store::slices. Index: primary key of call_details.
select id, record from call_details where id in (select value from json_each($1))
