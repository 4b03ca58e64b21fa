//! Bad input: each spoiled file gives its named error and changes nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod shared;

use shared::open;
use spelplan_app::import::ImportFile;
use spelplan_app::jobs::Progress;
use spelplan_app::open_goals::OpenGoalFilter;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_spoiled_files_give_their_named_error_and_change_nothing() {
    let spoiled = spelplan_testkit::spoiled::files();
    assert!(spoiled.len() >= 20, "{}", spoiled.len());
    let opened = open().await;
    let before = opened.app.overview(&opened.actor).await.unwrap();
    for file in spoiled {
        let input = vec![ImportFile { name: file.name.to_owned(), bytes: file.bytes.clone() }];
        let codes: Vec<String> = match opened.app.read_files(&opened.actor, input, Default::default()).await {
            Err(error) => vec![error.code().to_owned()],
            Ok(preview) => {
                let shown = opened.app.preview(&opened.actor, preview).await.unwrap();
                let refused = opened
                    .app
                    .commit_import(&opened.actor, preview, false, std::sync::Arc::new(Progress::default()))
                    .await;
                assert!(refused.is_err() || shown.n_wrong == 0, "{}: a file with wrong rows went in", file.name);
                shown
                    .errors
                    .iter()
                    .map(|error| error.code.to_owned())
                    .chain(shown.notices.iter().map(|notice| notice.code.to_owned()))
                    .collect()
            }
        };
        assert!(
            codes.iter().any(|code| code == file.expect_code),
            "{}: wanted {}, got {codes:?}",
            file.name,
            file.expect_code
        );
        let after = opened.app.overview(&opened.actor).await.unwrap();
        assert_eq!(after, before, "{} changed something", file.name);
    }
    let page = opened.app.open_goals(&opened.actor, &OpenGoalFilter::default(), 1).await.unwrap();
    assert!(page.basis.empty);
}
