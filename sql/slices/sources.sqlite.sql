-- The sources of these projects.
-- $1: [project, …]. Caller: store::slices. Index: unique (project, name).
select id, project, name, format, last_event_at from sources
where project in (select value from json_each($1))
