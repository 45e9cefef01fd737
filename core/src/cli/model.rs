//! `model`: the speaker networks that are there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Failure;
use super::args::ModelCommand;
use crate::error::{Code, Error};
use crate::models::{self, CAMPPLUS_ADDRESS, Checked, Model};

/// The largest file that is downloaded, in bytes; that of CAM++ has 28 MB.
const LARGEST_DOWNLOAD: u64 = 256 << 20;

pub(super) fn run(json: bool, what: &ModelCommand) -> Result<(), Failure> {
    match what {
        ModelCommand::List => list(json),
        ModelCommand::Install { name, from } => {
            let model = match from {
                Some(file) => models::install(name, file)?,
                None => downloaded(name)?,
            };
            show(json, &line(&model), &object(&model))
        }
        ModelCommand::Remove { name } => {
            models::remove(name)?;
            show(json, &format!("{name} was removed"), &json!({ "removed": name }))
        }
        ModelCommand::Check { file } => checked(json, &models::check(file)?),
    }
}

fn list(json: bool) -> Result<(), Failure> {
    for (number, model) in models::list().iter().enumerate() {
        let mark = if number == 0 { ", taken for new stores" } else { "" };
        show(json, &format!("{}{mark}", line(model)), &object(model))?;
    }
    Ok(())
}

fn line(model: &Model) -> String {
    let place = match &model.path {
        Some(path) => format!("{:.1} MB, {}", model.bytes as f64 / 1e6, path.display()),
        None => "part of Voiceroll".to_owned(),
    };
    format!("{}: {}, {place}", model.name, model.licence)
}

fn object(model: &Model) -> Value {
    let Model { name, model, licence, attribution, path, bytes } = model;
    json!({ "name": name, "model": model, "licence": licence, "attribution": attribution, "path": path, "bytes": bytes })
}

fn checked(json: bool, found: &Checked) -> Result<(), Failure> {
    let Checked { model, name, front_end, width, bytes, milliseconds_per_second, calibrated, diarizes } = found;
    let object = json!({
        "model": model, "name": name, "front_end": front_end, "width": width, "bytes": bytes,
        "milliseconds_per_second": milliseconds_per_second, "calibrated": calibrated, "diarizes": diarizes,
    });
    let known = match name {
        Some(name) => format!("{name}: a network that Voiceroll knows"),
        None => format!("{model}: a network that Voiceroll does not know"),
    };
    let missing = match (calibrated, diarizes) {
        (true, true) => "nothing",
        (false, _) => "a calibration, so nobody is recognised yet: make one with `voiceroll calibrate`",
        (true, false) => "constants for conversations; those of the compact network are used",
    };
    let text = format!(
        "network    {known}\nfront end  {front_end}\nvoiceprint {width} numbers\nfile       {:.1} MB\ncost       \
         {milliseconds_per_second:.1} ms for a second of speech on this machine\nmissing    {missing}",
        *bytes as f64 / 1e6
    );
    show(json, &text, &object)
}

fn show(json: bool, text: &str, object: &Value) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{object}")?
    } else {
        writeln!(out, "{text}")?
    }
    Ok(())
}

/// Installs what the publisher offers.
fn downloaded(name: &str) -> Result<Model, Failure> {
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
            "the model could not be downloaded ({why}); try again later, or download it elsewhere from {address} and name \
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
                return Err(failed("it is larger than the model is".to_owned()));
            }
            file.write_all(&part)?;
            bar.set_position(taken);
        }
        bar.finish_and_clear();
        Ok(())
    })
}
