-- What refers to what: table, column, the table it refers to and that one's column. By: store/belongs. Index: none.
select cast(c.relname as text) as "table", cast(a.attname as text) as "column",
    cast(p.relname as text) as parent, cast(b.attname as text) as parent_column
from pg_constraint f
join pg_class c on c.oid = f.conrelid
join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
join pg_class p on p.oid = f.confrelid
join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1]
join pg_attribute b on b.attrelid = p.oid and b.attnum = f.confkey[1]
where f.contype = 'f'
order by c.relname, a.attname
