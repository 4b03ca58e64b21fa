//! Products: articles and their categories, for lines that only carry an article number.

use super::row_reader::RowReader;
use crate::columns::{Columns, words};
use crate::{Batch, ProductRecord};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words(
            "sku",
            "articleno articlenumber article artikelnr artikelnummer artnr itemnumber itemno itemid \
            productkey productid productno productnumber produktnr partnumber",
        ),
        words("product", "productname name description benamning artikel produkt produktnamn itemdescription"),
        words(
            "category",
            "productcategory productgroup kategori produktgrupp varugrupp produktkategori categoryname \
            englishproductcategoryname productfamily",
        ),
        words("aftermarket", "eftermarknad isaftermarket"),
        words("list_price", "listprice listpris dealerprice pris price standardcost stateretail"),
    ],
    needed: &[&["sku"], &["category"]],
    telling: &["list_price", "product"],
};

/// One article.
pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let sku = reader.needed_words("sku").into_owned();
    let record = ProductRecord { sku, category: reader.words("category"), aftermarket: reader.truth("aftermarket") };
    if reader.is_good() {
        batch.products.push((reader.line, record));
    }
}
