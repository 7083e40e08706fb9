//! The steps of the chain before the families: interpolation and re-segmentation.

use super::Plan;
use super::chain::cells;
use super::looked::{Look, Looked};
use super::memory::Sizes;
use crate::error::Error;
use crate::host::{Executor, Watch};
use crate::pace::Pace;
use crate::prepare::extremes;
use crate::prepare::resample;
use crate::prepare::resegment::{self, Kept};
use crate::prepare::source::{self, Source};
use crate::slabs::{self, Slabs};
use crate::status::Status;
use crate::view::{BoundingBox, Region};
use crate::volume::{Intensities, Mask, Span, Spans};
use crate::workspace::Arena;

/// What the steps before the families share.
pub(super) struct Step<'s, E> {
    pub plan: &'s Plan,
    pub source: &'s Source<'s>,
    pub region: &'s Region<'s>,
    /// Spacing of the image as given.
    pub spacing: [f64; 3],
    pub sizes: &'s Sizes,
    pub executor: &'s E,
    pub watch: &'s Watch<'s>,
}

/// A mask in the making: its flags with their margin, and where they lie in each row.
pub(super) struct Flags<'b> {
    /// The box on the target grid.
    pub within: BoundingBox,
    pub cells: &'b mut [u8],
    pub spans: &'b mut [Span],
    /// Whether nothing was taken from the intensity mask.
    pub intact: bool,
}

impl Flags<'_> {
    /// The mask as it is now.
    pub(super) fn mask(&self) -> Result<Mask<'_>, Error> {
        let spans = Spans::new(self.spans, self.within.shape[1]);
        Ok(Mask::new(self.cells, self.within.shape)?.with_spans(spans, self.intact))
    }
}

impl<E: Executor> Step<'_, E> {
    /// Interpolates the mask into the front of the buffers; both flags are set. `None` when no voxel is left.
    pub(super) fn interpolate_mask<'b>(
        &self,
        buffer: &'b mut [u8],
        spans: &'b mut [Span],
        mut scratch: Arena<'_>,
    ) -> Result<Option<Flags<'b>>, Error> {
        let Sizes { regrid, target } = self.sizes;
        if regrid.is_identity() {
            // The box of the region is tight.
            let [x0, y0, z0] = target.start;
            let region = self.region;
            let read = |[y, z]: [usize; 2], row: &mut [u8]| {
                region.read_row(x0, [y + y0, z + z0], row);
            };
            return self.fill_mask(*target, buffer, spans, read).map(Some);
        }
        let raw = scratch.take::<u8>(target.voxels())?;
        let settings = &self.plan.settings.resample;
        let read = |x: usize, yz: [usize; 2], row: &mut [u8]| self.region.read_row(x, yz, row);
        resample::mask(
            &read,
            regrid,
            *target,
            settings.mask_method,
            settings.mask_threshold,
            self.watch,
            scratch,
            raw,
        )?;
        let Some(within) = bounds_of(raw, target.shape) else { return Ok(None) };
        let [x0, y0, z0] = within.start;
        let [width, height, _] = target.shape;
        let read = |[y, z]: [usize; 2], row: &mut [u8]| {
            let from = ((z + z0) * height + y + y0) * width + x0;
            row.copy_from_slice(&raw[from..from + row.len()]);
        };
        self.fill_mask(within.moved(target.start), buffer, spans, read).map(Some)
    }

    /// Writes the flags of a box, where `read` gives 1 for the voxels of row (y, z) of the region.
    fn fill_mask<'b>(
        &self,
        within: BoundingBox,
        buffer: &'b mut [u8],
        spans: &'b mut [Span],
        read: impl Fn([usize; 2], &mut [u8]) + Sync,
    ) -> Result<Flags<'b>, Error> {
        const PAD: usize = Mask::PAD;
        let [nx, ny, nz] = within.shape;
        let all = &mut buffer[..cells(within.shape, PAD)?];
        let spans = &mut spans[..ny * nz];
        let row = nx + 2 * PAD;
        let plane = row * (ny + 2 * PAD);
        let (before, rest) = all.split_at_mut(PAD * plane);
        let (mut inner, after) = rest.split_at_mut(nz * plane);
        before.fill(0);
        after.fill(0);
        let (mut rows, watch) = (&mut *spans, self.watch);
        let slabs = slabs::even(self.executor.workers(), inner.len());
        let mut slabs = Slabs::new(0..nz, slabs, |slices| {
            let count = slices.len();
            (slabs::next(&mut inner, count * plane), slabs::next(&mut rows, count * ny))
        });
        slabs.run(self.executor, |slices, (cells, spans)| {
            let mut pace = Pace::start(watch)?;
            let planes = cells.chunks_exact_mut(plane).zip(spans.chunks_exact_mut(ny));
            for (z, (plane, spans)) in slices.zip(planes) {
                let (before, rest) = plane.split_at_mut(PAD * row);
                let (inner, after) = rest.split_at_mut(ny * row);
                before.fill(0);
                after.fill(0);
                for (y, (cells, span)) in inner.chunks_exact_mut(row).zip(spans).enumerate() {
                    pace.spend(nx)?;
                    let (left, rest) = cells.split_at_mut(PAD);
                    let (cells, right) = rest.split_at_mut(nx);
                    left.fill(0);
                    right.fill(0);
                    read([y, z], cells);
                    *span = Spans::of_row(cells);
                    for cell in cells {
                        let inside = u8::from(*cell != 0).wrapping_neg();
                        *cell = inside & (Mask::MORPHOLOGICAL | Mask::INTENSITY);
                    }
                }
            }
            Ok(())
        })?;
        drop(slabs);
        Ok(Flags { within, cells: all, spans, intact: true })
    }

    /// Interpolates and rounds a box of the target grid. What is read as it is may be looked at on the way.
    pub(super) fn interpolate_image(
        &self,
        target: BoundingBox,
        out: &mut [f64],
        look: Option<Look<'_>>,
        scratch: Arena<'_>,
    ) -> Result<Option<Looked>, Error> {
        let settings = &self.plan.settings.resample;
        if self.sizes.regrid.is_identity() {
            return self.read_image(target, out, look);
        }
        let read = |x: usize, yz: [usize; 2], row: &mut [f64]| self.source.read_row(x, yz, row);
        let method = settings.image_method;
        resample::image(&read, &self.sizes.regrid, target, method, self.watch, scratch, out)?;
        if settings.round {
            source::round(out);
        }
        Ok(None)
    }

    /// Reads a box of the image as it is.
    fn read_image(
        &self,
        within: BoundingBox,
        mut out: &mut [f64],
        look: Option<Look<'_>>,
    ) -> Result<Option<Looked>, Error> {
        let ([x0, y0, z0], [nx, ny, nz]) = (within.start, within.shape);
        let slabs = slabs::even(self.executor.workers(), out.len());
        let mut slabs = Slabs::new(0..nz, slabs, |slices| {
            (slabs::next(&mut out, slices.len() * ny * nx), Looked::default())
        });
        let (source, watch) = (self.source, self.watch);
        slabs.run(self.executor, |slices, (out, looked)| {
            let mut pace = Pace::start(watch)?;
            for (at, row) in out.chunks_exact_mut(nx.max(1)).enumerate() {
                pace.spend(nx)?;
                let [y, z] = [at % ny.max(1), slices.start + at / ny.max(1)];
                let place = [y + y0, z + z0];
                source.read_row(x0, place, row);
                if let Some(look) = look {
                    let extent = |x: usize, part: &[f64]| source.extent_of_row(x0 + x, place, part);
                    looked.look(row, [y, z], look, extent);
                }
            }
            Ok(())
        })?;
        let parts = slabs.into_parts().map(|(_, looked)| looked);
        Ok(look.and(parts.reduce(Looked::with)))
    }

    /// Clears the intensity flag of the voxels that a range or the outlier filter removes.
    pub(super) fn resegment(
        &self,
        flags: &mut Flags<'_>,
        intensities: &Intensities,
    ) -> Result<(), Error> {
        let settings = &self.plan.settings.resegment;
        let outliers = match settings.sigma {
            Some(k) => resegment::outlier_range(&flags.mask()?, intensities, k, self.watch)?,
            None => None,
        };
        let range = settings.range.map(|[low, high]| Kept { low, high });
        // Without a range, non-finite intensities stay and give their reason.
        let outliers = match (range, outliers) {
            (None, Some(kept)) => {
                let mask = flags.mask()?;
                let found = extremes::extremes(&mask, intensities, self.executor, self.watch)?;
                (found != Err(Status::NonFiniteIntensity)).then_some(kept)
            }
            (_, outliers) => outliers,
        };
        let ranges = [range, outliers];
        if ranges == [None, None] {
            return Ok(());
        }
        flags.intact = false;
        let [nx, ny, nz] = flags.within.shape;
        let row = nx + 2 * Mask::PAD;
        let plane = row * (ny + 2 * Mask::PAD);
        let mut inner = &mut flags.cells[Mask::PAD * plane..(nz + Mask::PAD) * plane];
        let (spans, watch) = (Spans::new(flags.spans, ny), self.watch);
        let slabs = slabs::even(self.executor.workers(), inner.len());
        let mut slabs =
            Slabs::new(0..nz, slabs, |slices| slabs::next(&mut inner, slices.len() * plane));
        slabs.run(self.executor, |slices, cells| {
            let mut pace = Pace::start(watch)?;
            for (z, plane) in slices.zip(cells.chunks_exact_mut(plane)) {
                let rows = plane.chunks_exact_mut(row).skip(Mask::PAD);
                for (y, cells) in rows.take(ny).enumerate() {
                    let span = spans.row(y, z);
                    pace.spend(span.len())?;
                    let values = &intensities.row(y, z)[span.clone()];
                    let cells = &mut cells[span.start + Mask::PAD..span.end + Mask::PAD];
                    for (flags, x) in cells.iter_mut().zip(values) {
                        let kept = u8::from(resegment::keeps(&ranges, *x)).wrapping_neg();
                        *flags &= kept | !Mask::INTENSITY;
                    }
                }
            }
            Ok(())
        })
    }
}

/// The box around the non-zero cells of a dense volume.
fn bounds_of(cells: &[u8], shape: [usize; 3]) -> Option<BoundingBox> {
    let mut found = None;
    for (at, row) in cells.chunks_exact(shape[0].max(1)).enumerate() {
        let [first, end, _] = Spans::of_row(row).map(|x| x as usize);
        if first < end {
            let place = [first, at % shape[1], at / shape[1]];
            BoundingBox::include(&mut found, place, end - first);
        }
    }
    found
}
