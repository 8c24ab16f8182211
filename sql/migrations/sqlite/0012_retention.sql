-- Data ends: what is older than it is kept is found without reading everything, and deliveries leave counts behind.

alter table variants add column forms_gone boolean not null default false;
alter table deliveries add column address_hidden boolean not null default false;

create index variants_with_forms on variants (created_at) where not forms_gone;
create index artefacts_by_age on artefacts (created_at);
create index variant_artefacts_by_hash on variant_artefacts (hash);
create index deliveries_to_hide on deliveries (created_at) where not address_hidden;
create index call_details_by_age on call_details (first_seen_at);
create index runs_samples on runs (created_at) where is_sample;

-- How many deliveries of a day ended how, kept when the deliveries themselves are gone.
create table delivery_counts (
    day text not null,                      -- of their making, in UTC: 2026-11-23
    project integer not null,                  -- 0: about the installation itself
    kind text not null,
    channel text not null,
    state text not null,
    n integer not null,
    primary key (day, project, kind, channel, state)
);
