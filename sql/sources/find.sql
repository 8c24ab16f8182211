-- The number of a source. $1 project, $2 name. By: store/sources (a trial run writes nothing). Index: unique (project, name).
select id from sources where project = $1 and name = $2
