//! The one way out. Everything that leaves is first a row: [`post`] is the single gate in, [`send`] the single loop out,
//! [`settle`] cleans up behind both, and the ledger says why for every step.
//!
//! What decides is pure: [`gate`] (may it go?), [`refusal`] (what does a no mean?), [`rate`] (when may the next one go?),
//! `outcome` (what is written down?). What carries is in [`channels`].

pub mod alert;
pub mod back;
pub mod by_hand;
mod caps;
pub mod channels;
mod claim;
pub mod digest;
pub mod envelope;
pub(crate) mod facts;
pub mod fence;
pub mod gate;
pub mod hold;
pub mod joined;
pub mod lanes;
mod letters;
pub mod named;
mod news;
pub mod number_codes;
mod outcome;
pub mod owner;
pub mod paid;
pub mod post;
mod quiet;
pub mod rate;
pub mod reference;
pub mod refusal;
pub mod roads;
pub mod secret;
pub mod send;
pub mod settle;
mod several;
pub mod silence;
pub mod stop;
mod tell;
pub mod test_alert;
pub mod text_replies;
pub mod together;
