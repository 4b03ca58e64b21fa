//! Bad input: each spoiled file gives its named error and changes nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Opened, open};
use spelplan_app::import::ImportFile;
use spelplan_app::jobs::Progress;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_spoiled_files_give_their_named_error_and_change_nothing() {
    let spoiled = spelplan_testkit::spoiled::files();
    assert!(spoiled.len() >= 20, "{}", spoiled.len());
    let opened = open().await;
    take_in_the_company(&opened).await;
    let before = opened.app.overview(&opened.actor).await.unwrap();
    for file in spoiled {
        let input = vec![ImportFile { name: file.name.to_owned(), bytes: file.bytes.clone() }];
        let codes: Vec<String> = match opened.app.read_files(&opened.actor, input, Default::default()).await {
            Err(error) => vec![error.code().to_owned()],
            Ok(preview) => {
                let shown = opened.app.preview(&opened.actor, preview).await.unwrap();
                if shown.n_wrong > 0 {
                    let refused = opened.app.commit_import(&opened.actor, preview, false, Default::default()).await;
                    assert_eq!(refused.unwrap_err().code(), "A123", "{}: wrong rows went in", file.name);
                }
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
}

/// What [`spelplan_testkit::spoiled::known`] says the database holds: a PAM, three partners, a line in kronor.
async fn take_in_the_company(opened: &Opened) {
    let file = |name: &str, text: &str| ImportFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = vec![
        file("pams.csv", "pam_id,name\nP1,Maja Lind\n"),
        file("partners.csv", "partner_id,name,pam_id\nK1,Partner K1,P1\nK2,Partner K2,P1\nK3,Partner K3,P1\n"),
        file(
            "sales.csv",
            "date,order_no,line_no,partner_id,category,quantity,revenue,currency\n2026-02-03,F1,1,K1,Skrivare,1,100.00,SEK\n",
        ),
    ];
    let preview = opened.app.read_files(&opened.actor, files, Default::default()).await.unwrap();
    opened.app.commit_import(&opened.actor, preview, false, std::sync::Arc::new(Progress::default())).await.unwrap();
}
