//! The demo: a folder in which the whole way from calls to mails has been walked, on sample data, before your eyes.

mod business;
mod captures;
mod day;
mod dice;
mod evening;
mod rows;
mod shift;
