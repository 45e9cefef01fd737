//! Lists of trials in the forms of VoxCeleb and Kaldi: three words a line, without a header.

/// The list as CSV, where it is in one of these forms: VoxCeleb has `1` or `0` before the two recordings, Kaldi has
/// `target` or `nontarget` after them. Each line becomes one line, behind a header. Fails with the number of a line that
/// does not have three words.
pub(super) fn to_csv(text: &str) -> Result<Option<Vec<u8>>, usize> {
    let lines = || text.trim_start_matches('\u{feff}').lines();
    let Some(form) = lines().find(|line| !line.trim().is_empty()).and_then(Form::of) else { return Ok(None) };
    let mut table = b"enroll,test,target\n".to_vec();
    for (number, line) in (1usize..).zip(lines()) {
        if line.trim().is_empty() {
            table.push(b'\n');
            continue;
        }
        let fields = form.ordered(words(line).ok_or(number)?);
        csv::Writer::from_writer(&mut table).write_record(fields).map_err(|_| number)?;
    }
    Ok(Some(table))
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
