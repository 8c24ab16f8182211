-- Ends every schedule of a project. $1 project, $2 now. By: store/belongs. Index: schedules_by_project.
update schedules
set retired_at = coalesce(retired_at, $2), updated_at = $2, next_fire_at = null, next_occurrence = null, version = version + 1
where project = $1
