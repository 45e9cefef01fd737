//! `model install` without a file: the network comes from its publisher.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::models::{self, CAMPPLUS_ADDRESS, Model};
use crate::types::error::{Code, Error};

/// The largest file that is downloaded, in bytes; that of CAM++ has 28 MB.
const LARGEST_DOWNLOAD: u64 = 256 << 20;

/// Installs what the publisher offers.
pub(super) fn downloaded(name: &str) -> Result<Model, Failure> {
    if name != "campplus" {
        // Says which names there are.
        return Ok(models::install(name, Path::new(""))?);
    }
    let folder = models::folder()?;
    std::fs::create_dir_all(&folder)?;
    let part = folder.join(format!(".download-{}", std::process::id()));
    let installed = download(CAMPPLUS_ADDRESS, &part).and_then(|()| Ok(models::install(name, &part)?));
    // A file that was not made has not to be removed.
    let _ = std::fs::remove_file(&part);
    installed
}

fn download(address: &str, to: &PathBuf) -> Result<(), Failure> {
    let failed = |why: String| {
        let sentence = format!(
            "the model could not be downloaded ({why}); try again later, or download {address} elsewhere and pass \
             the file with --from"
        );
        Failure::Voiceroll(Error::new(Code::ServerUnreachable, sentence))
    };
    // rustls is built without a provider of its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let kind = |error: &reqwest::Error| match error.status() {
            Some(status) => format!("the publisher's server answered {}", status.as_u16()),
            None if error.is_timeout() => "it took too long".to_owned(),
            None => "the publisher's server cannot be reached".to_owned(),
        };
        let client = reqwest::Client::builder().connect_timeout(std::time::Duration::from_secs(15)).build();
        let client = client.map_err(|error| failed(kind(&error)))?;
        let answer = client.get(address).send().await.and_then(reqwest::Response::error_for_status);
        let mut answer = answer.map_err(|error| failed(kind(&error)))?;
        let bar = indicatif::ProgressBar::new(answer.content_length().unwrap_or(0)).with_style(super::bar_style());
        let mut file = std::fs::File::create(to)?;
        let mut taken = 0;
        while let Some(part) = answer.chunk().await.map_err(|error| failed(kind(&error)))? {
            taken += part.len() as u64;
            if taken > LARGEST_DOWNLOAD {
                return Err(failed("it is larger than the model".to_owned()));
            }
            file.write_all(&part)?;
            bar.set_position(taken);
        }
        bar.finish_and_clear();
        Ok(())
    })
}
