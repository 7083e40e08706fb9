//! What stands behind one value of a region.

use core::ffi::c_char;

use radiomics::plan::Column;

use crate::structs::Plain;
use crate::text;

/// Bytes of a short text in a description, with the zero at the end.
pub const RADIOMICS_CODE_BYTES: usize = 16;
/// Bytes of a word in a description.
pub const RADIOMICS_WORD_BYTES: usize = 48;
/// Bytes of a name in a description.
pub const RADIOMICS_NAME_BYTES: usize = 128;
/// Bytes of a sentence in a description.
pub const RADIOMICS_TEXT_BYTES: usize = 512;

/// A column of a plan: a feature, how it is aggregated, with which parameter, on which image.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_column {
    /// `sizeof(radiomics_column)`, set by the caller.
    pub struct_size: usize,
    /// Pinned number of the feature.
    pub feature_id: u32,
    /// 0.
    pub reserved: u32,
    /// Name of the feature with its parameter: `cm_joint_max`, `ivh_v25`.
    pub name: [c_char; RADIOMICS_NAME_BYTES],
    /// IBSI tag: the name with its aggregation, `cm_joint_max_3D_comb`. Unique in an image of the plan.
    pub tag: [c_char; RADIOMICS_NAME_BYTES],
    /// Name of the filtered image it is computed on; empty for the unfiltered one.
    pub filter: [c_char; RADIOMICS_NAME_BYTES],
    /// Title of the feature for readers.
    pub title: [c_char; RADIOMICS_NAME_BYTES],
    /// IBSI code of the feature; empty for diagnostics.
    pub ibsi_code: [c_char; RADIOMICS_CODE_BYTES],
    /// IBSI code of the aggregation.
    pub aggregation_code: [c_char; RADIOMICS_CODE_BYTES],
    /// Words for the aggregation as the IBSI tables have them; empty for diagnostics.
    pub aggregation: [c_char; RADIOMICS_WORD_BYTES],
    /// Name of the family.
    pub family: [c_char; RADIOMICS_WORD_BYTES],
    /// Unit.
    pub unit: [c_char; RADIOMICS_WORD_BYTES],
}

// SAFETY: a struct_size first, then integers; any bytes are a value.
unsafe impl Plain for radiomics_column {}

impl radiomics_column {
    pub(crate) fn of(column: &Column) -> Self {
        let feature = column.feature;
        let mut out = Self {
            struct_size: 0,
            feature_id: u32::from(feature.id),
            reserved: 0,
            name: [0; _],
            tag: [0; _],
            filter: [0; _],
            title: [0; _],
            ibsi_code: [0; _],
            aggregation_code: [0; _],
            aggregation: [0; _],
            family: [0; _],
            unit: [0; _],
        };
        text::fill(&mut out.name, &column.unfiltered().name());
        text::fill(&mut out.tag, &column.unfiltered().tag());
        if let Some(filter) = &column.filter {
            text::fill(&mut out.filter, filter);
        }
        text::fill(&mut out.title, &feature.title);
        text::fill(&mut out.ibsi_code, &feature.code);
        text::fill(&mut out.aggregation_code, &column.aggregation.code());
        text::fill(&mut out.aggregation, &column.aggregation_words());
        text::fill(&mut out.family, &feature.family.name());
        text::fill(&mut out.unit, &feature.unit);
        out
    }
}
