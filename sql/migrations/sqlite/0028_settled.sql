-- What a payment made good isn't told again: of a rule that tells events, when the last such one happened.
alter table episodes add column settled integer;
