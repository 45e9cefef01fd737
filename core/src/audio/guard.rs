//! What is checked before a demuxer or decoder may build tables from a stranger's numbers.

/// Entries of all Vorbis codebooks together, and values in their lookup tables, at most. The
/// encoders in use stay below a tenth of either.
const CODEBOOK_ENTRIES: u64 = 1 << 18;
const CODEBOOK_VALUES: u64 = 1 << 22;

/// Whether the codebooks in a Vorbis stream's headers are of a sane size. The decoder fills each
/// book's tables from a description of a few bytes.
///
/// `headers` is the identification header of 30 bytes and the setup header behind it (Vorbis I
/// specification, 3.2.1 and 4.2.4).
pub(crate) fn sane_codebooks(headers: &[u8]) -> bool {
    const BEFORE: usize = 30 + 7;
    headers.get(BEFORE..).is_some_and(|setup| read_codebooks(&mut Bits { bytes: setup, at: 0 }).is_some())
}

fn read_codebooks(bits: &mut Bits<'_>) -> Option<()> {
    let (mut all_entries, mut all_values) = (0, 0);
    for _ in 0..=bits.take(8)? {
        bits.take(24)?;
        let dimensions = bits.take(16)?;
        let entries = bits.take(24)?;
        all_entries += entries;
        if all_entries > CODEBOOK_ENTRIES {
            return None;
        }
        skip_lengths(bits, entries)?;
        let lookup = bits.take(4)?;
        if lookup == 0 {
            continue;
        }
        all_values += entries * dimensions;
        if lookup > 2 || all_values > CODEBOOK_VALUES {
            return None;
        }
        bits.skip(64)?;
        let width = bits.take(4)? + 1;
        bits.skip(1)?;
        let values = if lookup == 2 { entries * dimensions } else { largest_root(entries, dimensions) };
        bits.skip(values * width)?;
    }
    Some(())
}

/// Passes over the lengths of a codebook's codewords.
fn skip_lengths(bits: &mut Bits<'_>, entries: u64) -> Option<()> {
    if bits.take(1)? == 1 {
        bits.skip(5)?;
        let mut seen = 0;
        while seen < entries {
            seen += bits.take(u64::BITS - (entries - seen).leading_zeros())?;
        }
        return Some(());
    }
    let sparse = bits.take(1)? == 1;
    for _ in 0..entries {
        if !sparse || bits.take(1)? == 1 {
            bits.skip(5)?;
        }
    }
    Some(())
}

/// The largest number whose `dimensions`-th power is at most `entries`.
fn largest_root(entries: u64, dimensions: u64) -> u64 {
    let exponent = u32::try_from(dimensions).unwrap_or(u32::MAX);
    let fits = |root: u64| root.checked_pow(exponent).is_some_and(|power| power <= entries);
    match dimensions {
        0 => 0,
        1 => entries,
        _ => (1..).take_while(|root| fits(*root)).last().unwrap_or(0),
    }
}

/// Reads bits from the low end of each byte up.
struct Bits<'a> {
    bytes: &'a [u8],
    at: u64,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Option<u64> {
        (0..count).try_fold(0, |value, bit| {
            let byte = self.bytes.get(usize::try_from(self.at / 8).ok()?)?;
            let next = u64::from(byte >> (self.at % 8) & 1);
            self.at += 1;
            Some(value | next << bit)
        })
    }

    fn skip(&mut self, count: u64) -> Option<()> {
        self.at = self.at.checked_add(count)?;
        (self.at <= self.bytes.len() as u64 * 8).then_some(())
    }
}
