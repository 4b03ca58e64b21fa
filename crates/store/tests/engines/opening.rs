//! Opening: what is not a Spelplan database is refused with what, where and what to do.

use spelplan_facts::Language;
use spelplan_store::Store;
use spelplan_store::testing::{on_both_at, on_postgres_at};

use crate::draft::small_market;

async fn check(location: &str, code: &str, says: &str) {
    let error = Store::open(location).await.err().unwrap_or_else(|| panic!("{location} opened"));
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(says), "{error}");
    assert!(error.to_string().starts_with(code), "{error}");
    assert_ne!(error.text(Language::Swedish), error.text(Language::English));
}

#[tokio::test]
async fn a_folder_another_file_or_no_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("letter.txt"), "Dear Sir or Madam, ".repeat(100)).unwrap();
    check(&at(""), "S101", "is a folder").await;
    check(&at("none/store.db"), "S102", "none/store.db cannot be opened").await;
    check(&at("letter.txt"), "S103", "letter.txt is not a Spelplan database").await;
    check("mysql://here/there", "S107", "mysql://here/there is not a place").await;
    assert_eq!(std::fs::read_to_string(at("letter.txt")).unwrap().len(), 1900, "the file is as it was");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    check("postgres://me:secret@127.0.0.1:1/there", "S104", "postgres://me@127.0.0.1:1/there cannot be reached").await;
    let error = Store::open("postgres://me:secret@127.0.0.1:1/there").await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn a_postgres_database_that_does_not_exist_is_named() {
    on_postgres_at(async |address| check(&format!("{address}_not"), "S104", "does not exist").await);
}

#[test]
fn what_was_kept_is_there_when_opened_again() {
    on_both_at(async |location| {
        let store = Store::open(&location).await.unwrap();
        small_market().commit(&store).await;
        let generation = store.generation().await.unwrap();
        store.close().await;
        assert!(store.check_connection().await.is_err());
        let again = Store::open(&location).await.unwrap();
        assert_eq!(again.totals().await.unwrap().partners, 2);
        assert_eq!(again.generation().await.unwrap(), generation);
        again.check_connection().await.unwrap();
        again.close().await;
    });
}
