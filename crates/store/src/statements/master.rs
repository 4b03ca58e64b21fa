//! Records that files may write again and again: PAMs, partners, contacts, categories, products, quotas; and absences.

use super::{inserts, statements};

statements! { MASTER_STATEMENTS:
    /// Every PAM.
    PAMS = "SELECT id, key, name, email, street, postal_code, city, country, lat, lon, precision_code, manager, \
        field_time_week FROM pam ORDER BY id";
    /// Every partner.
    PARTNERS = "SELECT id, key, name, street, postal_code, city, country, lat, lon, precision_code, segment, chain, \
        employees, revenue, pam_id, opening_hours, closed, visit_time, inactive, wallet, wallet_share FROM partner ORDER BY id";
    /// Every contact.
    CONTACTS = "SELECT id, partner_id, key, name, role, email, phone FROM contact ORDER BY id";
    /// Every category.
    CATEGORIES = "SELECT id, name, aftermarket FROM category ORDER BY id";
    /// Every article.
    PRODUCTS = "SELECT id, sku, category_id FROM product ORDER BY id";
    /// Every quota.
    QUOTAS = "SELECT pam_id, from_month, months, amount FROM quota ORDER BY pam_id, from_month";
    /// Every absence.
    ABSENCES = "SELECT pam_id, from_day, to_day, reason FROM absence ORDER BY pam_id, from_day, id";

    /// Writes a PAM anew.
    CHANGE_PAM = "UPDATE pam SET name = $2, email = $3, street = $4, postal_code = $5, city = $6, country = $7, \
        lat = $8, lon = $9, precision_code = $10, manager = $11, field_time_week = $12 WHERE id = $1";
    /// Writes a partner anew.
    CHANGE_PARTNER = "UPDATE partner SET name = $2, street = $3, postal_code = $4, city = $5, country = $6, lat = $7, \
        lon = $8, precision_code = $9, segment = $10, chain = $11, employees = $12, revenue = $13, pam_id = $14, \
        opening_hours = $15, closed = $16, visit_time = $17, inactive = $18, wallet = $19, wallet_share = $20 WHERE id = $1";
    /// Writes a contact anew.
    CHANGE_CONTACT = "UPDATE contact SET name = $2, role = $3, email = $4, phone = $5 WHERE id = $1";
    /// Writes a category anew.
    CHANGE_CATEGORY = "UPDATE category SET aftermarket = $2 WHERE id = $1";
    /// Writes an article anew.
    CHANGE_PRODUCT = "UPDATE product SET category_id = $2 WHERE id = $1";
    /// Writes a quota, new or anew.
    PUT_QUOTA = "INSERT INTO quota (pam_id, from_month, months, amount) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (pam_id, from_month) DO UPDATE SET months = excluded.months, amount = excluded.amount";

    /// Takes PAMs away.
    DROP_PAMS = "DELETE FROM pam WHERE id IN (";
    /// Takes partners away.
    DROP_PARTNERS = "DELETE FROM partner WHERE id IN (";
    /// Takes contacts away.
    DROP_CONTACTS = "DELETE FROM contact WHERE id IN (";
    /// Takes categories away.
    DROP_CATEGORIES = "DELETE FROM category WHERE id IN (";
    /// Takes the category from articles; lines may still name them.
    CLEAR_PRODUCTS = "UPDATE product SET category_id = NULL WHERE id IN (";
    /// Takes a quota away.
    DROP_QUOTA = "DELETE FROM quota WHERE pam_id = $1 AND from_month = $2";
    /// Takes an import's absences away.
    DROP_ABSENCES = "DELETE FROM absence WHERE import_id = $1";

    /// PAMs that partners name.
    PAMS_OF_PARTNERS = "SELECT DISTINCT pam_id FROM partner WHERE pam_id IS NOT NULL";
    /// PAMs that partners have named in imports that stand.
    PAMS_OF_STANDING = "SELECT DISTINCT p.id FROM change c JOIN pam p ON p.key = c.names \
        LEFT JOIN import_event e ON e.import_id = c.import_id AND e.event = 'undone' \
        WHERE c.kind = 'partner' AND e.import_id IS NULL";
    /// PAMs that quotas name.
    PAMS_OF_QUOTAS = "SELECT DISTINCT pam_id FROM quota";
    /// PAMs that absences name.
    PAMS_OF_ABSENCES = "SELECT DISTINCT pam_id FROM absence";
    /// PAMs that touches of standing imports name.
    PAMS_OF_TOUCHES = "SELECT DISTINCT t.pam_id FROM touch t LEFT JOIN import_event e \
        ON e.import_id = t.import_id AND e.event = 'undone' WHERE t.pam_id IS NOT NULL AND e.import_id IS NULL";
    /// Partners that contacts name.
    PARTNERS_OF_CONTACTS = "SELECT DISTINCT partner_id FROM contact";
    /// Partners that lines of standing imports name.
    PARTNERS_OF_SALES = "SELECT DISTINCT n.partner_id FROM import_partner n LEFT JOIN import_event e \
        ON e.import_id = n.import_id AND e.event = 'undone' WHERE e.import_id IS NULL";
    /// Partners that touches of standing imports name.
    PARTNERS_OF_TOUCHES = "SELECT DISTINCT t.partner_id FROM touch t LEFT JOIN import_event e \
        ON e.import_id = t.import_id AND e.event = 'undone' WHERE e.import_id IS NULL";
    /// Contacts that touches of standing imports name.
    CONTACTS_OF_TOUCHES = "SELECT DISTINCT t.contact_id FROM touch t LEFT JOIN import_event e \
        ON e.import_id = t.import_id AND e.event = 'undone' WHERE t.contact_id IS NOT NULL AND e.import_id IS NULL";
    /// Categories that lines of standing imports name.
    CATEGORIES_OF_SALES = "SELECT DISTINCT n.category_id FROM import_category n LEFT JOIN import_event e \
        ON e.import_id = n.import_id AND e.event = 'undone' WHERE e.import_id IS NULL";
    /// Categories that articles name.
    CATEGORIES_OF_PRODUCTS = "SELECT DISTINCT category_id FROM product WHERE category_id IS NOT NULL";
    /// Categories that articles have named in imports that stand.
    CATEGORIES_OF_STANDING = "SELECT DISTINCT k.id FROM change c JOIN category k ON k.name = c.names \
        LEFT JOIN import_event e ON e.import_id = c.import_id AND e.event = 'undone' \
        WHERE c.kind = 'product' AND e.import_id IS NULL";

    /// Away with every row, in an order that leaves nothing pointing nowhere.
    CLEAR_PLAN_VERSIONS = "DELETE FROM plan_version";
    /// As above.
    CLEAR_PLAN_STOPS = "DELETE FROM plan_stop";
    /// As above.
    CLEAR_PLAN_DAYS = "DELETE FROM plan_day";
    /// As above.
    CLEAR_PLANS = "DELETE FROM plan";
    /// As above.
    CLEAR_ABSENCES = "DELETE FROM absence";
    /// As above.
    CLEAR_IMPORT_PARTNERS = "DELETE FROM import_partner";
    /// As above.
    CLEAR_IMPORT_CATEGORIES = "DELETE FROM import_category";
    /// As above.
    CLEAR_CHANGES = "DELETE FROM change";
    /// As above.
    CLEAR_EVENTS = "DELETE FROM import_event";
    /// As above.
    CLEAR_IMPORTS = "DELETE FROM import";
    /// As above.
    CLEAR_CELLS = "DELETE FROM rollup";
    /// As above.
    CLEAR_DAYS = "DELETE FROM sale_day";
    /// As above.
    CLEAR_SUPPLY_MONTHS = "DELETE FROM supply_month";
    /// As above.
    CLEAR_SUPPLIES = "DELETE FROM supply";
    /// As above.
    CLEAR_LINE_KEYS = "DELETE FROM sale_key";
    /// As above.
    CLEAR_LINES = "DELETE FROM sale_line";
    /// As above.
    CLEAR_TOUCH_KEYS = "DELETE FROM touch_key";
    /// As above.
    CLEAR_TOUCHES = "DELETE FROM touch";
    /// As above.
    CLEAR_QUOTAS = "DELETE FROM quota";
    /// As above.
    CLEAR_ARTICLES = "DELETE FROM product";
    /// As above.
    CLEAR_CATEGORIES = "DELETE FROM category";
    /// As above.
    CLEAR_CONTACTS = "DELETE FROM contact";
    /// As above.
    CLEAR_PARTNERS = "DELETE FROM partner";
    /// As above.
    CLEAR_PAMS = "DELETE FROM pam";
}

inserts! { MASTER_INSERTS:
    /// New PAMs.
    ADD_PAMS = "pam (id, key, name, email, street, postal_code, city, country, lat, lon, precision_code, manager, field_time_week)", "";
    /// New partners.
    ADD_PARTNERS = "partner (id, key, name, street, postal_code, city, country, lat, lon, precision_code, segment, chain, employees, revenue, pam_id, opening_hours, closed, visit_time, inactive, wallet, wallet_share)", "";
    /// New contacts.
    ADD_CONTACTS = "contact (id, partner_id, key, name, role, email, phone)", "";
    /// New categories.
    ADD_CATEGORIES = "category (id, name, aftermarket)", "";
    /// New articles.
    ADD_PRODUCTS = "product (id, sku, category_id)", "";
    /// New absences.
    ADD_ABSENCES = "absence (id, pam_id, from_day, to_day, reason, import_id)", "";
}
