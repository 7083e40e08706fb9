//! The named choices of a rasterisation.

/// How the contours of a slice make its region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Inside {
    /// A centre is inside when an odd number of edges, of all contours of the slice, crosses its row to its right:
    /// a contour in a contour is a hole, contours that overlap exclude each other. The rule of the IBSI reference
    /// masks.
    #[default]
    EvenOdd,
    /// A centre is inside when it is inside at least one contour by the even-odd rule on that contour alone. A
    /// contour in a contour makes no hole.
    Union,
    /// A centre is inside when the contours of the slice wind around it: the crossings to its right, upward ones
    /// counted as 1 and downward ones as -1, do not add up to 0. Holes are contours of the opposite sense.
    Winding,
}

/// Which slice a contour counts for.
///
/// The plane of a contour is half way between its lowest and its highest point along the normal of the slices.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum SliceRule {
    /// The slice whose centre is nearest; the one of the lower index of two at the same distance. Planes as far
    /// from the first or last slice as half its distance to the next still count for it; beyond, the contour is
    /// outside. The rule of the IBSI reference masks.
    #[default]
    Nearest,
    /// As nearest, but a contour further from its slice than this fraction of the distance between slices is
    /// left out and counted in [`Rasterised::contours_between`](super::Rasterised::contours_between).
    SkipBeyond(f64),
    /// As nearest, but a contour on the grid further from its slice than this fraction of the distance between
    /// slices is an error: for contours that are meant to have been drawn on this very grid.
    RefuseBeyond(f64),
    /// For every slice the contours of the one plane nearest to its centre, the lower of two, when that is at
    /// most this many mm away. One plane may count for several slices; one that is the nearest of no slice counts
    /// for none, and its contours are among [`Rasterised::contours_between`](super::Rasterised::contours_between).
    /// For contours drawn on other slices than these, such as those of a CT on a PET: half the distance
    /// between their planes closes every gap, and no slice gets contours of two planes. Planes closer to each other
    /// than a hundredth of the reach are one.
    NearestPlane(f64),
}

/// The rules of a rasterisation; the default is that of the IBSI reference masks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rules {
    /// How the contours of a slice make its region.
    pub inside: Inside,
    /// Which slice a contour counts for.
    pub slice: SliceRule,
}
