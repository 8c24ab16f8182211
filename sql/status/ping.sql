-- Whether the database answers and its structure is there. Caller: readyz.
select count(*) from meta
