//! What files tell of partners' businesses, and which meetings they brought.

use super::{inserts, statements};

statements! { BUSINESS_STATEMENTS:
    /// What stands of everything, by kind and key.
    BUSINESS = "SELECT b.key, b.partner_id, b.document FROM business_record b WHERE b.import_id = \
        (SELECT MAX(c.import_id) FROM business_record c WHERE c.kind = b.kind AND c.key = b.key) ORDER BY b.kind, b.key";
    /// The same of one partner.
    BUSINESS_OF = "SELECT b.key, b.partner_id, b.document FROM business_record b WHERE b.partner_id = $1 AND b.import_id = \
        (SELECT MAX(c.import_id) FROM business_record c WHERE c.kind = b.kind AND c.key = b.key) ORDER BY b.kind, b.key";
    /// An import's rows, away.
    DROP_BUSINESS = "DELETE FROM business_record WHERE import_id = $1";
    /// Partners that rows are about.
    PARTNERS_OF_BUSINESS = "SELECT DISTINCT partner_id FROM business_record";
    /// Away with all of it.
    CLEAR_BUSINESS = "DELETE FROM business_record";
    /// By what meetings of files are known again.
    MEETING_SOURCES = "SELECT key FROM meeting_source";
    /// Meetings that an import brought, with the latest version of each.
    MEETINGS_OF_IMPORT = "SELECT s.meeting_id, MAX(v.version) AS version FROM meeting_source s \
        JOIN meeting_version v ON v.meeting_id = s.meeting_id WHERE s.import_id = $1 GROUP BY s.meeting_id ORDER BY s.meeting_id";
    /// Forgets where they came from.
    DROP_MEETING_SOURCES = "DELETE FROM meeting_source WHERE import_id = $1";
}

inserts! { BUSINESS_INSERTS:
    /// Rows, appended.
    ADD_BUSINESS = "business_record (kind, key, import_id, partner_id, document)", "";
    /// Where meetings came from.
    ADD_MEETING_SOURCES = "meeting_source (key, import_id, meeting_id)", "";
}
