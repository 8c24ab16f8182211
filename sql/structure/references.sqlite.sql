-- What refers to what: table, column, the table it refers to and that one's column. By: store/belongs. Index: none.
select m.name as "table", f."from" as "column", f."table" as parent,
    coalesce(f."to", (select p.name from pragma_table_info(f."table") p where p.pk = 1)) as parent_column
from sqlite_master m
join pragma_foreign_key_list(m.name) f
where m.type = 'table' and substr(m.name, 1, 1) <> '_'
order by m.name, f.id, f.seq
