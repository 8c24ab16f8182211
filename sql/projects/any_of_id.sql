-- The number of a project by its id, retired or not. By: store/belongs. Index: projects.id (unique).
select key, retired_at from projects where id = $1
