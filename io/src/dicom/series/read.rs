//! Pixels of a series.

use super::Series;
use crate::dicom::file::{self, Extent};
use crate::dicom::header::Frame;
use crate::dicom::pixels::{Format, Kind, Pixels};
use crate::error::Error;
use crate::limits::Limits;
use crate::volume::{Data, Volume};

impl Series {
    /// Reads the voxels. Where all slices share one rescaling they stay as they are stored; where rescaling or
    /// storage differ from slice to slice, they are rescaled in double precision.
    ///
    /// # Errors
    /// When there is a problem that [`prevents_reading`](super::super::Problem::prevents_reading), a file is damaged, or the
    /// volume takes more than the limit.
    pub fn read(&self, limits: &Limits) -> Result<Volume, Error> {
        self.scaled(None, limits)
    }

    /// Reads the voxels times a factor for each slice.
    pub(in crate::dicom) fn scaled(
        &self,
        factors: Option<&[f64]>,
        limits: &Limits,
    ) -> Result<Volume, Error> {
        let first = self.first();
        let fail = |problem: String| {
            Error::new(&first.path, format!("(series of {} slices) {problem}", self.slices.len()))
        };
        if let Some(problem) = self.problems.iter().find(|p| p.prevents_reading()) {
            return Err(fail(problem.to_string()));
        }
        let geometry = self.geometry().map_err(|e| fail(e.to_owned()))?;
        let factor = |z: usize| factors.and_then(|f| f.get(z)).copied().unwrap_or(1.0);
        let frame = |z: usize| {
            let [f, n] = self.slices[z];
            &self.files[f].frames[n]
        };
        let rescaling = |z: usize| {
            let Frame { slope, intercept, .. } = frame(z);
            [slope * factor(z), intercept * factor(z)]
        };
        let format = first.format;
        let alike = (0..self.slices.len()).all(|z| {
            let kind = self.files[self.slices[z][0]].format.kind;
            rescaling(z).map(f64::to_bits) == rescaling(0).map(f64::to_bits)
                && (kind == format.kind || stored_alike(kind, format.kind))
        });
        let voxel_bytes = if alike { format.bytes() } else { 8 };
        let voxels = self.shape.iter().fold(1u64, |n, side| n.saturating_mul(*side as u64));
        limits.check("its volume", voxels.saturating_mul(voxel_bytes)).map_err(fail)?;
        let mut data = if alike { Sink::of(format) } else { Sink(Data::F64(Vec::new())) };
        data.reserve(voxels as usize).map_err(fail)?;
        let mut open: Option<(usize, Format, Pixels)> = None;
        for (z, [f, n]) in self.slices.iter().enumerate() {
            let header = &self.files[*f];
            let fail = |problem: String| Error::new(&header.path, problem);
            if open.as_ref().is_none_or(|(at, _, _)| at != f) {
                // What was read before makes room first.
                drop(open.take());
                let object =
                    file::read(&header.path, Extent::All, limits).map_err(|e| fail(e.text()))?;
                let format = Format::of(&object).map_err(fail)?;
                if format != header.format {
                    return Err(fail("has changed while it was read".into()));
                }
                open = Some((*f, format, Pixels::of(object, &format).map_err(fail)?));
            }
            let Some((_, format, pixels)) = &open else { continue };
            let number = header.frames[*n].number;
            let [slope, intercept] = rescaling(z);
            if alike {
                data.fill(pixels, format, number, |v| v).map_err(fail)?;
            } else {
                data.fill(pixels, format, number, |v| slope * v + intercept).map_err(fail)?;
            }
        }
        let [slope, intercept] = if alike { rescaling(0) } else { [1.0, 0.0] };
        let volume = Volume { data: data.0, shape: self.shape, geometry, slope, intercept };
        volume.image().map_err(|e| fail(e.to_string()))?;
        Ok(volume)
    }
}

/// Whether two ways to store end up in the same type.
fn stored_alike(a: Kind, b: Kind) -> bool {
    match (a, b) {
        (Kind::Whole { bytes: m, signed: s, .. }, Kind::Whole { bytes: n, signed: t, .. }) => {
            (m, s) == (n, t)
        }
        _ => false,
    }
}

/// Voxels of the type that a format stores.
struct Sink(Data);

impl Sink {
    fn of(format: Format) -> Self {
        Self(match format.kind {
            Kind::Bit | Kind::Whole { bytes: 1, signed: false, .. } => Data::U8(Vec::new()),
            Kind::Whole { bytes: 1, signed: true, .. } => Data::I8(Vec::new()),
            Kind::Whole { bytes: 2, signed: false, .. } => Data::U16(Vec::new()),
            Kind::Whole { bytes: 2, signed: true, .. } => Data::I16(Vec::new()),
            Kind::Whole { signed: false, .. } => Data::U32(Vec::new()),
            Kind::Whole { signed: true, .. } => Data::I32(Vec::new()),
            Kind::Single => Data::F32(Vec::new()),
            Kind::Double => Data::F64(Vec::new()),
        })
    }

    /// Makes room once: a vector that grows takes up to three times its size for a moment.
    fn reserve(&mut self, voxels: usize) -> Result<(), String> {
        macro_rules! each {
            ($($kind:ident),*) => {
                match &mut self.0 { $(Data::$kind(data) => data.try_reserve_exact(voxels),)* }
            };
        }
        each!(U8, I8, U16, I16, U32, I32, F32, F64)
            .map_err(|_| format!("its {voxels} voxels do not fit into memory"))
    }

    fn fill(
        &mut self,
        pixels: &Pixels,
        format: &Format,
        number: u32,
        value: impl Fn(f64) -> f64,
    ) -> Result<(), String> {
        macro_rules! each {
            ($($kind:ident $type:ty),*) => {
                match &mut self.0 {
                    // The stored values are of this type, or it is double precision: nothing is lost.
                    $(Data::$kind(data) => pixels.frame(format, number, |v| data.push(value(v) as $type)),)*
                }
            };
        }
        each!(U8 u8, I8 i8, U16 u16, I16 i16, U32 u32, I32 i32, F32 f32, F64 f64)
    }
}
