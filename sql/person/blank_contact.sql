-- Takes everything from a contact who has no address any more but the word that files call it by. $1 contact, $2 now.
-- By: store/person. Index: primary key.
update contacts
set name = $1, language = null, zone = null, settings = '{}', active = false, retired_at = coalesce(retired_at, $2), updated_at = $2
where id = $1 and not exists (select 1 from contact_addresses a where a.contact = $1)
