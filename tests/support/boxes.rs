//! Small volumes owned by a test, and proptest strategies that make them.

use proptest::prelude::*;
use radiomics::volume::{Level, Levels, Mask};
use radiomics::{Aggregation, Aggregations};

/// Grey levels of a small box, x fastest, 0 outside the region.
#[derive(Clone, Debug)]
pub struct LevelBox {
    /// Extent.
    pub shape: [usize; 3],
    /// The levels.
    pub levels: Vec<u32>,
    /// Number of grey levels N_g.
    pub count: u32,
}

impl LevelBox {
    /// The level at a place, 0 anywhere outside the box.
    pub fn at(&self, p: [i64; 3]) -> u32 {
        match index(self.shape, p) {
            Some(i) => self.levels[i],
            None => 0,
        }
    }

    /// All places that have a level.
    pub fn places(&self) -> Vec<[i64; 3]> {
        places(self.shape).filter(|p| self.at(*p) != 0).collect()
    }

    /// The cells with a margin of `pad` zeros.
    pub fn padded<L: Level>(&self, pad: usize) -> Vec<L> {
        pad_cells(self.shape, pad, |p| L::from_index(self.at(p)))
    }

    /// Runs `f` on a view with this margin.
    pub fn with<L: Level, R>(&self, pad: usize, f: impl FnOnce(&Levels<L>) -> R) -> R {
        let cells = self.padded::<L>(pad);
        f(&Levels::new(&cells, self.shape, pad, self.count).expect("a valid box"))
    }
}

/// A mask of a small box, x fastest; flags as in [`Mask`].
#[derive(Clone, Debug)]
pub struct MaskBox {
    /// Extent.
    pub shape: [usize; 3],
    /// The flags.
    pub flags: Vec<u8>,
}

impl MaskBox {
    /// The flags at a place, 0 anywhere outside the box.
    pub fn at(&self, p: [i64; 3]) -> u8 {
        match index(self.shape, p) {
            Some(i) => self.flags[i],
            None => 0,
        }
    }

    /// All places that have the flag.
    pub fn places(&self, flag: u8) -> Vec<[i64; 3]> {
        places(self.shape).filter(|p| self.at(*p) & flag != 0).collect()
    }

    /// Runs `f` on a view.
    pub fn with<R>(&self, f: impl FnOnce(&Mask) -> R) -> R {
        let cells = pad_cells(self.shape, Mask::PAD, |p| self.at(p));
        f(&Mask::new(&cells, self.shape).expect("a valid box"))
    }
}

fn index(shape: [usize; 3], p: [i64; 3]) -> Option<usize> {
    let inside = (0..3).all(|a| p[a] >= 0 && p[a] < shape[a] as i64);
    inside.then(|| p[0] as usize + shape[0] * (p[1] as usize + shape[1] * p[2] as usize))
}

/// Every place of a box, x fastest.
pub fn places(shape: [usize; 3]) -> impl Iterator<Item = [i64; 3]> {
    let [nx, ny, nz] = shape.map(|n| n as i64);
    (0..nz).flat_map(move |z| (0..ny).flat_map(move |y| (0..nx).map(move |x| [x, y, z])))
}

fn pad_cells<T>(shape: [usize; 3], pad: usize, at: impl Fn([i64; 3]) -> T) -> Vec<T> {
    let p = pad as i64;
    places(shape.map(|n| n + 2 * pad)).map(|[x, y, z]| at([x - p, y - p, z - p])).collect()
}

/// Sides from 1 to `max_side`.
pub fn shapes(max_side: usize) -> impl Strategy<Value = [usize; 3]> {
    [1..=max_side, 1..=max_side, 1..=max_side]
}

/// Random boxes: sides 1 to `max_side`, up to `max_levels` grey levels, holes of random density. The
/// region may be empty, one voxel, one slice, of one level, and levels may be absent.
pub fn level_boxes(max_side: usize, max_levels: u32) -> impl Strategy<Value = LevelBox> {
    (shapes(max_side), 1..=max_levels, 0u32..=100).prop_flat_map(|(shape, count, holes)| {
        let cell = (0u32..100, 1..=count).prop_map(move |(h, l)| if h < holes { 0 } else { l });
        let cells = shape.iter().product::<usize>();
        proptest::collection::vec(cell, cells).prop_map(move |levels| LevelBox {
            shape,
            levels,
            count,
        })
    })
}

/// Random masks in which the intensity mask is a random part of the morphological one.
pub fn mask_boxes(max_side: usize) -> impl Strategy<Value = MaskBox> {
    (shapes(max_side), 0u32..=100, 0u32..=100).prop_flat_map(|(shape, holes, removed)| {
        let cell = (0u32..100, 0u32..100).prop_map(move |(h, r)| match (h < holes, r < removed) {
            (true, _) => 0,
            (false, true) => Mask::MORPHOLOGICAL,
            (false, false) => Mask::MORPHOLOGICAL | Mask::INTENSITY,
        });
        let cells = shape.iter().product::<usize>();
        proptest::collection::vec(cell, cells).prop_map(move |flags| MaskBox { shape, flags })
    })
}

/// Any of the aggregations of families with directions, or none.
pub fn directional_subsets() -> impl Strategy<Value = Aggregations> {
    proptest::bits::u8::masked(0b11_1111).prop_map(|bits| {
        let members = Aggregation::DIRECTIONAL.into_iter().enumerate();
        members.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, a)| a).collect()
    })
}
