//! `model`: the speaker networks that are there.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Failure;
use super::args::ModelCommand;
#[cfg(feature = "full")]
use super::download::downloaded;
use crate::models::{self, Checked, Model};

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
        let mark = if number == 0 { ", used for new stores" } else { "" };
        show(json, &format!("{}{mark}", line(model)), &object(model))?;
    }
    Ok(())
}

fn line(model: &Model) -> String {
    let place = match &model.path {
        Some(path) => format!("{:.1} MB, {}", model.bytes as f64 / 1e6, path.display()),
        None => "built in".to_owned(),
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
        Some(name) => format!("{name}: a known network"),
        None => format!("{model}: a network of your own"),
    };
    let missing = match (calibrated, diarizes) {
        (true, true) => "nothing",
        (false, _) => "a calibration, so it makes no decisions yet; make one with `voiceroll calibrate`",
        (true, false) => "constants for diarization; those of the compact network are used",
    };
    let text = format!(
        "network    {known}\nfront end  {front_end}\nvoiceprint {width} numbers\nfile       {:.1} MB\ncost       \
         {milliseconds_per_second:.1} ms per second of speech on this machine\nmissing    {missing}",
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

/// A command without a network says where the file is.
#[cfg(not(feature = "full"))]
fn downloaded(_name: &str) -> Result<Model, Failure> {
    Err(Failure::Usage(format!(
        "this build cannot download models; download {} yourself and pass the file with --from, or build with the \
         feature `full`",
        models::CAMPPLUS_ADDRESS
    )))
}
