//! How good is it, really? Error rates of the voice engine on somebody's own list of trials, and
//! the calibration of its scores by such a list.
//!
//! A trial asks whether a recording is of the person who spoke in some others, and says what is
//! true. The list is a CSV file with a header:
//!
//! | column | meaning |
//! |---|---|
//! | `enroll` | the recording enrolled, relative to the list; several stand in one field, between `;` |
//! | `test` | the recording held against them |
//! | `target` | `1`, `same`, `true` or `yes` if it is the same person; `0`, `different`, `false` or `no` if not |
//! | `condition` | optional: figures are given for each condition |
//! | `enroll_speaker`, `test_speaker` | optional: who speaks; intervals are then drawn over speakers |
//!
//! ```no_run
//! use voiceroll::trials::{Trials, Evaluation};
//!
//! let trials = Trials::read("trials.csv")?;
//! let evaluation = Evaluation::new(&trials, &Default::default(), &Default::default())?;
//! for condition in evaluation.conditions() {
//!     println!("{}: {:.1} % equal error rate", condition.condition, condition.eer);
//! }
//! # Ok::<(), voiceroll::Error>(())
//! ```

mod calibrate;
mod evaluate;
mod hear;
mod metrics;
mod quiet;

use std::path::{Path, PathBuf};

pub use calibrate::{Calibrated, calibrate};
pub use evaluate::{ByQuality, Condition, Cut, Evaluation, Scored};
pub use hear::Options;
pub use metrics::{Rates, det_points};

use crate::error::{Code, Error, Result};

/// One question of a list, and its true answer.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Trial {
    /// The recordings that are enrolled together.
    pub enroll: Vec<PathBuf>,
    /// The recording that is held against them.
    pub test: PathBuf,
    /// Whether both are the same person.
    pub target: bool,
    /// What kind of trial it is; empty where the list does not say.
    pub condition: String,
    /// Who is enrolled; the first recording's name where the list does not say.
    pub enroll_speaker: String,
    /// Who is heard; the recording's name where the list does not say.
    pub test_speaker: String,
    /// Where the list says so.
    pub(crate) line: u64,
}

impl std::fmt::Debug for Trial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names of recordings and speakers may be names of people.
        f.debug_struct("Trial")
            .field("target", &self.target)
            .field("condition", &self.condition)
            .finish_non_exhaustive()
    }
}

/// A list of trials.
#[derive(Debug, Clone)]
pub struct Trials(Vec<Trial>);

impl Trials {
    /// Reads a list. The paths in it are taken relative to the list's own folder.
    ///
    /// # Errors
    /// `io_failed`, or `trials_invalid` for a list with a column missing, a line that cannot be
    /// understood, or not one trial of either kind.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = std::fs::File::open(path).map_err(|error| {
            Error::new(Code::IoFailed, format!("the list of trials could not be opened ({})", error.kind()))
        })?;
        Self::parse(file, folder)
    }

    pub(crate) fn parse(list: impl std::io::Read, folder: &Path) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(list);
        let headers = reader.headers().map_err(|_| invalid("it is no CSV file"))?.clone();
        let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
        let needed = |name: &str| {
            column(name).ok_or_else(|| {
                invalid(&format!("its header has no column `{name}`; `enroll`, `test` and `target` are needed"))
            })
        };
        let (enroll, test, target) = (needed("enroll")?, needed("test")?, needed("target")?);
        let (condition, enroll_speaker, test_speaker) =
            (column("condition"), column("enroll_speaker"), column("test_speaker"));
        let mut trials = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| {
                invalid(&match error.position() {
                    Some(at) => {
                        format!("line {} is damaged or has another number of fields than the header", at.line())
                    }
                    None => "a line is damaged".to_owned(),
                })
            })?;
            let line = row.position().map_or(0, csv::Position::line);
            let field = |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|text| !text.is_empty());
            let missing = |name: &str| invalid(&format!("line {line} has nothing in `{name}`"));
            let enrolled = field(Some(enroll)).ok_or_else(|| missing("enroll"))?;
            let tested = field(Some(test)).ok_or_else(|| missing("test"))?;
            let target = match field(Some(target)).unwrap_or_default().to_ascii_lowercase().as_str() {
                "1" | "same" | "true" | "yes" | "target" => true,
                "0" | "different" | "false" | "no" | "nontarget" | "impostor" => false,
                _ => return Err(invalid(&format!("`target` on line {line} is neither 1 (same person) nor 0"))),
            };
            trials.push(Trial {
                enroll: enrolled.split(';').map(|name| folder.join(name.trim())).collect(),
                test: folder.join(tested),
                target,
                condition: field(condition).unwrap_or_default().to_owned(),
                enroll_speaker: field(enroll_speaker).unwrap_or(enrolled).to_owned(),
                test_speaker: field(test_speaker).unwrap_or(tested).to_owned(),
                line,
            });
        }
        let targets = trials.iter().filter(|trial| trial.target).count();
        if targets == 0 || targets == trials.len() {
            return Err(invalid("it needs trials of the same person and of different people"));
        }
        Ok(Self(trials))
    }

    /// The trials, in the order of the list.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Trial> {
        self.0.iter()
    }
}

fn invalid(why: &str) -> Error {
    Error::new(Code::TrialsInvalid, format!("the list of trials cannot be used: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Trials> {
        Trials::parse(text.as_bytes(), Path::new("folder"))
    }

    #[test]
    fn a_list_needs_three_columns_and_may_have_more() {
        let list = "target,test,enroll\nsame,b.wav,a.wav;c.wav\n0, d.wav ,a.wav\n";
        let trials = parse(list).unwrap();
        let first = trials.iter().next().unwrap();
        assert_eq!(first.enroll, [Path::new("folder/a.wav"), Path::new("folder/c.wav")]);
        assert_eq!((first.target, first.test.as_path()), (true, Path::new("folder/b.wav")));
        assert_eq!(trials.iter().nth(1).unwrap().test, Path::new("folder/d.wav"));
    }

    #[test]
    fn what_is_wrong_with_a_list_is_said_with_its_line() {
        let fault = |text| parse(text).unwrap_err().to_string();
        assert!(fault("enroll,test\na,b\n").contains("`target`"));
        assert!(fault("enroll,test,target\na,b,maybe\n").contains("line 2"));
        assert!(fault("enroll,test,target\na,b,1\na,,1\n").contains("line 3"));
        assert!(fault("enroll,test,target\na,b,1\n").contains("different people"));
        assert!(fault("enroll,test,target\na,b,1,x\n").contains("line 2"));
    }
}
