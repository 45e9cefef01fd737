//! `voiceroll evaluate` and `voiceroll calibrate`: figures for people and for programs.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::Decision;
#[cfg(feature = "full")]
use crate::trials::det_points;
use crate::trials::{Calibrated, Condition, Evaluation, Half, Options, Trials, calibrate};
use serde_json::json;

#[cfg(feature = "full")]
use super::plot;
use super::report::{print_json, shown};
use super::{Failure, trials_bar};

/// Scores a list of trials and prints the figures of each condition.
pub(crate) fn evaluate(
    list: &Path,
    (half, left_out): (Option<Half>, bool),
    options: &Options,
    scores: Option<&Path>,
    json: bool,
) -> Result<(), Failure> {
    let all = Trials::read(list)?;
    let trials = of_half(&all, half)?;
    // Opened before the work begins, which would be lost if it could not be written.
    let scores = scores.map(|path| scores_file(path, list)).transpose()?;
    let (progress, control) = trials_bar();
    let evaluation = if left_out {
        let made_on = of_half(&all, half.map(|_| Half::Watch))?;
        Evaluation::left_out(&trials, &made_on, options, &control)?
    } else {
        Evaluation::new(&trials, options, &control)?
    };
    progress.finish_and_clear();
    if let Some(file) = scores {
        write_scores(file, &trials, &evaluation)?;
    }
    for condition in evaluation.one_sided() {
        eprintln!("{}: no error rates, as all trials are of the same kind", named(condition));
    }
    if json {
        return Ok(evaluation.conditions().iter().try_for_each(print_json)?);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "model {}\n", shown(evaluation.model()))?;
    print_conditions(&mut out, evaluation.conditions())?;
    print_cuts(&mut out, evaluation.conditions())?;
    writeln!(
        out,
        "\n{:<30} {:>7} {:>11} {:>8} {:>9}",
        "enrollments of quality", "EER %", "conditions", "targets", "impostors"
    )?;
    for row in evaluation.by_quality() {
        writeln!(
            out,
            "{:<30} {:>7.2} {:>11} {:>8} {:>9}",
            row.quality, row.eer, row.conditions, row.targets, row.impostors
        )?;
    }
    Ok(())
}

/// Makes a calibration, writes it with its plots into a folder, and prints how good it is.
pub(crate) fn make_calibration(
    list: &Path,
    half: Option<Half>,
    options: &Options,
    folder: &Path,
    false_accept_rate: f64,
    json: bool,
) -> Result<(), Failure> {
    if !(false_accept_rate > 0.0 && false_accept_rate < 1.0) {
        return Err(Failure::Usage("--far must be between 0 and 1, such as 0.01".to_owned()));
    }
    let trials = of_half(&Trials::read(list)?, half)?;
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let file = folder.join("calibration.json");
    let (progress, control) = trials_bar();
    let made = calibrate(&trials, options, &control)?;
    progress.finish_and_clear();
    fs::write(&file, made.calibration.to_json() + "\n").map_err(|error| unwritable(&file, &error))?;
    #[cfg(feature = "full")]
    {
        plot::det(folder, &det_points(&made.scores))?;
        plot::scores(folder, &made.scores, made.calibration.threshold(false_accept_rate))?;
    }
    let at = made.at(false_accept_rate);
    if json {
        return Ok(print_json(&json!({
            "model": made.calibration.model(),
            "calibration": file.display().to_string(),
            "eer": made.eer,
            "min_dcf": made.min_dcf,
            "cllr": made.cllr,
            "min_cllr": made.min_cllr,
            "inputs": made.inputs,
            "targets": made.targets,
            "impostors": made.impostors,
            "false_accept_rate": false_accept_rate,
            "threshold": at.threshold,
            "false_accepts": at.false_accepts,
            "false_rejects": at.false_rejects,
            "least_false_accept_rate": (1e5 * made.least_false_accept_rate).round() / 1e5,
        }))?);
    }
    let mut out = io::stdout().lock();
    print_calibrated(&mut out, &made, false_accept_rate)?;
    let plots =
        if cfg!(feature = "full") { " and det.svg, det.png, scores.svg, scores.png in the same folder" } else { "" };
    writeln!(out, "\nwritten: {}{plots}", file.display())?;
    Ok(())
}

fn of_half(trials: &Trials, half: Option<Half>) -> Result<Trials, Failure> {
    Ok(match half {
        Some(half) => trials.half(half)?,
        None => trials.clone(),
    })
}

fn print_calibrated(out: &mut impl Write, made: &Calibrated, false_accept_rate: f64) -> io::Result<()> {
    let at = made.at(false_accept_rate);
    writeln!(
        out,
        "model {}, {} trials of the same person, {} of different people\n",
        shown(made.calibration.model()),
        made.targets,
        made.impostors
    )?;
    writeln!(out, "  equal error rate    {:.2} %", made.eer)?;
    writeln!(out, "  minDCF(0.01)        {:.3}", made.min_dcf)?;
    writeln!(out, "  Cllr                {:.3} bits on held-out speakers (min Cllr: {:.3})", made.cllr, made.min_cllr)?;
    let inputs = if made.inputs.is_empty() { "none".to_owned() } else { made.inputs.join(", ") };
    writeln!(out, "  quality measures    {inputs}")?;
    writeln!(
        out,
        "  threshold           {:.2} for a false-accept rate of {:.2} %, with equal weight for each condition; \
         over all trials: false accepts {:.2} %, false rejects {:.2} %\n",
        at.threshold,
        100.0 * false_accept_rate,
        100.0 * at.false_accepts,
        100.0 * at.false_rejects
    )?;
    if false_accept_rate < made.least_false_accept_rate {
        writeln!(
            out,
            "  These trials cannot measure rates under {:.1} %, so this threshold is extrapolated. Add trials of \
             different people.\n",
            100.0 * made.least_false_accept_rate
        )?;
    }
    print_conditions(out, &made.conditions)
}

fn print_conditions(out: &mut impl Write, conditions: &[Condition]) -> io::Result<()> {
    writeln!(
        out,
        "{:<30} {:>7} {:>15} {:>7} {:>10} {:>7} {:>7} {:>6} {:>8} {:>9} {:>8}",
        "condition",
        "EER %",
        "95 % interval",
        "cosine",
        "by speaker",
        "quiet",
        "minDCF",
        "Cllr",
        "targets",
        "impostors",
        "unheard"
    )?;
    let number = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
    for c in conditions {
        writeln!(
            out,
            "{:<30} {:>7.2} {:>15} {:>7.2} {:>10} {:>7} {:>7.3} {:>6} {:>8} {:>9} {:>8}",
            named(&c.condition),
            c.eer,
            format!("{:.1} to {:.1}", c.eer_low, c.eer_high),
            c.eer_cosine,
            number(c.eer_by_speaker, 2),
            number(c.eer_quiet, 1),
            c.min_dcf,
            number(c.cllr, 3),
            c.targets,
            c.impostors,
            c.unheard
        )?;
    }
    writeln!(
        out,
        "\ncosine: EER of the cosines alone, without cohort and calibration\nquiet: EER of the background noise \
         alone; if it is low, the recordings differ by room and device, and a low EER proves little\n"
    )?;
    if conditions.iter().all(|condition| condition.same.is_none()) {
        return writeln!(
            out,
            "the model has no calibration, so it makes no decisions yet; make one with `voiceroll calibrate`"
        );
    }
    writeln!(out, "{:<30} {:^35}   {:^35}", "decisions by default, %", "same person", "different people")?;
    let heads = "match undecided no match too short";
    writeln!(out, "{:<30} {heads:>35}   {heads:>35}", "")?;
    for c in conditions {
        let Some((same, different)) = c.same.zip(c.different) else { continue };
        let shares = |[a, b, d, e]: [f64; 4]| format!("{a:>6.1} {b:>9.1} {d:>8.1} {e:>9.1}");
        writeln!(out, "{:<30} {:>35}   {:>35}", named(&c.condition), shares(same), shares(different))?;
    }
    writeln!(out, "\n{:<30} {:^22}   {:^22}", "share flagged, %", "same-person guard", "duplicate speaker")?;
    let heads = "same  different";
    writeln!(out, "{:<30} {heads:>22}   {heads:>22}", "")?;
    for c in conditions {
        let shares = |[same, different]: [f64; 2]| format!("{same:.1} {different:>10.1}");
        let Some((guard, duplicate)) = c.guard_refuses.zip(c.called_duplicate) else { continue };
        let (guard, duplicate) = (shares(guard), shares(duplicate));
        writeln!(out, "{:<30} {guard:>22}   {duplicate:>22}", named(&c.condition))?;
    }
    Ok(())
}

fn print_cuts(out: &mut impl Write, conditions: &[Condition]) -> io::Result<()> {
    if conditions.iter().all(|condition| condition.cuts.is_empty()) {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:<30} {:>20} {:>7} {:>17} {:>8} {:>9}",
        "EER against speech", "cut to", "EER %", "same trials uncut", "targets", "impostors"
    )?;
    for condition in conditions {
        for cut in &condition.cuts {
            let to = match (cut.enrolled_seconds, cut.test_seconds) {
                (Some(seconds), _) => format!("{seconds:.0} s enrolled"),
                (_, Some(seconds)) => format!("{seconds:.0} s tested"),
                _ => String::new(),
            };
            writeln!(
                out,
                "{:<30} {to:>20} {:>7.2} {:>17.2} {:>8} {:>9}",
                named(&condition.condition),
                cut.eer,
                cut.eer_uncut,
                cut.targets,
                cut.impostors
            )?;
        }
    }
    Ok(())
}

fn named(condition: &str) -> String {
    if condition.is_empty() { "all trials".to_owned() } else { shown(condition) }
}

/// Opens the file for the scores; not the list itself.
fn scores_file(path: &Path, list: &Path) -> Result<fs::File, Failure> {
    if fs::canonicalize(path).ok().is_some_and(|there| fs::canonicalize(list).ok() == Some(there)) {
        return Err(Failure::Usage("the scores would overwrite the list of trials; name another file".to_owned()));
    }
    fs::File::create(path).map_err(|error| unwritable(path, &error))
}

/// The list with its scores, one line per trial, for use with other tools.
fn write_scores(file: fs::File, trials: &Trials, evaluation: &Evaluation) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(file);
    let [header, rows @ ..] = trials.rows() else { return Ok(()) };
    let mut header = header.clone();
    for name in ["cosine", "llr", "enrolled_seconds", "test_seconds", "narrow_sides", "quality", "decision"] {
        header.push_field(name);
    }
    writer.write_record(&header).map_err(csv_failure)?;
    for (row, scored) in rows.iter().zip(evaluation.scored()) {
        let mut row = row.clone();
        row.push_field(&format!("{:.6}", scored.cosine));
        row.push_field(&scored.llr.map(|llr| format!("{llr:.6}")).unwrap_or_default());
        row.push_field(&format!("{:.6}", scored.enrolled_seconds));
        row.push_field(&format!("{:.6}", scored.test_seconds));
        row.push_field(&scored.narrow_sides.to_string());
        row.push_field(scored.quality.as_str());
        row.push_field(scored.decision.map_or("", Decision::as_str));
        writer.write_record(&row).map_err(csv_failure)?;
    }
    Ok(writer.flush()?)
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::Output(io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn csv_failure(error: csv::Error) -> Failure {
    Failure::Output(io::Error::from(error))
}

#[cfg(feature = "full")]
impl From<plot::Fault> for Failure {
    fn from(fault: plot::Fault) -> Self {
        Failure::Output(io::Error::other(fault.to_string()))
    }
}
