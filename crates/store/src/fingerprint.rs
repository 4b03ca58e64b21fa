//! Fingerprints as columns: 128 bits of a key are two BIGINTs, 64 bits of content one. The bits are kept, not the sign.

/// The high and the low half of a key, as both engines keep them.
pub(crate) fn halves(key: u128) -> (i64, i64) {
    ((key >> 64) as u64 as i64, key as u64 as i64)
}

/// The key of two kept halves.
pub(crate) fn whole((high, low): (i64, i64)) -> u128 {
    (u128::from(high as u64) << 64) | u128::from(low as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_whole() {
        for key in [0, 1, u128::MAX, u128::from(u64::MAX), 1 << 64, 1 << 127, 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210]
        {
            assert_eq!(whole(halves(key)), key);
        }
    }
}
