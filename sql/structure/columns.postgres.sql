-- Every column of our tables: table, column, kind, whether it is of the primary key, and whether it is always there. By: store/rows. Index: none.
select cast(c.relname as text) as "table", cast(a.attname as text) as "column",
    cast(format_type(a.atttypid, a.atttypmod) as text) as kind,
    coalesce(a.attnum = any (i.indkey), false) as is_key, a.attnotnull as is_required
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_index i on i.indrelid = c.oid and i.indisprimary
where c.relkind in ('r', 'p') and left(c.relname, 1) <> '_'
order by c.relname, a.attnum
