//! Files out of an upload.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use spelplan_app::import::ImportFile;
use spelplan_facts::Text;

use crate::failure::Failure;

const NO_FILE: Text = Text {
    sv: "Ingen fil var vald. Välj en eller flera filer (CSV, Excel, Parquet) och försök igen",
    en: "No file was chosen. Choose one or more files (CSV, Excel, Parquet) and try again",
};

const TOO_LARGE: Text = Text {
    sv: "Filerna är tillsammans större än 512 MB. Dela upp dem, eller använd kommandot spelplan import",
    en: "The files together are larger than 512 MB. Split them, or use the command spelplan import",
};

const BROKEN: Text = Text {
    sv: "Uppladdningen avbröts innan allt kommit fram. Försök igen",
    en: "The upload broke off before everything had arrived. Try again",
};

/// Every named file of the form, in order; empty ones are kept so that reading can say what is wrong with them.
pub(crate) async fn files(mut form: Multipart) -> Result<Vec<ImportFile>, Failure> {
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let Some(name) = field.file_name().map(bare).filter(|name| !name.is_empty()) else { continue };
        let bytes = field.bytes().await.map_err(broken)?;
        files.push(ImportFile { name, bytes: bytes.into() });
    }
    if files.is_empty() { Err(Failure::refused("W130", NO_FILE)) } else { Ok(files) }
}

/// Some browsers send the whole path.
fn bare(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn broken(error: MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::of(StatusCode::PAYLOAD_TOO_LARGE, "W413", TOO_LARGE);
    }
    Failure::refused("W131", BROKEN)
}
