//! Plots of a list of trials: the trade-off of errors, and how the scores lie.

use std::error::Error;
use std::path::Path;

use crate::trials::Rates;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::{FontStyle, register_font};

/// What can go wrong while drawing; the drawing library's errors are of many types.
pub(crate) type Fault = Box<dyn Error + Send + Sync>;

const SIZE: (u32, u32) = (900, 700);
pub(super) const FONT: &str = "DejaVu Sans";
const SAME: RGBColor = RGBColor(0, 102, 170);
const DIFFERENT: RGBColor = RGBColor(200, 80, 30);

/// The shares that a trade-off plot has lines for, in percent.
const TICKS: [f64; 10] = [0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0];

/// Draws `det.svg` and `det.png`: false rejects against false accepts, both on the scale on which
/// scores that are normally distributed give a straight line.
pub(crate) fn det(folder: &Path, points: &[Rates]) -> Result<(), Fault> {
    load_font()?;
    draw_det(SVGBackend::new(&folder.join("det.svg"), SIZE).into_drawing_area(), points)?;
    draw_det(BitMapBackend::new(&folder.join("det.png"), SIZE).into_drawing_area(), points)
}

/// Draws `scores.svg` and `scores.png`: how often each ratio was found for one person and for two.
pub(crate) fn scores(folder: &Path, scores: &[(f64, bool)], threshold: f64) -> Result<(), Fault> {
    load_font()?;
    draw_scores(SVGBackend::new(&folder.join("scores.svg"), SIZE).into_drawing_area(), scores, threshold)?;
    draw_scores(BitMapBackend::new(&folder.join("scores.png"), SIZE).into_drawing_area(), scores, threshold)
}

/// The font comes along, so machines without fonts draw the same.
pub(super) fn load_font() -> Result<(), Fault> {
    register_font(FONT, FontStyle::Normal, dejavu::sans::regular())
        .map_err(|_| "the built-in font could not be read".into())
}

fn draw_det<B: DrawingBackend>(area: DrawingArea<B, Shift>, points: &[Rates]) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    area.fill(&WHITE)?;
    let (low, high) = (probit(0.0005), probit(0.6));
    let mut chart = ChartBuilder::on(&area)
        .caption("Detection error tradeoff", (FONT, 24))
        .margin(20)
        .x_label_area_size(60)
        .y_label_area_size(75)
        .build_cartesian_2d(low..high, low..high)?;
    chart.configure_mesh().disable_mesh().x_labels(0).y_labels(0).draw()?;
    let grey = RGBColor(215, 215, 215);
    let label = (FONT, 15).into_font().color(&BLACK);
    for tick in TICKS {
        let at = probit(tick / 100.0);
        chart.draw_series([
            PathElement::new(vec![(at, low), (at, high)], grey),
            PathElement::new(vec![(low, at), (high, at)], grey),
        ])?;
        let (x, y) = chart.backend_coord(&(at, at));
        let (left, bottom) = chart.backend_coord(&(low, low));
        let text = format!("{tick}");
        area.draw_text(&text, &label, (x - 8, bottom + 10))?;
        area.draw_text(&text, &label, (left - 34, y - 8))?;
    }
    let visible = points.iter().map(|point| (probit(point.false_accepts), probit(point.false_rejects)));
    let inside = visible.filter(|(x, y)| (low..=high).contains(x) && (low..=high).contains(y));
    let inside: Vec<(f64, f64)> = inside.collect();
    if inside.is_empty() {
        let place = (SIZE.0 as i32 / 2 - 150, SIZE.1 as i32 / 2 - 60);
        area.draw_text("no errors to plot", &(FONT, 18).into_font().color(&BLACK), place)?;
    }
    chart.draw_series(LineSeries::new(inside, SAME.stroke_width(3)))?;
    chart.draw_series([PathElement::new(vec![(low, low), (high, high)], RGBColor(150, 150, 150))])?;
    axis_titles(&area, "false accepts, %", "false rejects, %")?;
    Ok(area.present()?)
}

fn draw_scores<B: DrawingBackend>(
    area: DrawingArea<B, Shift>,
    scores: &[(f64, bool)],
    threshold: f64,
) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    const BINS: usize = 80;
    let mut sorted: Vec<f64> = scores.iter().map(|(llr, _)| *llr).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted.get((share * sorted.len() as f64) as usize).copied().unwrap_or(0.0);
    // The few at the far ends would squeeze all others into the middle.
    let (low, high) = (at(0.002).min(threshold) - 1.0, at(0.998).max(threshold) + 1.0);
    let width = (high - low) / BINS as f64;
    let density = |target: bool| -> Vec<(f64, f64)> {
        let of: Vec<f64> = scores.iter().filter(|(_, t)| *t == target).map(|(llr, _)| *llr).collect();
        let mut counts = [0usize; BINS];
        of.iter().for_each(|llr| counts[(((llr - low) / width).max(0.0) as usize).min(BINS - 1)] += 1);
        let share = |count: &usize| 100.0 * *count as f64 / of.len().max(1) as f64;
        counts.iter().enumerate().map(|(bin, count)| (low + (bin as f64 + 0.5) * width, share(count))).collect()
    };
    let (same, different) = (density(true), density(false));
    let top = same.iter().chain(&different).map(|(_, share)| *share).fold(1.0, f64::max) * 1.1;
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Scores of the trials", (FONT, 24))
        .margin(20)
        .x_label_area_size(60)
        .y_label_area_size(75)
        .build_cartesian_2d(low..high, 0.0..top)?;
    chart.configure_mesh().light_line_style(TRANSPARENT).label_style((FONT, 15)).draw()?;
    for (points, colour, name) in [(same, SAME, "same person"), (different, DIFFERENT, "different people")] {
        chart
            .draw_series(AreaSeries::new(points, 0.0, colour.mix(0.25)).border_style(colour.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| Rectangle::new([(x, y - 6), (x + 14, y + 6)], colour.mix(0.6).filled()));
    }
    chart
        .draw_series([PathElement::new(vec![(threshold, 0.0), (threshold, top)], BLACK.stroke_width(2))])?
        .label(format!("threshold {threshold:.2}"))
        .legend(|(x, y)| PathElement::new(vec![(x, y), (x + 14, y)], BLACK.stroke_width(2)));
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .label_font((FONT, 15))
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    axis_titles(&area, "log-likelihood ratio", "share of trials, %")?;
    Ok(area.present()?)
}

fn axis_titles<B: DrawingBackend>(area: &DrawingArea<B, Shift>, x: &str, y: &str) -> Result<(), Fault>
where
    B::ErrorType: 'static,
{
    let font = (FONT, 18).into_font().color(&BLACK);
    let (width, height) = (SIZE.0 as i32, SIZE.1 as i32);
    area.draw_text(x, &font, (width / 2 - 90, height - 40))?;
    area.draw_text(y, &font.transform(FontTransform::Rotate270), (14, height / 2 + 90))?;
    Ok(())
}

/// The point up to which a share of a standard normal distribution lies: the inverse of its
/// distribution function, by halving, as the plots need no more than four digits.
fn probit(share: f64) -> f64 {
    let (mut low, mut high) = (-6.0, 6.0);
    for _ in 0..40 {
        let middle: f64 = (low + high) / 2.0;
        if normal_share(middle) < share { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The share of a standard normal distribution below `x`; error under 8e-8 (Abramowitz and Stegun
/// 26.2.17).
fn normal_share(x: f64) -> f64 {
    const B: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let series = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let upper = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * series;
    if x < 0.0 { upper } else { 1.0 - upper }
}
