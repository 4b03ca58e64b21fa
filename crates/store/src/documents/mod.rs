//! Documents: what is kept as JSON (plans, settings, records as an import found them), with shapes of the store's own.
//! A field more in a fact is a compile error here: its shape is then decided, with a default for what is already kept.

mod answers;
mod arrangements;
mod business;
mod coverage;
mod lessons;
mod meetings;
mod plan;
mod quantities;
mod records;
mod settings;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// A kept document breaks here.
pub(crate) struct Broken(String);

/// Can be kept as JSON and read back the same.
pub(crate) trait Document: Sized {
    /// Its shape in JSON.
    type Kept: Serialize + DeserializeOwned;
    /// Into its shape.
    fn keep(&self) -> Self::Kept;
    /// Out of it.
    fn read(kept: Self::Kept) -> Result<Self, Broken>;
}

/// The JSON of a thing.
pub(crate) fn to_json<T: Document>(thing: &T) -> Result<String, StoreError> {
    serde_json::to_string(&thing.keep())
        .map_err(|error| StoreError::Refused { what: "JSON".into(), cause: error.to_string() })
}

/// The thing of some JSON; `what` names it in messages.
pub(crate) fn from_json<T: Document>(what: &str, json: &str) -> Result<T, StoreError> {
    let broken = |cause: String| StoreError::Unreadable { what: what.to_owned(), cause };
    let kept = serde_json::from_str(json).map_err(|error| broken(error.to_string()))?;
    T::read(kept).map_err(|Broken(cause)| broken(cause))
}

/// Shapes of structs: one line a field. `#[serde(default)]` before a field reads documents kept before it was there.
macro_rules! documents {
    ($($kept:ident = $thing:ty { $($(#[$meta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) struct $kept {
            $($(#[$meta])* $field: <$type as $crate::documents::Document>::Kept,)+
        }
        impl $crate::documents::Document for $thing {
            type Kept = $kept;
            fn keep(&self) -> $kept {
                $kept { $($field: self.$field.keep(),)+ }
            }
            fn read(kept: $kept) -> Result<Self, $crate::documents::Broken> {
                Ok(Self { $($field: $crate::documents::Document::read(kept.$field)?,)+ })
            }
        }
    )+};
}
use documents;
