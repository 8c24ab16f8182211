-- What a contact is told beyond its own columns: one JSON object, of which a key that isn't there has its usual value.

alter table contacts add column settings text not null default '{}';

-- Texts that were handed over, to be counted against the limits of a contact's day and a project's month.
create index deliveries_texts_of_contact on deliveries (contact, handed_at) where channel = 'sms' and handed_at is not null;
create index deliveries_texts_of_project on deliveries (project, handed_at) where channel = 'sms' and handed_at is not null;
