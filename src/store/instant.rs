//! How an [`Instant`] is stored: whole microseconds on SQLite, TIMESTAMPTZ (which also keeps microseconds) on Postgres.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};

use crate::domain::instant::Instant;

impl Type<Sqlite> for Instant {
    fn type_info() -> <Sqlite as sqlx::Database>::TypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }

    fn compatible(ty: &<Sqlite as sqlx::Database>::TypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(ty)
    }
}

impl<'q> Encode<'q, Sqlite> for Instant {
    fn encode_by_ref(&self, buf: &mut <Sqlite as sqlx::Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <i64 as Encode<'q, Sqlite>>::encode(self.as_micros(), buf)
    }
}

impl<'r> Decode<'r, Sqlite> for Instant {
    fn decode(value: <Sqlite as sqlx::Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self::from_micros(<i64 as Decode<'r, Sqlite>>::decode(value)?))
    }
}

type Utc = chrono::DateTime<chrono::Utc>;

impl Type<Postgres> for Instant {
    fn type_info() -> <Postgres as sqlx::Database>::TypeInfo {
        <Utc as Type<Postgres>>::type_info()
    }

    fn compatible(ty: &<Postgres as sqlx::Database>::TypeInfo) -> bool {
        <Utc as Type<Postgres>>::compatible(ty)
    }
}

impl sqlx::postgres::PgHasArrayType for Instant {
    fn array_type_info() -> sqlx::postgres::PgTypeInfo {
        <Utc as sqlx::postgres::PgHasArrayType>::array_type_info()
    }
}

impl<'q> Encode<'q, Postgres> for Instant {
    fn encode_by_ref(&self, buf: &mut <Postgres as sqlx::Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let time = self.to_utc().ok_or("the instant lies outside the calendar")?;
        <Utc as Encode<'q, Postgres>>::encode(time, buf)
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: <Postgres as sqlx::Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<Utc as Decode<'r, Postgres>>::decode(value)?.into())
    }
}
