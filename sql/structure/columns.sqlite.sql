-- Every column of our tables: table, column, kind, whether it is of the primary key, and whether it is always there. By: store/rows. Index: none.
select m.name as "table", p.name as "column", lower(p.type) as kind, p.pk > 0 as is_key, p."notnull" > 0 as is_required
from sqlite_master m
join pragma_table_info(m.name) p
where m.type = 'table' and substr(m.name, 1, 1) <> '_' and substr(m.name, 1, 7) <> 'sqlite_'
order by m.name, p.cid
