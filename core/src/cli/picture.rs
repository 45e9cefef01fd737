//! Pictures of a recording: what an inspection measured, and who speaks when.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use plotters::coord::Shift;
use plotters::prelude::*;

use super::Failure;
use super::args::Plot;
use super::plot::{FONT, Fault, load_font};
use crate::audio::{BANDS, Portrait, TIMES};
use crate::{CallOptions, Error, Inspection, Limits, Problem, ProblemCode, Recording, Segment, Severity};

const WIDTH: u32 = 1200;
const MARGIN: i32 = 80;
const EDGE: i32 = 16;
const INK: RGBColor = RGBColor(23, 33, 43);
const QUIET: RGBColor = RGBColor(110, 124, 133);
const WAVE: RGBColor = RGBColor(70, 100, 120);
const SPEECH: RGBColor = RGBColor(214, 236, 240);
const BAD: RGBColor = RGBColor(178, 24, 43);
const WARN: RGBColor = RGBColor(150, 84, 0);
const SPEAKERS: [RGBColor; 8] = [
    RGBColor(42, 140, 160),
    RGBColor(192, 103, 43),
    RGBColor(109, 99, 199),
    RGBColor(61, 143, 78),
    RGBColor(184, 74, 125),
    RGBColor(138, 122, 31),
    RGBColor(71, 118, 196),
    RGBColor(163, 79, 61),
];

/// The softest level that is drawn, in dBFS.
const SOFTEST: f64 = -90.0;

/// Shades of the spectrum, 6 dB apart. More would make an SVG larger than the recording.
const SHADES: i32 = 12;

/// Letters in a line of advice.
const LINE: usize = 150;

/// What is drawn about a recording.
pub(super) enum Drawn {
    Inspection(Inspection),
    /// Its length in seconds, and who speaks when.
    Segments(f64, Vec<Segment>),
}

/// Draws into an SVG or PNG file, as its name says.
fn draw(path: &Path, portrait: &Portrait, drawn: &Drawn) -> Result<(), Fault> {
    load_font()?;
    let size = (WIDTH, height(drawn));
    if is_svg(path) == Some(true) {
        paint(SVGBackend::new(path, size).into_drawing_area(), portrait, drawn)
    } else {
        paint(BitMapBackend::new(path, size).into_drawing_area(), portrait, drawn)
    }
}

/// Whether the name of a picture is one of an SVG, or of a PNG; none if of neither.
fn is_svg(path: &Path) -> Option<bool> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "svg" => Some(true),
        "png" => Some(false),
        _ => None,
    }
}

fn height(drawn: &Drawn) -> u32 {
    match drawn {
        Drawn::Inspection(found) => 690 + 24 * lines(&found.problems).len() as u32,
        Drawn::Segments(_, segments) => 230 + 40 * speakers(segments).len() as u32,
    }
}

fn paint<B: DrawingBackend>(area: DrawingArea<B, Shift>, portrait: &Portrait, drawn: &Drawn) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    area.fill(&WHITE)?;
    match drawn {
        Drawn::Inspection(found) => inspection(&area, portrait, found)?,
        Drawn::Segments(duration, segments) => timeline(&area, portrait, *duration, segments)?,
    }
    Ok(area.present()?)
}

fn inspection<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    portrait: &Portrait,
    found: &Inspection,
) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let (title, rest) = area.split_vertically(44);
    let (waves, rest) = rest.split_vertically(190);
    let (levels, rest) = rest.split_vertically(190);
    let (bands, advice) = rest.split_vertically(240);
    let verdict = if found.accepted() { "would be enrolled" } else { "would be refused" };
    let sentence = format!("{:.1} s, {:.1} s of speech: {verdict}", found.duration, found.speech_seconds);
    title.draw_text(&sentence, &(FONT, 20).into_font().color(&INK), (MARGIN, 14))?;
    waveform(&waves, portrait, found)?;
    level(&levels, portrait, found)?;
    spectrum(&bands, portrait, found)?;
    for (number, (severity, line)) in lines(&found.problems).iter().enumerate() {
        let colour = match severity {
            Severity::Refuse => BAD,
            Severity::Warn => WARN,
            Severity::Note => INK,
        };
        advice.draw_text(line, &(FONT, 14).into_font().color(&colour), (MARGIN, 12 + 24 * number as i32))?;
    }
    Ok(())
}

fn waveform<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    portrait: &Portrait,
    found: &Inspection,
) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let mut chart = ChartBuilder::on(area)
        .margin_left(EDGE)
        .margin_right(20)
        .y_label_area_size(MARGIN - EDGE)
        .build_cartesian_2d(0.0..portrait.duration, -1.0f64..1.0)?;
    let shade = |&(from, to): &(f64, f64)| Rectangle::new([(from, -1.0), (to, 1.0)], SPEECH.filled());
    chart.draw_series(portrait.speech.iter().map(shade))?;
    chart
        .configure_mesh()
        .disable_mesh()
        .x_labels(0)
        .y_labels(3)
        .y_desc("waveform, speech shaded")
        .label_style((FONT, 13).into_font().color(&QUIET))
        .draw()?;
    chart.draw_series(columns(portrait, |sample| sample))?;
    if found.problem(ProblemCode::Clipped).is_some() {
        let mark = |x: f64| PathElement::new(vec![(x, 0.9), (x, 1.0)], BAD.stroke_width(2));
        chart.draw_series(portrait.flat().into_iter().map(mark))?;
        area.draw_text("clipped", &(FONT, 13).into_font().color(&BAD), (WIDTH as i32 - 80, 2))?;
    }
    Ok(())
}

fn level<B: DrawingBackend>(area: &DrawingArea<B, Shift>, portrait: &Portrait, found: &Inspection) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let mut chart = ChartBuilder::on(area)
        .margin_top(14)
        .margin_left(EDGE)
        .margin_right(20)
        .y_label_area_size(MARGIN - EDGE)
        .x_label_area_size(24)
        .build_cartesian_2d(0.0..portrait.duration, SOFTEST..0.0)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .y_labels(5)
        .x_labels(12)
        .y_desc("level, dBFS")
        .label_style((FONT, 13).into_font().color(&QUIET))
        .draw()?;
    let width = portrait.duration / portrait.level.len().max(1) as f64;
    let point = |(at, level): (usize, &f32)| ((at as f64 + 0.5) * width, f64::from(*level).clamp(SOFTEST, 0.0));
    chart.draw_series(LineSeries::new(portrait.level.iter().enumerate().map(point), WAVE))?;
    let noise = found.level_dbfs.zip(found.snr_db).map(|(level, snr)| level - snr);
    for (name, at, colour) in [("speech", found.level_dbfs, SPEAKERS[0]), ("noise", noise, WARN)] {
        let Some(at) = at.map(|at| at.clamp(SOFTEST, 0.0)) else { continue };
        chart.draw_series([PathElement::new(vec![(0.0, at), (portrait.duration, at)], colour.stroke_width(2))])?;
        let (_, y) = chart.backend_coord(&(0.0, at));
        let (left, top) = area.get_base_pixel();
        let place = (WIDTH as i32 - 90 - left, y - top - 16);
        area.draw_text(name, &(FONT, 13).into_font().color(&colour), place)?;
    }
    Ok(())
}

fn spectrum<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    portrait: &Portrait,
    found: &Inspection,
) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let mut chart = ChartBuilder::on(area)
        .margin_top(14)
        .margin_left(EDGE)
        .margin_right(20)
        .y_label_area_size(MARGIN - EDGE)
        .x_label_area_size(30)
        .build_cartesian_2d(0.0..portrait.duration, 0.0f64..8.0)?;
    chart
        .configure_mesh()
        .disable_mesh()
        .y_labels(5)
        .x_labels(12)
        .y_desc("spectrum, kHz")
        .x_desc("seconds")
        .label_style((FONT, 13).into_font().color(&QUIET))
        .draw()?;
    let loudest = portrait.spectrum.iter().flatten().copied().fold(-60.0f32, f32::max);
    let shade = |level: f32| (SHADES - ((loudest - level) / 6.0) as i32).clamp(0, SHADES);
    let width = portrait.duration / portrait.spectrum.len().clamp(1, TIMES) as f64;
    let height = 8.0 / BANDS as f64;
    let mut cells = Vec::new();
    for band in 0..BANDS {
        let shades: Vec<i32> = portrait.spectrum.iter().map(|levels| shade(levels[band])).collect();
        // What stays the same is one cell.
        let mut start = 0;
        for run in shades.chunk_by(|a, b| a == b) {
            let (from, to) = (start as f64 * width, (start + run.len()) as f64 * width);
            start += run.len();
            let share = f64::from(run[0]) / f64::from(SHADES);
            let mixed = |paper: f64, ink: f64| (paper + share * (ink - paper)) as u8;
            let colour = RGBColor(mixed(255.0, 10.0), mixed(255.0, 40.0), mixed(255.0, 70.0));
            let (low, high) = (band as f64 * height, (band + 1) as f64 * height);
            cells.extend((run[0] > 0).then(|| Rectangle::new([(from, low), (to, high)], colour.filled())));
        }
    }
    chart.draw_series(cells)?;
    if let Some(top) = found.bandwidth_hz.map(|hz| hz / 1000.0) {
        chart.draw_series([PathElement::new(vec![(0.0, top), (portrait.duration, top)], BAD.stroke_width(1))])?;
        let (_, y) = chart.backend_coord(&(0.0, top));
        let (left, above) = area.get_base_pixel();
        let place = (WIDTH as i32 - 110 - left, y - above + 3);
        area.draw_text("bandwidth", &(FONT, 13).into_font().color(&BAD), place)?;
    }
    Ok(())
}

fn timeline<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    portrait: &Portrait,
    duration: f64,
    segments: &[Segment],
) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let speakers = speakers(segments);
    let rows = speakers.len() as f64;
    // The waveform takes the height of three rows.
    let mut chart = ChartBuilder::on(area)
        .margin(20)
        .y_label_area_size(10)
        .x_label_area_size(34)
        .build_cartesian_2d(0.0..duration.max(0.001), -rows..3.0)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(TRANSPARENT)
        .y_labels(0)
        .x_labels(12)
        .x_desc("seconds")
        .label_style((FONT, 13).into_font().color(&QUIET))
        .draw()?;
    chart.draw_series(columns(portrait, |sample| 1.5 + 1.4 * sample))?;
    for (row, speaker) in speakers.iter().enumerate() {
        let colour = SPEAKERS[row % SPEAKERS.len()];
        let (top, bottom) = (-(row as f64) - 0.5, -(row as f64) - 0.9);
        let own = segments.iter().filter(|segment| named(segment) == *speaker);
        let bar = |one: &Segment| Rectangle::new([(one.start, bottom), (one.end, top)], colour.filled());
        chart.draw_series(own.map(bar))?;
        let (x, y) = chart.backend_coord(&(0.0, top + 0.45));
        area.draw_text(speaker, &(FONT, 14).into_font().color(&INK), (x + 2, y))?;
    }
    Ok(())
}

/// The waveform, with samples of -1 to 1 at these heights.
fn columns(portrait: &Portrait, height: impl Fn(f64) -> f64) -> Vec<PathElement<(f64, f64)>> {
    let width = portrait.duration / portrait.wave.len().max(1) as f64;
    let column = |(at, &(low, high)): (usize, &(f32, f32))| {
        let x = (at as f64 + 0.5) * width;
        let y = |sample: f32| height(f64::from(sample).clamp(-1.0, 1.0));
        PathElement::new(vec![(x, y(low)), (x, y(high))], WAVE)
    };
    portrait.wave.iter().enumerate().map(column).collect()
}

fn named(segment: &Segment) -> String {
    segment.speaker_id.as_ref().map_or_else(|| "not enrolled".to_owned(), ToString::to_string)
}

/// In the order in which they speak first.
fn speakers(segments: &[Segment]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in segments.iter().map(named) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// What is wrong and what to do, in lines that fit.
fn lines(problems: &[Problem]) -> Vec<(Severity, String)> {
    let mut lines = Vec::new();
    for problem in problems {
        let mut line = format!("{}:", problem.code);
        for word in problem.advice.split_whitespace() {
            if line.chars().count() + word.chars().count() >= LINE {
                lines.push((problem.severity, std::mem::take(&mut line)));
                line.push_str("   ");
            }
            line.push(' ');
            line.push_str(word);
        }
        lines.push((problem.severity, line));
    }
    lines
}

/// The picture that was asked for, of the one recording that there is.
pub(super) struct Picture<'a> {
    path: Option<&'a Path>,
    drawn: RefCell<Option<(Portrait, Drawn)>>,
}

impl<'a> Picture<'a> {
    pub(super) fn new(plot: &'a Plot, files: &[PathBuf]) -> Result<Self, Failure> {
        let path = plot.plot.as_deref();
        let wrong = |sentence: &str| Err(Failure::Usage(sentence.to_owned()));
        match path {
            Some(_) if files.len() != 1 => return wrong("--plot draws one recording; give one file"),
            Some(path) if is_svg(path).is_none() => {
                return wrong("--plot draws SVG or PNG; give a file name that ends with .svg or .png");
            }
            _ => {}
        }
        Ok(Self { path, drawn: RefCell::default() })
    }

    /// Listens to the recording once more, if a picture was asked for.
    pub(super) fn keep(
        &self,
        recording: &Recording,
        limits: &Limits,
        drawn: impl FnOnce() -> Drawn,
    ) -> Result<(), Error> {
        if self.path.is_some() {
            let portrait = Portrait::new(recording, limits, &CallOptions::new())?;
            *self.drawn.borrow_mut() = Some((portrait, drawn()));
        }
        Ok(())
    }

    /// Draws what was kept; a recording that could not be read has no picture.
    pub(super) fn draw(self) -> Result<(), Fault> {
        match (self.path, self.drawn.into_inner()) {
            (Some(path), Some((portrait, drawn))) => draw(path, &portrait, &drawn),
            _ => Ok(()),
        }
    }
}
