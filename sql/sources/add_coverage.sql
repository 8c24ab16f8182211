-- A span of which a source told everything. $1 source, $2 from, $3 to. By: store/sources. Index: primary key.
insert into source_coverage (source, covers_from, covers_to)
values ($1, $2, $3)
on conflict (source, covers_from, covers_to) do nothing
