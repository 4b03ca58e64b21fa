//! Passkeys and identities at providers, on both engines.

use spelplan_store::testing::on_both;
use spelplan_store::{NewPerson, PersonId, Store};

async fn somebody(store: &Store, email: &str) -> PersonId {
    let new = NewPerson {
        email,
        name: "Eva",
        role: "manager",
        pam: None,
        partner: None,
        password: None,
        demo: false,
        by: "test",
        at: 1,
    };
    store.add_person(new).await.unwrap().expect("the address is free")
}

#[test]
fn a_passkey_is_its_owners_to_name_and_remove() {
    on_both(async |store| {
        let (eva, leo) = (somebody(&store, "eva@b.c").await, somebody(&store, "leo@b.c").await);
        let one = store.add_passkey(eva, "phone", "{}", 10).await.unwrap();
        let two = store.add_passkey(eva, "desk", "{}", 11).await.unwrap();
        assert!(!store.name_passkey(one, leo, "mine").await.unwrap());
        assert!(!store.drop_passkey(one, leo).await.unwrap());
        assert!(store.name_passkey(one, eva, "new phone").await.unwrap());
        store.change_passkey(one, "{\"n\":1}").await.unwrap();
        assert!(store.drop_passkey(two, eva).await.unwrap());
        let kept = store.passkeys().await.unwrap();
        let told: Vec<_> =
            kept.iter().map(|key| (key.id, key.name.as_str(), key.credential.as_str(), key.at)).collect();
        assert_eq!(told, [(one, "new phone", "{\"n\":1}", 10)]);
        assert_eq!(store.passkeys_of(leo).await.unwrap(), []);
    });
}

#[test]
fn an_identity_is_the_first_ones_until_it_is_forgotten() {
    on_both(async |store| {
        let (eva, leo) = (somebody(&store, "eva@b.c").await, somebody(&store, "leo@b.c").await);
        store.add_identity("https://a", "7", eva).await.unwrap();
        store.add_identity("https://a", "7", leo).await.unwrap();
        assert_eq!(store.identity("https://a", "7").await.unwrap(), Some(eva));
        assert_eq!(store.identity("https://b", "7").await.unwrap(), None);
        assert_eq!(store.identities_of(eva).await.unwrap(), [("https://a".to_owned(), "7".to_owned())]);
        store.forget_identities(eva).await.unwrap();
        assert_eq!(store.identity("https://a", "7").await.unwrap(), None);
    });
}
