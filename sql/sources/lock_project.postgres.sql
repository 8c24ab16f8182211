-- Keeps other intakes of a project out until the transaction ends; rows that only refer to the project aren't kept out.
-- Also has every statement of the transaction planned for the tables as they are now: a plan kept from when they were
-- empty reads them whole. $1 project. By: store/sources. Index: primary key.
select key, set_config('plan_cache_mode', 'force_custom_plan', true) from projects where key = $1 for no key update
