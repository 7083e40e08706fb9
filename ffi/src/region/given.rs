//! A region as it was given: read in place, or to be drawn into a mask first.

use radiomics::roi::contours::{
    self, Contours, Frame, Inside, Rasterised, Rules, SliceRule, Slices,
};
use radiomics::roi::{Base, Indices, Numbers, Order, Runs};
use radiomics::view::{BitOrder, BoundingBox};
use radiomics::workspace::Arena;
use radiomics::{Footprint, Layout, Region, Select, Watch};

use super::*;
use crate::diagnostic::Fail;
use crate::dtype::{self, *};
use crate::grid::Grid;
use crate::image;
use crate::memory::{self, Range};
use crate::structs;

/// A region as it was given, checked.
pub(crate) struct Given<'a> {
    form: Form<'a>,
}

/// The caller's memory that a region is read from; that of a struct which cannot be read is the struct.
///
/// # Safety
/// As [`Given::read`].
pub(crate) unsafe fn ranges(pointer: *const radiomics_region) -> [Range; 4] {
    // SAFETY: as promised.
    let place = unsafe { structs::range(pointer, 1, "region") };
    // SAFETY: as promised.
    let Ok(given) = (unsafe { structs::read(pointer, "region") }) else { return [place; 4] };
    let sizes = given.contour_count.saturating_mul(size_of::<u32>());
    [
        place,
        Range::new(given.data, given.data_bytes, "region.data"),
        Range::new(given.occupancy, given.occupancy_bytes, "region.occupancy"),
        Range::new(given.contour_sizes, sizes, "region.contour_sizes"),
    ]
}

/// What it takes to read it.
enum Form<'a> {
    InPlace(Region<'a>),
    Indices(Indices<'a>),
    Runs(Runs<'a>),
    Contours { contours: Contours<'a>, frame: Frame<'a>, rules: Rules },
}

impl<'a> Given<'a> {
    /// Reads and checks a region on a grid.
    ///
    /// # Safety
    /// `pointer` is NULL or points to a region as the header describes it, which is not written while it is borrowed.
    pub(crate) unsafe fn read(
        pointer: *const radiomics_region,
        grid: &Grid<'a>,
    ) -> Result<Self, Fail> {
        // SAFETY: as promised.
        let given = unsafe { structs::read(pointer, "region")? };
        // SAFETY: as promised.
        let form = unsafe {
            match given.kind {
                RADIOMICS_REGION_MASK => in_place(&given, grid, Select::NonZero)?,
                RADIOMICS_REGION_LABEL => in_place(&given, grid, Select::Label(given.label))?,
                RADIOMICS_REGION_FRACTION => {
                    let threshold = threshold(&given, given.dtype)?;
                    in_place(&given, grid, Select::AtLeast(threshold))?
                }
                RADIOMICS_REGION_BITS => bits(&given, grid)?,
                RADIOMICS_REGION_INDICES => indices(&given, grid)?,
                RADIOMICS_REGION_RUNS => {
                    let (numbers, base, order) = counted(&given, grid)?;
                    Form::Runs(Runs::linear(numbers, base, order)?)
                }
                RADIOMICS_REGION_ROWS => {
                    let (numbers, base, order) = counted(&given, grid)?;
                    Form::Runs(Runs::rows(numbers, base, order)?)
                }
                RADIOMICS_REGION_CONTOURS => drawn(&given, grid)?,
                other => {
                    return Err(Fail::data("region.kind", other, "one of RADIOMICS_REGION_*"));
                }
            }
        };
        Ok(Self { form })
    }

    /// A box that holds it, or `None` when it is empty.
    pub(crate) fn bounds(&self, watch: &Watch) -> Result<Option<BoundingBox>, Fail> {
        Ok(match &self.form {
            Form::InPlace(region) => region.bounds(watch)?,
            Form::Indices(indices) => indices.bounds(watch)?,
            Form::Runs(runs) => runs.bounds(watch)?,
            Form::Contours { contours, frame, rules } => {
                contours::bounds(contours, frame, rules, watch)?
            }
        })
    }

    /// How many cells must be drawn before it can be read.
    pub(crate) fn cells(&self, bounds: Option<BoundingBox>) -> usize {
        match self.form {
            Form::InPlace(_) => 0,
            _ => bounds.map_or(0, |b| b.voxels()),
        }
    }

    /// Scratch memory for drawing.
    pub(crate) fn scratch(&self) -> Footprint {
        match &self.form {
            Form::Contours { frame, .. } => contours::footprint(frame.shape()),
            _ => Footprint::NONE,
        }
    }

    /// Draws it into the cells of a box.
    pub(crate) fn draw(
        &self,
        within: BoundingBox,
        cells: &mut [u8],
        scratch: Arena<'_>,
        watch: &Watch,
    ) -> Result<Rasterised, Fail> {
        let voxels = match &self.form {
            Form::InPlace(region) => copy(region, within, cells, watch)?,
            Form::Indices(indices) => indices.fill(within, cells, watch)?,
            Form::Runs(runs) => runs.fill(within, cells, watch)?,
            Form::Contours { contours, frame, rules } => {
                return Ok(contours::fill(contours, frame, rules, within, cells, scratch, watch)?);
            }
        };
        Ok(Rasterised { voxels, ..Rasterised::default() })
    }

    /// The region to be read; one that must be drawn is drawn into `cells` first.
    pub(crate) fn region<'r>(
        &self,
        shape: [usize; 3],
        bounds: Option<BoundingBox>,
        cells: &'r mut [u8],
        scratch: Arena<'_>,
        watch: &Watch,
    ) -> Result<Region<'r>, Fail>
    where
        'a: 'r,
    {
        if let Form::InPlace(region) = &self.form {
            return Ok(*region);
        }
        let within = bounds.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
        self.draw(within, cells, scratch, watch)?;
        Ok(Region::boxed(cells, within, shape)?)
    }
}

/// Copies a region that is read in place.
fn copy(
    region: &Region<'_>,
    within: BoundingBox,
    cells: &mut [u8],
    watch: &Watch,
) -> Result<u64, Fail> {
    let [x, y, z] = within.start;
    let [nx, ny, _] = within.shape;
    let mut voxels = 0;
    for (row, out) in cells.chunks_exact_mut(nx.max(1)).enumerate() {
        if row.is_multiple_of(256) {
            watch.check()?;
        }
        region.read_row(x, [y + row % ny, z + row / ny], out);
        voxels += out.iter().map(|cell| u64::from(*cell)).sum::<u64>();
    }
    Ok(voxels)
}

const DATA: [&str; 2] = ["region.data", "region.dtype"];

fn layout(given: &radiomics_region, grid: &Grid<'_>) -> Result<Layout, Fail> {
    image::layout(grid.shape, given.strides, given.start, ["region.strides", "region.start"])
}

/// # Safety
/// As [`Given::read`].
unsafe fn in_place<'a>(
    given: &radiomics_region,
    grid: &Grid<'_>,
    select: Select,
) -> Result<Form<'a>, Fail> {
    // SAFETY: as promised.
    let voxels = unsafe { dtype::voxels(given.data, given.data_bytes, given.dtype, DATA)? };
    Ok(Form::InPlace(Region::new(voxels, layout(given, grid)?, select)?))
}

/// # Safety
/// As [`Given::read`].
unsafe fn bits<'a>(given: &radiomics_region, grid: &Grid<'_>) -> Result<Form<'a>, Fail> {
    if given.dtype != RADIOMICS_U8 {
        return Err(Fail::data("region.dtype", given.dtype, "RADIOMICS_U8 for bits"));
    }
    let order = match given.bit_order {
        RADIOMICS_BITS_LOW_FIRST => BitOrder::LowFirst,
        RADIOMICS_BITS_HIGH_FIRST => BitOrder::HighFirst,
        other => return Err(Fail::data("region.bit_order", other, "one of RADIOMICS_BITS_*")),
    };
    // SAFETY: as promised.
    let bytes = unsafe { memory::slice(given.data.cast::<u8>(), given.data_bytes, "region.data")? };
    Ok(Form::InPlace(Region::bits(bytes, order, layout(given, grid)?)?))
}

/// # Safety
/// As [`Given::read`].
unsafe fn indices<'a>(given: &radiomics_region, grid: &Grid<'_>) -> Result<Form<'a>, Fail> {
    // SAFETY: as promised.
    let (numbers, base, order) = unsafe { counted(given, grid)? };
    let mut indices = Indices::new(numbers, base, order);
    if !given.occupancy.is_null() {
        let names = ["region.occupancy", "region.occupancy_dtype"];
        let (bytes, dtype) = (given.occupancy_bytes, given.occupancy_dtype);
        // SAFETY: as promised.
        let occupancy = unsafe { dtype::voxels(given.occupancy, bytes, dtype, names)? };
        indices = indices.with_occupancy(occupancy, threshold(given, dtype)?)?;
    }
    Ok(Form::Indices(indices))
}

/// # Safety
/// As [`Given::read`].
unsafe fn counted<'a>(
    given: &radiomics_region,
    grid: &Grid<'_>,
) -> Result<(Numbers<'a>, Base, Order), Fail> {
    let base = match given.index_base {
        0 => Base::Zero,
        1 => Base::One,
        other => return Err(Fail::data("region.index_base", other, "0 or 1")),
    };
    let axes = match given.order {
        RADIOMICS_ORDER_XYZ => [0, 1, 2],
        RADIOMICS_ORDER_YXZ => [1, 0, 2],
        RADIOMICS_ORDER_ZYX => [2, 1, 0],
        RADIOMICS_ORDER_XZY => [0, 2, 1],
        RADIOMICS_ORDER_YZX => [1, 2, 0],
        RADIOMICS_ORDER_ZXY => [2, 0, 1],
        other => return Err(Fail::data("region.order", other, "one of RADIOMICS_ORDER_*")),
    };
    macro_rules! of {
        ($type:ty, $variant:ident) => {{
            let count = given.data_bytes / size_of::<$type>();
            // SAFETY: as promised.
            Numbers::$variant(unsafe {
                memory::slice(given.data.cast::<$type>(), count, "region.data")?
            })
        }};
    }
    let numbers = match given.dtype {
        RADIOMICS_U32 => of!(u32, U32),
        RADIOMICS_I32 => of!(i32, I32),
        RADIOMICS_U64 => of!(u64, U64),
        RADIOMICS_I64 => of!(i64, I64),
        RADIOMICS_F64 => of!(f64, F64),
        other => {
            let expected = "RADIOMICS_U32, I32, U64, I64 or F64 for indices and runs";
            return Err(Fail::data("region.dtype", other, expected));
        }
    };
    Ok((numbers, base, Order::new(grid.shape, axes)?))
}

/// # Safety
/// As [`Given::read`].
unsafe fn drawn<'a>(given: &radiomics_region, grid: &Grid<'a>) -> Result<Form<'a>, Fail> {
    if given.dtype != RADIOMICS_F64 {
        return Err(Fail::data("region.dtype", given.dtype, "RADIOMICS_F64 for contours"));
    }
    // SAFETY: as promised.
    let (points, sizes) = unsafe {
        let count = given.data_bytes / size_of::<f64>();
        let points = memory::slice(given.data.cast::<f64>(), count, "region.data")?;
        let sizes =
            memory::slice(given.contour_sizes, given.contour_count, "region.contour_sizes")?;
        (points, sizes)
    };
    let inside = match given.inside_rule {
        RADIOMICS_INSIDE_EVEN_ODD => Inside::EvenOdd,
        RADIOMICS_INSIDE_UNION => Inside::Union,
        RADIOMICS_INSIDE_WINDING => Inside::Winding,
        other => return Err(Fail::data("region.inside_rule", other, "one of RADIOMICS_INSIDE_*")),
    };
    let slice = match given.slice_rule {
        RADIOMICS_SLICE_NEAREST => SliceRule::Nearest,
        RADIOMICS_SLICE_SKIP_BEYOND => SliceRule::SkipBeyond(given.slice_tolerance),
        RADIOMICS_SLICE_REFUSE_BEYOND => SliceRule::RefuseBeyond(given.slice_tolerance),
        RADIOMICS_SLICE_NEAREST_PLANE => SliceRule::NearestPlane(given.slice_tolerance),
        other => return Err(Fail::data("region.slice_rule", other, "one of RADIOMICS_SLICE_*")),
    };
    let slices = grid.slices.map_or(Slices::Regular, Slices::Positions);
    Ok(Form::Contours {
        contours: Contours::from_lengths(points, Numbers::U32(sizes))?,
        frame: Frame::new(grid.shape, &grid.geometry, slices)?,
        rules: Rules { inside, slice },
    })
}

/// The threshold of a fraction in the values of its type: integers are parts of their largest.
fn threshold(given: &radiomics_region, dtype: u32) -> Result<f64, Fail> {
    let fraction = if given.threshold == 0.0 { 0.5 } else { given.threshold };
    if !(fraction > 0.0 && fraction <= 1.0) {
        let expected = "a fraction above 0 and up to 1, or 0 for one half";
        return Err(Fail::data("region.threshold", given.threshold, expected));
    }
    Ok(fraction
        * match dtype {
            RADIOMICS_U8 => f64::from(u8::MAX),
            RADIOMICS_I8 => f64::from(i8::MAX),
            RADIOMICS_U16 => f64::from(u16::MAX),
            RADIOMICS_I16 => f64::from(i16::MAX),
            RADIOMICS_U32 => f64::from(u32::MAX),
            RADIOMICS_I32 => f64::from(i32::MAX),
            _ => 1.0,
        })
}
