//! Local binary patterns.

use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// How the comparisons with the neighbours become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// The pattern as a binary number.
    Pattern,
    /// The smallest number of the rotated patterns: by 45 degrees in 2D, by the 24 right-angle rotations in 3D.
    Invariant,
    /// How many neighbours are not below the voxel.
    Count,
}

impl Binary {
    /// All of them.
    pub const ALL: [Binary; 3] = [Binary::Pattern, Binary::Invariant, Binary::Count];

    /// The word.
    pub const fn name(self) -> &'static str {
        match self {
            Binary::Pattern => "pattern",
            Binary::Invariant => "invariant",
            Binary::Count => "count",
        }
    }
}

/// Which neighbours of a voxel are not below it.
///
/// ```text
/// pattern     h(i) = sum_p 2^p [f(i + d_p) >= f(i)]
/// invariant   h(i) = the smallest pattern over the rotations
/// count       h(i) = sum_p [f(i + d_p) >= f(i)]
/// ```
///
/// d_p in 2D: the 8 neighbours in the slice, from +x by +y round; in 3D: the 6 neighbours +x, -x, +y, -y, +z, -z. Where the
/// voxel or one of them is not a number, the response is none. Not part of the IBSI references. Unit: none.
///
/// Reference: Ojala, Pietikäinen and Mäenpää, *Multiresolution gray-scale and rotation invariant texture classification
/// with local binary patterns*, IEEE TPAMI 24 (2002).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lbp {
    /// How the comparisons become one number.
    pub binary: Binary,
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
}

const RING: [[isize; 3]; 8] =
    [[1, 0, 0], [1, 1, 0], [0, 1, 0], [-1, 1, 0], [-1, 0, 0], [-1, -1, 0], [0, -1, 0], [1, -1, 0]];
const FACES: [[isize; 3]; 6] =
    [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]];

impl Lbp {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some([1, 1, usize::from(self.dimensions != 2)])
    }

    /// Scratch: one volume.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<f64>(voxels)
    }

    fn neighbours(&self) -> &'static [[isize; 3]] {
        if self.dimensions == 2 { &RING } else { &FACES }
    }

    /// What each pattern becomes.
    fn table(&self) -> [f64; 256] {
        core::array::from_fn(|pattern| {
            let pattern = pattern as u8;
            f64::from(match self.binary {
                Binary::Pattern => pattern,
                Binary::Count => pattern.count_ones() as u8,
                Binary::Invariant if self.dimensions == 2 => {
                    (0..8).map(|turn| pattern.rotate_left(turn)).min().unwrap_or(pattern)
                }
                Binary::Invariant => smallest_turn(pattern),
            })
        })
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let from = scratch.take::<f64>(volume.values.len())?;
        from.copy_from_slice(volume.values);
        let [nx, ny, nz] = volume.shape;
        let table = self.table();
        let mut pace = Pace::start(watch)?;
        let mut out = volume.values.chunks_exact_mut(nx.max(1));
        for z in 0..nz {
            for y in 0..ny {
                let Some(out) = out.next() else { return Ok(()) };
                pace.spend(16 * nx)?;
                out.fill(0.0);
                let own = &from[(z * ny + y) * nx..][..nx];
                for (p, [dx, dy, dz]) in self.neighbours().iter().enumerate() {
                    let bit = f64::from(1u32 << p);
                    let row = boundary
                        .index(y as isize + dy, ny)
                        .zip(boundary.index(z as isize + dz, nz))
                        .map(|(y, z)| &from[(z * ny + y) * nx..][..nx]);
                    for (x, (code, own)) in out.iter_mut().zip(own).enumerate() {
                        let at = boundary.index(x as isize + dx, nx);
                        let other = row.zip(at).map_or(boundary.outside(), |(row, x)| row[x]);
                        *code += match own.partial_cmp(&other) {
                            None => f64::NAN,
                            Some(core::cmp::Ordering::Greater) => 0.0,
                            Some(_) => bit,
                        };
                    }
                }
                for code in out {
                    if code.is_finite() {
                        *code = table[*code as usize & 255];
                    }
                }
            }
        }
        Ok(())
    }
}

/// The smallest pattern of the six faces over the 24 rotations of the cube.
fn smallest_turn(pattern: u8) -> u8 {
    // Quarter turns about x, y and z, as the faces that take each other's place; they give all rotations.
    const TURNS: [[usize; 6]; 3] = [[0, 1, 4, 5, 3, 2], [5, 4, 2, 3, 0, 1], [2, 3, 1, 0, 4, 5]];
    let turned = |pattern: u8, turn: &[usize; 6]| {
        (0..6).fold(0, |out, face| out | (pattern >> face & 1) << turn[face])
    };
    // A set of 64 patterns as bits: grows until no turn adds one.
    let mut seen = 1u64 << (pattern & 63);
    loop {
        let mut more = seen;
        for found in (0..64u8).filter(|found| seen >> found & 1 == 1) {
            for turn in &TURNS {
                more |= 1 << turned(found, turn);
            }
        }
        if more == seen {
            return seen.trailing_zeros() as u8;
        }
        seen = more;
    }
}
