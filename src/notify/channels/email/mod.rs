//! Mail: composed once from what is stored, carried by SMTP or put into files.

pub mod compose;
mod connect;
pub mod file;
pub mod smtp;
mod starttls;
mod wire;
