-- The first tables that stand in our schema, whosever they are; those of extensions aside. Caller: store/structure, when a
-- database is opened. Index: the catalogue's own.
select cast(c.relname as text) as name from pg_class c
where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by c.relname limit 4
