//! The tables of features, options, presets and value statuses, without a plan.

use core::ffi::c_char;

use radiomics::Status;
use radiomics::registry::{FEATURES, OPTIONS, PRESETS};

use crate::columns::{
    RADIOMICS_CODE_BYTES, RADIOMICS_NAME_BYTES, RADIOMICS_TEXT_BYTES, RADIOMICS_WORD_BYTES,
};
use crate::diagnostic::Fail;
use crate::fence;
use crate::plan::beyond;
use crate::status::radiomics_status;
use crate::structs::{self, Plain};
use crate::text;

/// One feature of the library.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_feature {
    /// `sizeof(radiomics_feature)`, set by the caller.
    pub struct_size: usize,
    /// Pinned number.
    pub id: u32,
    /// 0.
    pub reserved: u32,
    /// Pinned name.
    pub name: [c_char; RADIOMICS_NAME_BYTES],
    /// IBSI tag without aggregation.
    pub tag: [c_char; RADIOMICS_NAME_BYTES],
    /// Title for readers.
    pub title: [c_char; RADIOMICS_NAME_BYTES],
    /// IBSI code; empty for diagnostics.
    pub ibsi_code: [c_char; RADIOMICS_CODE_BYTES],
    /// Name of the family.
    pub family: [c_char; RADIOMICS_WORD_BYTES],
    /// Title of the family.
    pub family_title: [c_char; RADIOMICS_NAME_BYTES],
    /// Unit.
    pub unit: [c_char; RADIOMICS_WORD_BYTES],
}

/// One option of the settings.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_option {
    /// `sizeof(radiomics_option)`, set by the caller.
    pub struct_size: usize,
    /// Its key.
    pub key: [c_char; RADIOMICS_NAME_BYTES],
    /// What its text holds: `bool`, `real`, `word`...
    pub kind: [c_char; RADIOMICS_WORD_BYTES],
    /// Unit; empty without one.
    pub unit: [c_char; RADIOMICS_WORD_BYTES],
    /// The default, as text.
    pub default_value: [c_char; RADIOMICS_NAME_BYTES],
    /// What is allowed.
    pub range: [c_char; RADIOMICS_TEXT_BYTES],
    /// What it does.
    pub help: [c_char; RADIOMICS_TEXT_BYTES],
}

/// One preset: settings under a name.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_preset {
    /// `sizeof(radiomics_preset)`, set by the caller.
    pub struct_size: usize,
    /// Its name, for radiomics_settings_create.
    pub name: [c_char; RADIOMICS_NAME_BYTES],
    /// What it is for.
    pub title: [c_char; RADIOMICS_TEXT_BYTES],
}

// SAFETY: a struct_size first, then integers; any bytes are a value.
unsafe impl Plain for radiomics_feature {}
// SAFETY: as above.
unsafe impl Plain for radiomics_option {}
// SAFETY: as above.
unsafe impl Plain for radiomics_preset {}

/// Writes the row `index` of a table into the caller's struct.
///
/// # Safety
/// `out` is NULL or points to a struct as long as its `struct_size` says.
unsafe fn row<R, T: Plain>(
    table: &[R],
    index: usize,
    out: *mut T,
    field: &'static str,
    describe: impl Fn(&R, &mut T),
) -> radiomics_status {
    let body = || -> Result<(), Fail> {
        let found = table.get(index).ok_or_else(|| beyond(index, table.len()));
        let made = found.map(|found| {
            // SAFETY: any bytes are a value, also zeros.
            let mut value = unsafe { core::mem::zeroed() };
            describe(found, &mut value);
            value
        });
        // SAFETY: as promised.
        unsafe { structs::give(out, made, field) }
    };
    // SAFETY: no diagnostic.
    unsafe { fence::call(core::ptr::null_mut(), body) }
}

/// Number of features.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_feature_count() -> usize {
    FEATURES.len()
}

/// Describes a feature.
///
/// # Safety
/// `feature` is NULL or points to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_feature_at(
    index: usize,
    feature: *mut radiomics_feature,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        row(FEATURES, index, feature, "feature", |f, out| {
            out.id = u32::from(f.id);
            text::fill(&mut out.name, &f.name);
            text::fill(&mut out.tag, &f.tag);
            text::fill(&mut out.title, &f.title);
            text::fill(&mut out.ibsi_code, &f.code);
            text::fill(&mut out.family, &f.family.name());
            text::fill(&mut out.family_title, &f.family.title());
            text::fill(&mut out.unit, &f.unit);
        })
    }
}

/// Number of options.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_option_count() -> usize {
    OPTIONS.len()
}

/// Describes an option.
///
/// # Safety
/// `option` is NULL or points to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_option_at(
    index: usize,
    option: *mut radiomics_option,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        row(OPTIONS, index, option, "option", |o, out| {
            text::fill(&mut out.key, &o.key);
            text::fill(&mut out.kind, &o.kind.name());
            text::fill(&mut out.unit, &o.unit);
            text::fill(&mut out.default_value, &o.default);
            text::fill(&mut out.range, &o.range);
            text::fill(&mut out.help, &o.help);
        })
    }
}

/// Number of presets.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_preset_count() -> usize {
    PRESETS.len()
}

/// Describes a preset.
///
/// # Safety
/// `preset` is NULL or points to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_preset_at(
    index: usize,
    preset: *mut radiomics_preset,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        row(PRESETS, index, preset, "preset", |p, out| {
            text::fill(&mut out.name, &p.name);
            text::fill(&mut out.title, &p.title);
        })
    }
}

/// Why a value is as it is: what stands in an array of value statuses. Below 10 there is a value, from 10 on it is NaN.
/// Codes are pinned; more may come.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum radiomics_value_status {
    /// The value follows from the definition.
    RADIOMICS_VALUE_OK = 0,
    /// A degenerate case to which the IBSI manual assigns this value.
    RADIOMICS_VALUE_OK_BY_CONVENTION = 1,
    /// The region holds no voxel.
    RADIOMICS_VALUE_EMPTY_REGION = 10,
    /// Re-segmentation removed every voxel of the region.
    RADIOMICS_VALUE_EMPTY_INTENSITY_MASK = 11,
    /// The region has too few voxels for this feature.
    RADIOMICS_VALUE_TOO_FEW_VOXELS = 12,
    /// No pair of voxels lies at the asked distance and direction inside the region.
    RADIOMICS_VALUE_NO_NEIGHBOURS = 13,
    /// The definition divides by a quantity that is zero here.
    RADIOMICS_VALUE_ZERO_DENOMINATOR = 14,
    /// All intensities are equal and the definition divides by their spread.
    RADIOMICS_VALUE_ZERO_VARIANCE = 15,
    /// The region has no extent in at least one direction.
    RADIOMICS_VALUE_FLAT_REGION = 16,
    /// There is one grey level, and the definition compares a level with its neighbours.
    RADIOMICS_VALUE_TOO_FEW_LEVELS = 17,
    /// The region holds NaN or infinite intensities and no range removes them.
    RADIOMICS_VALUE_NON_FINITE_INTENSITY = 20,
    /// Without discretisation, the intensities are not integer grey levels from 1 up.
    RADIOMICS_VALUE_NOT_GREY_LEVELS = 21,
    /// Discretisation gives more grey levels than the plan allows.
    RADIOMICS_VALUE_TOO_MANY_LEVELS = 22,
    /// The result does not fit a finite floating point number.
    RADIOMICS_VALUE_OVERFLOW = 30,
    /// An iteration stopped before its stated bound was reached.
    RADIOMICS_VALUE_NOT_CONVERGED = 31,
    /// The host cancelled the extraction.
    RADIOMICS_VALUE_CANCELLED = 40,
    /// The extraction failed before this column was computed.
    RADIOMICS_VALUE_NOT_COMPUTED = 41,
}

use radiomics_value_status::*;

/// The names of the header beside the statuses of the core, in the core's order.
const VALUE_STATUSES: &[(radiomics_value_status, Status)] = &[
    (RADIOMICS_VALUE_OK, Status::Ok),
    (RADIOMICS_VALUE_OK_BY_CONVENTION, Status::OkByConvention),
    (RADIOMICS_VALUE_EMPTY_REGION, Status::EmptyRegion),
    (RADIOMICS_VALUE_EMPTY_INTENSITY_MASK, Status::EmptyIntensityMask),
    (RADIOMICS_VALUE_TOO_FEW_VOXELS, Status::TooFewVoxels),
    (RADIOMICS_VALUE_NO_NEIGHBOURS, Status::NoNeighbours),
    (RADIOMICS_VALUE_ZERO_DENOMINATOR, Status::ZeroDenominator),
    (RADIOMICS_VALUE_ZERO_VARIANCE, Status::ZeroVariance),
    (RADIOMICS_VALUE_FLAT_REGION, Status::FlatRegion),
    (RADIOMICS_VALUE_TOO_FEW_LEVELS, Status::TooFewLevels),
    (RADIOMICS_VALUE_NON_FINITE_INTENSITY, Status::NonFiniteIntensity),
    (RADIOMICS_VALUE_NOT_GREY_LEVELS, Status::NotGreyLevels),
    (RADIOMICS_VALUE_TOO_MANY_LEVELS, Status::TooManyLevels),
    (RADIOMICS_VALUE_OVERFLOW, Status::Overflow),
    (RADIOMICS_VALUE_NOT_CONVERGED, Status::NotConverged),
    (RADIOMICS_VALUE_CANCELLED, Status::Cancelled),
    (RADIOMICS_VALUE_NOT_COMPUTED, Status::NotComputed),
];

// The header and the core must number alike, and no status of the core may be missing here.
const _: () = {
    assert!(VALUE_STATUSES.len() == Status::ALL.len());
    let mut i = 0;
    while i < VALUE_STATUSES.len() {
        let (name, status) = VALUE_STATUSES[i];
        assert!(name as u32 == status.code() as u32);
        assert!(Status::ALL[i].code() == status.code());
        i += 1;
    }
};

/// Writes the word for a value status, as it stands in tables, into `buffer`, and its length with the zero at the end
/// into `needed`; like radiomics_settings_get. A number that is no value status gives RADIOMICS_ERROR_INDEX.
///
/// # Safety
/// `buffer` is NULL or writable for `buffer_bytes`; `needed` is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_value_status_name(
    status: u8,
    buffer: *mut c_char,
    buffer_bytes: usize,
    needed: *mut usize,
) -> radiomics_status {
    let body = || {
        let found = Status::ALL.iter().find(|s| s.code() == status);
        let found = found.ok_or_else(|| beyond(usize::from(status), Status::ALL.len()));
        // SAFETY: as the caller promises.
        unsafe { text::give(found.map(|s| s.name()), buffer, buffer_bytes, needed) }
    };
    // SAFETY: no diagnostic.
    unsafe { fence::call(core::ptr::null_mut(), body) }
}
