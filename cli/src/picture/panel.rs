//! One plane through the region: the image, both masks, letters, a scale.

use radiomics::plan::Observed;
use radiomics::volume::Mask;

use super::Scene;
use super::canvas::{BOTH, Canvas, DARK, GIVEN, LETTER, MEASURED, REMOVED, WHITE};
use super::plane::Plane;
use super::window::Window;

/// Pixels along each side of a panel.
pub const SIDE: usize = 340;

/// A view of a plane.
pub struct Panel<'p> {
    pub scene: &'p Scene<'p>,
    pub observed: &'p Observed<'p>,
    pub plane: &'p Plane,
    pub window: &'p Window,
    /// Whether it shows the region alone.
    pub near: bool,
}

/// What lies at a pixel.
#[derive(Clone, Copy, Default)]
struct Spot {
    colour: [u8; 3],
    given: bool,
    measured: bool,
    removed: bool,
    shown: bool,
}

impl Panel<'_> {
    pub fn draw(&self, canvas: &mut Canvas, [left, top]: [usize; 2]) {
        let view = View::of(self);
        let mut spots = vec![Spot::default(); SIDE * SIDE];
        for (at, spot) in spots.iter_mut().enumerate() {
            *spot = self.spot(view.place(self, [at % SIDE, at / SIDE]));
        }
        let edge = |at: usize, inside: &dyn Fn(&Spot) -> bool| {
            let (x, y) = (at % SIDE, at / SIDE);
            let open = |x: usize, y: usize| x >= SIDE || y >= SIDE || !inside(&spots[y * SIDE + x]);
            let around = [(x + 1, y), (x.wrapping_sub(1), y), (x, y + 1), (x, y.wrapping_sub(1))];
            inside(&spots[at]) && around.into_iter().any(|(x, y)| open(x, y))
        };
        canvas.fill([left, top], [SIDE, SIDE], [12, 12, 20]);
        for (at, spot) in spots.iter().enumerate().filter(|(_, s)| s.shown) {
            let (given, measured) = (edge(at, &|s| s.given), edge(at, &|s| s.measured));
            let colour = match (given, measured, spot.removed) {
                (true, true, _) => BOTH,
                (true, false, _) => GIVEN,
                (false, true, _) => MEASURED,
                (false, false, true) => mix(spot.colour, REMOVED),
                _ => spot.colour,
            };
            canvas.set([left + at % SIDE, top + at / SIDE], colour);
        }
        let [west, east, north, south] = &self.plane.letters;
        let middle = SIDE / 2 - 6;
        canvas.text([left + 4, top + middle], west, WHITE);
        canvas.text([left + SIDE - 4 - LETTER * east.len(), top + middle], east, WHITE);
        canvas.text([left + SIDE / 2 - 3, top + 3], north, WHITE);
        canvas.text([left + SIDE / 2 - 3, top + SIDE - 16], south, WHITE);
        let slice = view.centre[self.plane.normal].round() as usize;
        canvas.text([left + 4, top + 3], &format!("{} {slice}", self.plane.name), WHITE);
        scale(canvas, [left, top], view.pixels_per_mm);
    }

    /// What lies at a place, in voxels of the image.
    fn spot(&self, place: [f64; 3]) -> Spot {
        let Some([x, y, z]) = cell(place, [0; 3], self.scene.image.shape()) else {
            return Spot::default();
        };
        let mut value = [0.0];
        self.scene.image.read_row(x, [y, z], &mut value);
        let mask = self.scene.mask;
        let given = cell(place, mask.within.start, mask.within.shape).is_some_and(|[i, j, k]| {
            let [nx, ny, _] = mask.within.shape;
            mask.cells[(k * ny + j) * nx + i] != 0
        });
        let Observed { regrid, within, mask, .. } = self.observed;
        let target = std::array::from_fn(|a| {
            let axis = &regrid.axes[a];
            (place[a] - axis.start) / axis.step
        });
        let flags = cell(target, within.start, within.shape)
            .map_or(0, |[i, j, k]| mask.cells()[mask.index(i, j, k)]);
        let measured = flags & Mask::MORPHOLOGICAL != 0;
        Spot {
            colour: self.window.colour(value[0]),
            given,
            measured,
            removed: measured && flags & Mask::INTENSITY == 0,
            shown: true,
        }
    }
}

/// Half of each.
fn mix(a: [u8; 3], b: [u8; 3]) -> [u8; 3] {
    std::array::from_fn(|i| a[i] / 2 + b[i] / 2)
}

/// The cell of a box that holds a place, if any does.
fn cell(place: [f64; 3], start: [usize; 3], shape: [usize; 3]) -> Option<[usize; 3]> {
    let mut out = [0; 3];
    for axis in 0..3 {
        let at = (place[axis] + 0.5).floor() - start[axis] as f64;
        if !(0.0..shape[axis] as f64).contains(&at) {
            return None;
        }
        out[axis] = at as usize;
    }
    Some(out)
}

/// What part of the plane is shown.
struct View {
    /// Centre of the region, in voxels of the image.
    centre: [f64; 3],
    pixels_per_mm: f64,
    /// The place in the middle of the panel, in mm along the axes to the right and up, from the first voxel's centre.
    middle: [f64; 2],
}

impl View {
    fn of(panel: &Panel) -> Self {
        let (shape, spacing) = (panel.scene.image.shape(), panel.scene.image.geometry().spacing);
        let mask = panel.scene.mask;
        let centre = centre(mask);
        let (mut middle, mut extent) = ([0.0; 2], [0.0; 2]);
        for (i, (axis, _)) in [panel.plane.right, panel.plane.up].into_iter().enumerate() {
            if panel.near {
                let (start, sides) =
                    (mask.within.start[axis] as f64, mask.within.shape[axis] as f64);
                middle[i] = (start + (sides - 1.0) / 2.0) * spacing[axis];
                let mm = sides * spacing[axis];
                extent[i] = mm + 2.0 * (0.15 * mm).max(3.0 * spacing[axis]).max(5.0);
            } else {
                middle[i] = (shape[axis] as f64 - 1.0) / 2.0 * spacing[axis];
                extent[i] = shape[axis] as f64 * spacing[axis];
            }
        }
        let pixels_per_mm = SIDE as f64 / extent[0].max(extent[1]);
        Self { centre, pixels_per_mm, middle }
    }

    /// The place of a pixel in voxels of the image.
    fn place(&self, panel: &Panel, [x, y]: [usize; 2]) -> [f64; 3] {
        let spacing = panel.scene.image.geometry().spacing;
        let half = SIDE as f64 / 2.0;
        let right = (x as f64 + 0.5 - half) / self.pixels_per_mm;
        let up = (half - y as f64 - 0.5) / self.pixels_per_mm;
        let mut place = self.centre.map(f64::round);
        for (i, ((axis, forwards), mm)) in
            [(panel.plane.right, right), (panel.plane.up, up)].into_iter().enumerate()
        {
            let mm = if forwards { mm } else { -mm };
            place[axis] = (self.middle[i] + mm) / spacing[axis];
        }
        place
    }
}

/// The centre of mass of a mask, in voxels of the image.
fn centre(mask: &radiomics_io::Mask) -> [f64; 3] {
    let [nx, ny, _] = mask.within.shape;
    let mut sums = [0u64; 3];
    for (at, _) in mask.cells.iter().enumerate().filter(|(_, c)| **c != 0) {
        let place = [at % nx, at / nx % ny, at / (nx * ny)];
        for axis in 0..3 {
            sums[axis] += (place[axis] + mask.within.start[axis]) as u64;
        }
    }
    sums.map(|sum| sum as f64 / mask.voxels.max(1) as f64)
}

/// A bar of a round length.
fn scale(canvas: &mut Canvas, [left, top]: [usize; 2], pixels_per_mm: f64) {
    let room = SIDE as f64 / 3.0 / pixels_per_mm;
    // The longest of 1, 2, 5, 10, ... that fits.
    let mut length = 1e-9;
    for next in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
        if length * next > room {
            break;
        }
        length *= next;
    }
    let pixels = (length * pixels_per_mm).round() as usize;
    let (x, y) = (left + 6, top + SIDE - 8);
    canvas.fill([x - 1, y - 1], [pixels + 2, 5], DARK);
    canvas.fill([x, y], [pixels, 3], WHITE);
    canvas.text([x, y - 15], &format!("{} mm", super::window::short(length)), WHITE);
}
