//! The structs of the header have in C the sizes and offsets that they have here.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{fs, mem};

use crate::columns::radiomics_column;
use crate::diagnostic::radiomics_diagnostic;
use crate::grid::radiomics_grid;
use crate::host::radiomics_host;
use crate::image::radiomics_image;
use crate::region::{radiomics_box, radiomics_drawing, radiomics_region};
use crate::registry::{radiomics_feature, radiomics_option, radiomics_preset};
use crate::summary::radiomics_summary;

/// A struct's name and size, and its fields with their offsets.
type Layout = (&'static str, usize, Vec<(&'static str, usize)>);

macro_rules! layouts {
    ($($name:ident { $($field:ident),* })*) => {
        vec![$((
            stringify!($name),
            mem::size_of::<$name>(),
            vec![$((stringify!($field), mem::offset_of!($name, $field))),*],
        )),*]
    };
}

fn layouts() -> Vec<Layout> {
    layouts! {
        radiomics_diagnostic { struct_size, status, region, needed, given, field, message }
        radiomics_feature { struct_size, id, reserved, name, tag, title, ibsi_code, family, family_title, unit }
        radiomics_option { struct_size, key, kind, unit, default_value, range, help }
        radiomics_preset { struct_size, name, title }
        radiomics_column {
            struct_size, feature_id, reserved, name, tag, filter, title, ibsi_code, aggregation_code,
            aggregation, family, unit
        }
        radiomics_grid {
            struct_size, shape, spacing, origin, direction, slice_positions, slice_count
        }
        radiomics_image {
            struct_size, grid, data, data_bytes, dtype, reserved, strides, start, slope, intercept
        }
        radiomics_region {
            struct_size, kind, dtype, data, data_bytes, strides, start, label, threshold, bit_order,
            index_base, order, occupancy_dtype, occupancy, occupancy_bytes, contour_sizes,
            contour_count, inside_rule, slice_rule, slice_tolerance
        }
        radiomics_box { struct_size, start, shape }
        radiomics_drawing {
            struct_size, voxels, contours_used, contours_outside, contours_between,
            contours_degenerate, contours_clipped, slices_used, slices_missing, slices_shared,
            largest_distance
        }
        radiomics_host {
            struct_size, progress, progress_context, run, threads, parallel_for, parallel_context
        }
        radiomics_summary {
            struct_size, status, grey_levels, region_voxels, morphological_voxels, intensity_voxels,
            grid_shape, grid_spacing, workspace_bytes
        }
    }
}

fn header() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/radiomics.h");
    fs::read_to_string(path).expect("the header")
}

/// Names of the structs with fields in the header, with the number of their fields.
fn structs_of_header() -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    let mut inside = false;
    for line in header().lines() {
        let rest = line.strip_prefix("typedef struct ");
        if let Some(name) = rest.and_then(|rest| rest.strip_suffix(" {")) {
            out.push((name.into(), 0));
            inside = true;
        } else if line.starts_with('}') {
            inside = false;
        } else if inside
            && line.ends_with(';')
            && let Some((_, fields)) = out.last_mut()
        {
            *fields += 1;
        }
    }
    out
}

#[test]
fn every_struct_of_the_header_is_here() {
    let mut here: Vec<(String, usize)> =
        layouts().into_iter().map(|(name, _, fields)| (name.into(), fields.len())).collect();
    let mut there = structs_of_header();
    here.sort();
    there.sort();
    assert_eq!(here, there);
}

#[test]
fn sizes_and_offsets_are_those_of_c() {
    let mut program =
        String::from("#include <stdio.h>\n#include \"radiomics.h\"\nint main(void) {\n");
    let mut wanted = String::new();
    for (name, size, fields) in layouts() {
        writeln!(program, "printf(\"{name} %zu\\n\", sizeof({name}));").expect("a text");
        writeln!(wanted, "{name} {size}").expect("a text");
        for (field, offset) in fields {
            writeln!(program, "printf(\"{name}.{field} %zu\\n\", offsetof({name}, {field}));")
                .expect("a text");
            writeln!(wanted, "{name}.{field} {offset}").expect("a text");
        }
    }
    program.push_str("return 0; }\n");
    let folder = tempfile::tempdir().expect("a folder");
    let (source, out) = (folder.path().join("layout.c"), folder.path().join("layout"));
    fs::write(&source, program).expect("the program written");
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include");
    let compiled =
        Command::new("cc").arg("-I").arg(include).arg(&source).arg("-o").arg(&out).status();
    assert!(compiled.expect("a C compiler").success());
    let output = Command::new(&out).output().expect("the program run");
    assert_eq!(String::from_utf8_lossy(&output.stdout), wanted);
}
