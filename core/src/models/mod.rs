//! Speaker networks besides the one inside the library: how they are kept, installed and found.

mod archive;
mod exported;
mod install;
mod torch;

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::runtime::apart;
use crate::types::error::{Code, Error, Result};
use crate::voice::Engine;
use crate::voice::file::{self, Head};
use crate::voice::known::{CAMPPLUS, COMPACT, Known};
pub use install::{CAMPPLUS_ADDRESS, Checked, check, install};

/// The environment variable that names the folder for installed models.
pub(crate) const FOLDER_VARIABLE: &str = "VOICEROLL_MODELS";

/// The environment variable that names the model where a program names none.
const MODEL_VARIABLE: &str = "VOICEROLL_MODEL";

/// What the file of an installed model ends with.
const EXTENSION: &str = "voicemodel";

/// Folders that packages bring models in, besides the user's.
static BROUGHT: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// An available model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Model {
    /// The name that selects it: `compact` or `campplus`.
    pub name: String,
    /// The name under which its voiceprints are stored.
    pub model: String,
    /// Its licence, as an SPDX identifier.
    pub licence: String,
    /// The authors.
    pub attribution: String,
    /// Its file; none for the built-in model.
    pub path: Option<PathBuf>,
    /// The size of that file in bytes.
    pub bytes: u64,
}

impl Model {
    fn compact() -> Self {
        Self {
            name: COMPACT.name.to_owned(),
            model: COMPACT.model.to_owned(),
            licence: "Apache-2.0".to_owned(),
            attribution: "the authors of Voiceroll".to_owned(),
            path: None,
            bytes: 0,
        }
    }

    fn in_file(path: PathBuf) -> Option<Self> {
        let mut opened = File::open(&path).ok()?;
        let bytes = opened.metadata().ok()?.len();
        let Head { name, model, licence, attribution, .. } = file::head(&mut opened).ok()?;
        Some(Self { name, model, licence, attribution, path: Some(path), bytes })
    }
}

/// Adds a folder to search for models; packages that include one call this.
pub fn also_in(folder: impl Into<PathBuf>) {
    let folder = folder.into();
    apart(|| {
        let mut brought = BROUGHT.lock().unwrap_or_else(PoisonError::into_inner);
        if !brought.contains(&folder) {
            brought.push(folder);
        }
    });
}

/// The folder for installed models: that of `VOICEROLL_MODELS`, or one in the user's data folder.
///
/// # Errors
/// `io_failed` if the user has no home folder and the variable is not set.
pub fn folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let folders = directories::ProjectDirs::from("", "", "voiceroll").ok_or_else(|| {
        let sentence = format!("there is no home folder to keep models in; set {FOLDER_VARIABLE} to a folder");
        Error::new(Code::IoFailed, sentence)
    })?;
    Ok(folders.data_dir().join("models"))
}

/// All available models, the most accurate first.
pub fn list() -> Vec<Model> {
    let mut folders: Vec<PathBuf> = folder().into_iter().collect();
    apart(|| folders.extend(BROUGHT.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned()));
    let mut found: Vec<Model> = Vec::new();
    for folder in folders {
        let path = folder.join(CAMPPLUS.name).with_extension(EXTENSION);
        let model = Model::in_file(path).filter(|model| model.model == CAMPPLUS.model);
        found.extend(model.filter(|model| found.iter().all(|other| other.name != model.name)));
    }
    found.push(Model::compact());
    found
}

/// Removes an installed model from the folder that [`folder`] names.
///
/// # Errors
/// `model_missing` if it is not installed there, `io_failed`.
pub fn remove(name: &str) -> Result<()> {
    let path = named(name)?.map_or(Ok(PathBuf::new()), |_| file_of(name))?;
    std::fs::remove_file(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => missing(name),
        kind => Error::new(
            Code::IoFailed,
            format!("the model could not be removed ({kind}); check the permissions of its folder"),
        ),
    })
}

fn file_of(name: &str) -> Result<PathBuf> {
    Ok(folder()?.join(name).with_extension(EXTENSION))
}

/// What was named by the program, or else by `VOICEROLL_MODEL`.
pub(crate) fn wanted(named: Option<&Path>) -> Option<PathBuf> {
    let variable = || std::env::var_os(MODEL_VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    named.map(Path::to_owned).or_else(variable)
}

/// The network that has this name; none for the one that is always there.
fn named(name: &str) -> Result<Option<&'static Known>> {
    if name == CAMPPLUS.name {
        Ok(Some(&CAMPPLUS))
    } else if name == COMPACT.name {
        Err(Error::new(Code::InvalidOption, "the compact model is built in and can be neither installed nor removed"))
    } else {
        Err(Error::new(Code::InvalidOption, format!("there is no model `{}`; use `campplus`", name.escape_debug())))
    }
}

pub(crate) fn missing(name: &str) -> Error {
    Error::new(
        Code::ModelMissing,
        format!("the model {name} is not installed; install it with `voiceroll model install {name}`"),
    )
}

/// The model that a registry works with, found when it is opened and loaded when it is first needed.
#[derive(Clone)]
pub(crate) enum Choice {
    Compact,
    File(PathBuf),
    /// The store was made with a known model that is not installed.
    Missing(&'static str),
}

impl Choice {
    /// What `wanted` or `VOICEROLL_MODEL` names, or else what the store was made with, or else the best one installed.
    pub(crate) fn new(wanted: Option<&Path>, stored: Option<&str>) -> Result<Self> {
        match self::wanted(wanted).as_deref() {
            Some(path) if path == OsStr::new(COMPACT.name) => return Ok(Self::Compact),
            Some(path) if path == OsStr::new(CAMPPLUS.name) => {
                return Self::installed(CAMPPLUS.model).ok_or_else(|| missing(CAMPPLUS.name));
            }
            Some(path) => return Ok(Self::File(path.to_owned())),
            None => {}
        }
        Ok(match stored {
            Some(model) if model == COMPACT.model => Self::Compact,
            Some(model) if model == CAMPPLUS.model => Self::installed(model).unwrap_or(Self::Missing(CAMPPLUS.name)),
            _ => Self::best(),
        })
    }

    /// The one for work that no store belongs to.
    pub(crate) fn preferred() -> Result<Self> {
        Self::new(None, None)
    }

    /// The most accurate model that is installed.
    fn best() -> Self {
        list().into_iter().find_map(|model| model.path.map(Self::File)).unwrap_or(Self::Compact)
    }

    fn installed(model: &str) -> Option<Self> {
        list().into_iter().find(|found| found.model == model).and_then(|found| found.path).map(Self::File)
    }

    pub(crate) fn load(&self) -> Result<Arc<Engine>> {
        match self {
            Self::Compact => Engine::compact(),
            Self::File(path) => Engine::load(path),
            Self::Missing(name) => Err(missing(name)),
        }
    }
}
