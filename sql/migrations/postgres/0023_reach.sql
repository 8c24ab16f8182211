-- What a contact is told beyond its own columns: one JSON object, of which a key that isn't there has its usual value.

alter table contacts add column settings text not null default '{}';
