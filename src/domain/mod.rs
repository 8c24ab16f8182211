//! The nouns of Callbrief and the laws that hold between them. Pure: no I/O, no async, no clock, no time zone
//! data (a function that needs the time takes `now`). Nothing here can fail for reasons outside its arguments.

pub mod balance;
pub mod brand;
pub mod cadence;
pub mod calendar;
pub mod call;
pub mod callback;
pub mod colour;
pub mod column;
pub mod completeness;
pub mod contact;
pub mod delivery;
pub mod directory;
pub mod document;
pub mod figure;
pub mod filters;
pub mod fold;
pub mod foot;
pub mod forecast;
pub mod goals;
pub mod ids;
pub mod instant;
pub mod missed;
pub mod money;
pub mod notice;
pub mod occurrence;
pub mod period;
pub mod phone;
pub mod presets;
pub mod project;
pub mod report_spec;
pub mod role;
pub mod run;
pub mod schedule;
pub mod slice;
pub mod target;
