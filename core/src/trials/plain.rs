//! Lists of trials in the forms of VoxCeleb and Kaldi: three words a line, without a header.

/// A table as CSV, and the number of the line that each row comes from.
type Table = (Vec<u8>, Vec<u64>);

/// The list as CSV, with the number of the line that each row comes from, where it is in one of these forms: VoxCeleb has `1`
/// or `0` before the two recordings, Kaldi has `target` or `nontarget` after them. Fails with the number of a line that does
/// not have three words.
pub(super) fn to_csv(text: &str) -> Result<Option<Table>, u64> {
    let lines = || (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|(_, line)| !line.trim().is_empty());
    let Some(form) = lines().next().and_then(|(_, line)| Form::of(line)) else { return Ok(None) };
    let mut table = b"enroll,test,target\n".to_vec();
    let mut numbers = Vec::new();
    for (number, line) in lines() {
        let fields = form.ordered(words(line).ok_or(number)?);
        csv::Writer::from_writer(&mut table).write_record(fields).map_err(|_| number)?;
        numbers.push(number);
    }
    Ok(Some((table, numbers)))
}

#[derive(Clone, Copy)]
enum Form {
    VoxCeleb,
    Kaldi,
}

impl Form {
    fn of(line: &str) -> Option<Self> {
        let [first, _, last] = words(line)?;
        match (first, last) {
            ("0" | "1", _) => Some(Self::VoxCeleb),
            (_, "target" | "nontarget" | "imposter" | "impostor") => Some(Self::Kaldi),
            _ => None,
        }
    }

    /// The recording enrolled, the one tested, and whether they are of the same person.
    fn ordered(self, [a, b, c]: [&str; 3]) -> [&str; 3] {
        match self {
            Self::VoxCeleb => [b, c, a],
            Self::Kaldi => [a, b, if c == "imposter" { "impostor" } else { c }],
        }
    }
}

fn words(line: &str) -> Option<[&str; 3]> {
    let mut words = line.split_whitespace();
    let three = [words.next()?, words.next()?, words.next()?];
    words.next().is_none().then_some(three)
}
