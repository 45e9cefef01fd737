//! Types that UniFFI cannot map by itself, for Kotlin and Swift.

use std::path::PathBuf;

use super::{JobId, ProblemCode, SpeakerId};

uniffi::custom_type!(
    /// The id of an enrolled speaker: 1 to 128 ASCII letters, digits and underscores.
    SpeakerId,
    String,
    { lower: |id| id.as_str().to_owned(), try_lift: |text| Ok(SpeakerId::parse(text)?) }
);

uniffi::custom_type!(
    /// A stable code, such as `too_short`. More may come.
    ProblemCode,
    String,
    { lower: |code| code.as_str().to_owned(), try_lift: |text| Ok(serde_json::from_value(text.into())?) }
);

uniffi::custom_type!(
    /// The id of a job, as its server chose it.
    JobId,
    String,
    { lower: |id| id.as_str().to_owned(), try_lift: |text| Ok(JobId::parse(text)?) }
);

uniffi::custom_type!(
    /// A number of things.
    usize,
    u64,
    { remote, lower: |number| number as u64, try_lift: |number| Ok(usize::try_from(number)?) }
);

uniffi::custom_type!(
    /// The name of a file.
    PathBuf,
    String,
    { remote, lower: |path| path.to_string_lossy().into_owned(), try_lift: |text| Ok(PathBuf::from(text)) }
);
