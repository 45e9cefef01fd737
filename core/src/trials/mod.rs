//! Error rates of the speaker network on your own list of trials, and calibration of its scores with such a list.
//!
//! A trial asks whether a recording is of the person who spoke in some others, and says what is
//! true. The list is a CSV file with a header:
//!
//! | column | meaning |
//! |---|---|
//! | `enroll` | the recording enrolled, relative to the list; several stand in one field, between `;` |
//! | `test` | the recording compared with them |
//! | `target` | `1`, `same`, `true` or `yes` if it is the same person; `0`, `different`, `false` or `no` if not |
//! | `condition` | optional: figures are given for each condition |
//! | `enroll_speaker`, `test_speaker` | optional: who speaks; without them, recordings that trials of the same person join are one speaker's |
//!
//! Lists in the forms of VoxCeleb (`1 a.wav b.wav`) and Kaldi (`a.wav b.wav target`) are read too.
//!
//! Intervals are drawn over speakers, and a calibration is tried on speakers that it has not heard.
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

mod background;
mod calibrate;
mod der;
mod evaluate;
mod extract;
mod fit;
mod metrics;
mod plain;
mod scoring;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

pub use calibrate::{Calibrated, calibrate};
pub use der::{Der, DerOptions, diarization_error};
pub use evaluate::{ByQuality, Condition, Cut, Evaluation, Scored};
pub use extract::Options;
pub use metrics::{Rates, det_points};

use crate::types::error::{Code, Error, Result};

/// One trial of a list, with its ground truth.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Trial {
    /// The recordings that are enrolled together.
    pub enroll: Vec<PathBuf>,
    /// The recording that is compared with them.
    pub test: PathBuf,
    /// Whether both are the same person.
    pub target: bool,
    /// What kind of trial it is; empty where the list does not say.
    pub condition: String,
    /// The enrolled speaker; a number in brackets if the list does not say.
    pub enroll_speaker: String,
    /// The tested speaker; a number in brackets if the list does not say.
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

/// A half of the speakers of a list, so that what is chosen on some people is reported on others. The number at
/// the end of a speaker's name says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Half {
    /// Even numbers: for choosing.
    Watch,
    /// Odd numbers: for figures that nothing was chosen by.
    Report,
}

impl Half {
    fn has(self, speaker: &str) -> bool {
        let odd = match speaker.trim_end_matches(')').bytes().next_back() {
            Some(digit @ b'0'..=b'9') => digit % 2 == 1,
            _ => return false,
        };
        odd == (self == Self::Report)
    }
}

/// A list of trials.
#[derive(Clone)]
pub struct Trials {
    trials: Vec<Trial>,
    /// The list as it was read, header first, for output with all its columns.
    rows: Vec<csv::StringRecord>,
}

impl std::fmt::Debug for Trials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trials").field("trials", &self.trials).finish_non_exhaustive()
    }
}

impl Trials {
    /// Reads a list. The paths in it are taken relative to the list's own folder.
    ///
    /// # Errors
    /// `io_failed`, or `trials_invalid` for a list with a missing column, an invalid or contradictory line, or no trial of
    /// one of the kinds.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = std::fs::File::open(path).map_err(|error| {
            Error::new(
                Code::IoFailed,
                format!("the list of trials could not be opened ({}); check the path", error.kind()),
            )
        })?;
        Self::parse(file, folder)
    }

    pub(crate) fn parse(mut list: impl std::io::Read, folder: &Path) -> Result<Self> {
        let mut bytes = Vec::new();
        list.read_to_end(&mut bytes).map_err(|error| {
            Error::new(Code::IoFailed, format!("the list of trials could not be read ({}); try again", error.kind()))
        })?;
        let converted = match std::str::from_utf8(&bytes).map(plain::to_csv) {
            Ok(Err(line)) => {
                return Err(invalid(&format!(
                    "line {line} does not have three fields: two recordings, and the answer"
                )));
            }
            Ok(Ok(converted)) => converted,
            Err(_) => None,
        };
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(converted.as_ref().map_or(&bytes[..], |(table, _)| table));
        let headers = reader.headers().map_err(|_| invalid("it is not a CSV file; save it as CSV in UTF-8"))?.clone();
        let mut twice = Vec::new();
        let mut column = |name: &str| {
            let mut found = headers.iter().enumerate().filter(|(_, header)| header.eq_ignore_ascii_case(name));
            let first = found.next().map(|(at, _)| at);
            twice.extend(found.next().map(|_| name.to_owned()));
            first
        };
        let missing = |name: &str| {
            let advice = match headers.len() {
                1 => "; separate columns by commas",
                _ => "; it needs `enroll`, `test` and `target`",
            };
            invalid(&format!("its header has no column `{name}`{advice}"))
        };
        let [enroll, test, target, condition, enroll_speaker, test_speaker] =
            ["enroll", "test", "target", "condition", "enroll_speaker", "test_speaker"].map(&mut column);
        if let [name, ..] = &twice[..] {
            return Err(invalid(&format!("its header has the column `{name}` twice")));
        }
        let enroll = enroll.ok_or_else(|| missing("enroll"))?;
        let test = test.ok_or_else(|| missing("test"))?;
        let target = target.ok_or_else(|| missing("target"))?;
        let mut speakers = Speakers::default();
        let (mut trials, mut rows) = (Vec::new(), vec![headers.clone()]);
        for row in reader.records() {
            let row = row.map_err(|error| damaged(&error))?;
            let line = match &converted {
                Some((_, numbers)) => numbers.get(trials.len()).copied().unwrap_or(0),
                None => row.position().map_or(0, csv::Position::line),
            };
            let field = |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|text| !text.is_empty());
            let missing = |name: &str| invalid(&format!("line {line} has no value for `{name}`"));
            let enrolled = field(Some(enroll)).ok_or_else(|| missing("enroll"))?;
            let tested = field(Some(test)).ok_or_else(|| missing("test"))?;
            let target = match field(Some(target)).unwrap_or_default().to_ascii_lowercase().as_str() {
                "1" | "same" | "true" | "yes" | "target" => true,
                "0" | "different" | "false" | "no" | "nontarget" | "impostor" => false,
                _ => {
                    return Err(invalid(&format!(
                        "`target` on line {line} must be 1 (same person) or 0 (different people)"
                    )));
                }
            };
            let (one, other) = (field(enroll_speaker), field(test_speaker));
            let enroll: Vec<PathBuf> = enrolled.split(';').map(|name| folder.join(name.trim())).collect();
            let test = folder.join(tested);
            speakers.joined(one, &enroll);
            speakers.joined(other, std::slice::from_ref(&test));
            if target && (one.is_none() || other.is_none()) {
                speakers.join(&speaker(one, &enroll), &speaker(other, std::slice::from_ref(&test)));
            }
            trials.push(Trial {
                enroll_speaker: speaker(one, &enroll),
                test_speaker: speaker(other, std::slice::from_ref(&test)),
                enroll,
                test,
                target,
                condition: field(condition).unwrap_or_default().to_owned(),
                line,
            });
            rows.push(row);
        }
        for trial in &mut trials {
            trial.enroll_speaker = speakers.of(&trial.enroll_speaker);
            trial.test_speaker = speakers.of(&trial.test_speaker);
            if trial.target != (trial.enroll_speaker == trial.test_speaker) {
                return Err(invalid(&format!(
                    "line {} says {}, which contradicts its speakers or other lines; `target` is 1 for the same \
                     person and 0 for different people",
                    trial.line,
                    if trial.target { "the same person" } else { "different people" }
                )));
            }
        }
        let targets = trials.iter().filter(|trial| trial.target).count();
        if targets == 0 || targets == trials.len() {
            return Err(invalid(
                "it has only trials of one kind; add trials, so that it has some of the same person and some of \
                 different people",
            ));
        }
        Ok(Self { trials, rows })
    }

    /// One half of the list: the trials in which all speakers are of it.
    ///
    /// # Errors
    /// `trials_invalid` if it has not one trial of either kind.
    pub fn half(&self, half: Half) -> Result<Self> {
        let found =
            self.only(|trial| [&trial.enroll_speaker, &trial.test_speaker].iter().all(|speaker| half.has(speaker)));
        let targets = found.trials.iter().filter(|trial| trial.target).count();
        if targets == 0 || targets == found.trials.len() {
            return Err(invalid(
                "this half lacks trials of the same person or of different people; the number at the end of each \
                 speaker's name decides the half",
            ));
        }
        Ok(found)
    }

    /// The trials that pass.
    pub(crate) fn only(&self, pass: impl Fn(&Trial) -> bool) -> Self {
        let passed = || self.trials.iter().map(&pass);
        let rows = self.rows.iter().zip(std::iter::once(true).chain(passed())).filter(|(_, passed)| *passed);
        Self {
            rows: rows.map(|(row, _)| row.clone()).collect(),
            trials: self.trials.iter().filter(|trial| pass(trial)).cloned().collect(),
        }
    }

    /// The trials of both lists.
    pub(crate) fn with(&self, other: &Self) -> Self {
        let trials = self.trials.iter().chain(&other.trials).cloned().collect();
        let rows = self.rows.iter().chain(other.rows.iter().skip(1)).cloned().collect();
        Self { trials, rows }
    }

    /// The trials, in the order of the list.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Trial> {
        self.trials.iter()
    }

    /// The list as it was read, header first.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the command writes them with the scores"))]
    pub(crate) fn rows(&self) -> &[csv::StringRecord] {
        &self.rows
    }

    /// The conditions with trials of one kind alone.
    ///
    /// # Errors
    /// `trials_invalid` if all are.
    fn one_sided(&self) -> Result<Vec<String>> {
        let mut kinds: BTreeMap<&str, [bool; 2]> = BTreeMap::new();
        for trial in &self.trials {
            kinds.entry(&trial.condition).or_default()[usize::from(trial.target)] = true;
        }
        let conditions = kinds.len();
        let one_sided: Vec<String> =
            kinds.into_iter().filter(|(_, kinds)| *kinds != [true; 2]).map(|(name, _)| name.to_owned()).collect();
        if one_sided.len() == conditions {
            return Err(invalid(
                "no `condition` has trials of both kinds; use the same value for trials that belong together, or \
                 omit the column",
            ));
        }
        Ok(one_sided)
    }
}

/// The name of the speaker of some recordings, for [`Speakers`].
fn speaker(name: Option<&str>, recordings: &[PathBuf]) -> String {
    match name {
        Some(name) => name.to_owned(),
        None => format!("\0{}", recordings.first().map_or(Path::new(""), PathBuf::as_path).display()),
    }
}

/// Who is who, where the list does not say so: a forest in which one person's names hang together.
#[derive(Default)]
struct Speakers {
    /// Each name's number; those of recordings begin with a zero byte.
    numbers: HashMap<String, usize>,
    names: Vec<String>,
    /// Each number's parent; its own at a root.
    parents: Vec<usize>,
}

impl Speakers {
    /// The speaker of recordings that are enrolled together, or of one that is tested.
    fn joined(&mut self, name: Option<&str>, recordings: &[PathBuf]) {
        let one = speaker(name, recordings);
        self.number(&one);
        if name.is_none() {
            recordings.iter().for_each(|other| self.join(&one, &speaker(None, std::slice::from_ref(other))));
        }
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.number(one), self.number(other));
        let (one, other) = (self.root(one), self.root(other));
        // Whoever has a name gives it to the others.
        if self.names[other].starts_with('\0') {
            self.parents[other] = one;
        } else {
            self.parents[one] = other;
        }
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.parents.len();
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        self.parents.push(number);
        number
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    /// The person's name, or number.
    fn of(&mut self, name: &str) -> String {
        let number = self.number(name);
        let root = self.root(number);
        let name = &self.names[root];
        if name.starts_with('\0') { format!("({root})") } else { name.clone() }
    }
}

fn damaged(error: &csv::Error) -> Error {
    let line = error.position().map_or_else(|| "a line".to_owned(), |at| format!("line {}", at.line()));
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => invalid(&format!("{line} is not in UTF-8; save the list as CSV in UTF-8")),
        csv::ErrorKind::UnequalLengths { .. } => {
            invalid(&format!("{line} has a different number of fields than the header"))
        }
        _ => invalid(&format!("{line} is damaged")),
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
    fn lists_of_voxceleb_and_kaldi_are_read() {
        let csv = parse("enroll,test,target\na.wav,b.wav,1\na.wav,c.wav,0\n").unwrap();
        for text in [
            "1 a.wav b.wav\n0 a.wav c.wav\n",
            "a.wav b.wav target\n\na.wav\tc.wav nontarget\n",
            "\u{feff}a.wav b.wav target\r\na.wav c.wav imposter\r\n",
        ] {
            assert!(
                parse(text)
                    .unwrap()
                    .iter()
                    .zip(csv.iter())
                    .all(|(a, b)| (&a.enroll, &a.test, a.target) == (&b.enroll, &b.test, b.target))
            );
        }
        let fault = |text| parse(text).unwrap_err().to_string();
        assert!(fault("a.wav b.wav target\n\na.wav c.wav\n").contains("line 3"));
        assert!(fault("1 a.wav b.wav\n\nmaybe a.wav c.wav\n").contains("line 3"));
    }

    #[test]
    fn recordings_that_are_one_persons_are_one_speakers() {
        let list = "enroll,test,target\na;b,c,1\nc,d,1\ne,f,1\na,e,0\nd,g,0\n";
        let trials = parse(list).unwrap();
        let speakers: Vec<_> = trials.iter().map(|t| (t.enroll_speaker.as_str(), t.test_speaker.as_str())).collect();
        let (first, second) = (speakers[0].0, speakers[2].0);
        assert_ne!(first, second);
        assert_eq!(speakers[..4], [(first, first), (first, first), (second, second), (first, second)]);
        assert!(speakers[4].0 == first && ![first, second].contains(&speakers[4].1));

        let named = parse("enroll,enroll_speaker,test,target\na,ada,b,1\nb,,c,1\nx,ben,c,0\n").unwrap();
        let speakers: Vec<_> = named.iter().map(|t| (t.enroll_speaker.as_str(), t.test_speaker.as_str())).collect();
        assert_eq!(speakers, [("ada", "ada"), ("ada", "ada"), ("ben", "ada")]);
    }

    #[test]
    fn conditions_with_one_kind_of_trial_are_named() {
        let list = |b: &str| format!("enroll,test,target,condition\na,b,1,x\na,c,0,{b}\na,d,1,y\n");
        assert_eq!(parse(&list("x")).unwrap().one_sided().unwrap(), ["y"]);
        let apart = parse(&list("z")).unwrap().one_sided().unwrap_err();
        assert!(apart.code() == "trials_invalid" && apart.to_string().contains("`condition`"), "{apart}");
    }

    #[test]
    fn a_half_has_the_trials_whose_speakers_are_all_of_it_and_their_rows() {
        let list = "enroll,test,target,enroll_speaker,test_speaker\na,b,1,p-2,p-2\na,c,0,p-2,p-13\na,d,0,p-2,p-4\n\
            e,f,1,p-13,p-13\n";
        let trials = parse(list).unwrap();
        let watch = trials.half(Half::Watch).unwrap();
        assert_eq!(watch.iter().map(|trial| trial.target).collect::<Vec<_>>(), [true, false]);
        assert_eq!(watch.rows().len(), 3);
        assert_eq!(&watch.rows()[2][1], "d");
        assert_eq!(trials.half(Half::Report).unwrap_err().code(), "trials_invalid");
        assert_eq!(parse("enroll,test,target\na,b,1\na,c,0\n").unwrap().with(&trials).iter().len(), 6);
    }

    #[test]
    fn what_is_wrong_with_a_list_is_said_with_its_line() {
        let fault = |text| parse(text).unwrap_err().to_string();
        assert!(fault("enroll,test,target\na,b,1\nb,a,0\n").contains("line 3"));
        assert!(fault("enroll,test,target,enroll_speaker,test_speaker\na,b,1,p,q\na,c,0,p,q\n").contains("line 2"));
        assert!(fault("enroll,test,target,target\na,b,1,1\n").contains("twice"));
        assert!(fault("enroll;test;target\na;b;1\n").contains("commas"));
        let latin = Trials::parse(&b"enroll,test,target\na,b,1\na,\xe9,0\n"[..], Path::new("")).unwrap_err();
        assert!(latin.to_string().contains("line 3 is not in UTF-8"), "{latin}");
        assert!(fault("enroll,test\na,b\n").contains("`target`"));
        assert!(fault("enroll,test,target\na,b,maybe\n").contains("line 2"));
        assert!(fault("enroll,test,target\na,b,1\na,,1\n").contains("line 3"));
        assert!(fault("enroll,test,target\na,b,1\n").contains("different people"));
        assert!(fault("enroll,test,target\na,b,1,x\n").contains("line 2"));
    }
}
