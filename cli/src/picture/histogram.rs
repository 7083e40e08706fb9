//! The grey levels that the textures are made of, over the intensities they stand for.

use radiomics::plan::Observed;
use radiomics::prepare::discretise::Discretisation;
use radiomics::prepare::{binning, extremes, resegment};
use radiomics::volume::Mask;
use radiomics::{Serial, Settings, Watch};

use super::Scene;
use super::canvas::{BOTH, Canvas, DARK, GIVEN, GREY, LETTER, MEASURED, REMOVED, WHITE};
use super::window::short;

/// Room for text above and below the bars.
const TEXT: usize = 34;

pub fn draw(
    canvas: &mut Canvas,
    [left, top]: [usize; 2],
    [width, height]: [usize; 2],
    scene: &Scene,
    observed: &Observed,
) {
    legend(canvas, [left, top], width);
    let kept = observed.mask.count(Mask::INTENSITY);
    let Some((binning, counts)) = levels(scene, observed) else {
        let text = format!("{kept} voxels, no grey levels");
        return canvas.text([left, top + 2], &text, GREY);
    };
    let unit = &scene.picture.unit;
    let (edges, how) = match binning {
        Discretisation::FixedBinSize { lower, width } => {
            let upper = lower + width * counts.len() as f64;
            ([lower, upper], format!("bins of {} {unit} from {}", short(width), short(lower)))
        }
        Discretisation::FixedBinNumber { count, min, max } => (
            [min, max],
            format!("{count} bins of {} {unit}", short((max - min) / f64::from(count))),
        ),
        _ => ([0.5, counts.len() as f64 + 0.5], "the intensities are the grey levels".to_owned()),
    };
    let text = format!("{kept} voxels in {} grey levels: {how}", counts.len());
    canvas.text([left, top + 2], &text, WHITE);

    // As many levels to a bar as it takes for every bar to have a pixel.
    let together = counts.len().div_ceil(width).max(1);
    let bars: Vec<u64> = counts.chunks(together).map(|c| c.iter().sum()).collect();
    let most = bars.iter().copied().max().unwrap_or(0).max(1);
    let room = height - TEXT;
    let base = top + height - TEXT / 2;
    let place = |i: usize| left + i * width / bars.len();
    for (i, count) in bars.iter().enumerate() {
        let (from, to) = (place(i), place(i + 1));
        let tall = (*count as f64 / most as f64 * (room as f64 - 4.0)).ceil() as usize;
        // A line between bins, where there is room for one.
        let gap = usize::from(to - from > 3);
        canvas.fill([from, base - tall], [to - from - gap, tall], MEASURED);
    }
    canvas.fill([left, base], [width, 1], DARK);
    let [low, high] = edges.map(short);
    let middle = short((edges[0] + edges[1]) / 2.0);
    canvas.text([left, base + 3], &low, GREY);
    canvas.text([left + width / 2 - LETTER * middle.len() / 2, base + 3], &middle, GREY);
    canvas.text([left + width - LETTER * high.len(), base + 3], &high, GREY);
}

/// How many voxels of the intensity mask have each grey level.
fn levels(scene: &Scene, observed: &Observed) -> Option<(Discretisation, Vec<u64>)> {
    let watch = Watch::silent();
    let extremes =
        extremes::extremes(observed.mask, observed.intensities, &Serial, &watch).ok()?.ok()?;
    let Settings { discretise, resegment: range, .. } = scene.settings;
    let binning = binning::discretisation(discretise, range, &extremes);
    let count = binning.level(extremes.max);
    let plain = binning == Discretisation::None;
    if !(1.0..=MOST).contains(&count) || plain && !(extremes.whole && extremes.min >= 1.0) {
        return None;
    }
    let mut counts = vec![0u64; count as usize];
    let visited =
        resegment::visit(observed.mask, Mask::INTENSITY, observed.intensities, &watch, |x| {
            let level = binning.level(x).clamp(1.0, count) as usize;
            counts[level - 1] += 1;
        });
    visited.is_ok().then_some((binning, counts))
}

/// More levels than any texture matrix takes.
const MOST: f64 = 65_535.0;

/// What the colours mean.
fn legend(canvas: &mut Canvas, [left, top]: [usize; 2], width: usize) {
    let parts = [
        ("as given", GIVEN),
        ("as measured", MEASURED),
        ("both", BOTH),
        ("re-segmented away", REMOVED),
    ];
    let letters: usize = parts.iter().map(|(text, _)| text.len() + 3).sum();
    let mut x = left + width - LETTER * letters;
    for (text, colour) in parts {
        canvas.text([x, top + 2], text, colour);
        x += LETTER * (text.len() + 3);
    }
}
