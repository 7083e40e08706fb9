//! Shapes whose measures are known in closed form.

use proptest::prelude::*;
use radiomics::family::morphology::Wanted;
use radiomics::plan::Workspace;
use radiomics::{Host, Plan, Select, Settings, Status};
use support::boxes::{MaskBox, mask_boxes, places};
use support::golden;

use crate::morphology_naive::{extract, extract_only};
use crate::naive::morphology as naive;

fn solid(shape: [usize; 3], inside: impl Fn([f64; 3]) -> bool) -> MaskBox {
    let flags = places(shape).map(|p| 3 * u8::from(inside(p.map(|x| x as f64)))).collect();
    MaskBox { shape, flags }
}

fn measured(b: &MaskBox, spacing: [f64; 3]) -> radiomics::family::morphology::Features {
    let cells = b.shape.iter().product();
    extract(b, &vec![1.0; cells], spacing)
}

#[track_caller]
fn close(got: f64, want: f64, relative: f64) {
    assert!((got - want).abs() <= relative * want.abs(), "{got}, want {want}");
}

#[test]
fn one_voxel_is_an_octahedron() {
    let spacing = [2.0, 3.0, 4.0];
    let out = measured(&solid([1; 3], |_| true), spacing);
    let [a, b, c] = spacing.map(|s| s / 2.0);
    close(out[0].number(), 4.0 / 3.0 * a * b * c, 1e-14);
    let face = ((a * b).powi(2) + (b * c).powi(2) + (a * c).powi(2)).sqrt() / 2.0;
    close(out[2].number(), 8.0 * face, 1e-14);
    close(out[10].number(), 4.0, 1e-14);
    close(out[16].number(), 1.0 / 6.0, 1e-14);
    close(out[24].number(), 1.0, 1e-14);
    close(out[25].number(), 1.0, 1e-14);
}

/// A box of voxels is a box whose edges and corners are cut at half a voxel.
#[test]
fn boxes() {
    for (shape, spacing) in
        [([4, 3, 5], [1.0; 3]), ([1, 6, 2], [0.7, 1.3, 2.9]), ([2, 2, 2], [3.0, 1.0, 2.0])]
    {
        let out = measured(&solid(shape, |_| true), spacing);
        let [x, y, z] = [0, 1, 2].map(|i| shape[i] as f64);
        let v = spacing.iter().product::<f64>();
        // Along each edge a prism of an eighth of a voxel's section is missing; at a corner a 1/48 less of each.
        let edges = 4.0 * ((x - 1.0) + (y - 1.0) + (z - 1.0));
        let corner = 1.0 / 8.0 - 1.0 / 48.0;
        close(out[0].number(), (x * y * z - edges / 8.0 - 8.0 * corner) * v, 1e-13);
        let [a, b, c] = [0, 1, 2].map(|i| (shape[i] as f64 - 1.0) * spacing[i]);
        let [p, q, r] = spacing.map(|s| s / 2.0);
        let sides = 2.0 * (a * b + b * c + c * a);
        let bevel = |l: f64, s: f64, t: f64| 4.0 * l * (s * s + t * t).sqrt();
        let bevels = bevel(a, q, r) + bevel(b, p, r) + bevel(c, p, q);
        let corners = 8.0 * ((p * q).powi(2) + (q * r).powi(2) + (p * r).powi(2)).sqrt() / 2.0;
        close(out[2].number(), sides + bevels + corners, 1e-13);
        close(out[24].number(), 1.0, 1e-13);
        let full: f64 = [0, 1, 2].map(|i| shape[i] as f64 * spacing[i]).iter().product();
        close(out[16].number(), out[0].number() / full, 1e-13);
    }
}

#[test]
fn balls_and_ellipsoids_converge() {
    let pi = std::f64::consts::PI;
    for (radius, tolerance) in [(8.0, 0.03), (16.0, 0.01), (30.0, 0.004)] {
        let side = 2 * radius as usize + 3;
        let middle = (side - 1) as f64 / 2.0;
        let b = solid([side; 3], |p| {
            p.iter().map(|x| (x - middle).powi(2)).sum::<f64>() <= radius * radius
        });
        let spacing = [1.0, 1.5, 2.0];
        let out = measured(&b, spacing);
        close(out[0].number(), 4.0 / 3.0 * pi * radius.powi(3) * 3.0, tolerance);
        // Axes of a full ellipsoid: 4 sqrt(r^2 / 5).
        for (k, s) in [2.0, 1.5, 1.0].into_iter().enumerate() {
            close(out[11 + k].number(), 4.0 * radius * s / 5f64.sqrt(), tolerance);
        }
        close(out[14].number(), 0.75, tolerance);
        close(out[15].number(), 0.5, tolerance);
        // The area of a mesh with steps stays above the smooth one.
        let smooth = naive::ellipsoid_area([2.0 * radius, 1.5 * radius, radius]);
        assert!(out[2].number() > smooth && out[2].number() < 1.15 * smooth);
    }
}

/// The approximate ellipsoid: the area by the series of the manual, term by term with Legendre's polynomials: the
/// reference values are made with it, though it is not the exact area of an ellipsoid.
#[test]
fn area_of_the_approximate_ellipsoid() {
    for (shape, spacing) in
        [([7, 5, 4], [1.0, 1.0, 1.0]), ([9, 9, 9], [1.0; 3]), ([12, 6, 5], [1.0, 2.0, 1.0])]
    {
        let out = measured(&solid(shape, |_| true), spacing);
        let semi = [11, 12, 13].map(|k| out[k].number() / 2.0);
        let area = out[2].number() / out[21].number();
        close(area, naive::series_area(semi), 1e-12);
        let volume = 4.0 / 3.0 * std::f64::consts::PI * semi.iter().product::<f64>();
        close(out[0].number() / out[20].number(), volume, 1e-12);
    }
}

/// Every other voxel: as many octahedra.
#[test]
fn combs() {
    let b = solid([9, 5, 3], |p| p.iter().all(|x| x % 2.0 == 0.0));
    let out = measured(&b, [2.0; 3]);
    let teeth = 5.0 * 3.0 * 2.0;
    close(out[0].number(), teeth * 8.0 / 6.0, 1e-13);
    close(out[2].number(), teeth * 8.0 * 3f64.sqrt() / 2.0, 1e-13);
    close(out[1].number(), teeth * 8.0, 1e-13);
}

/// On the CT phantom the mesh is the one that most teams had: to the nine digits of the median of their volumes and areas.
#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn the_mesh_of_the_ct_phantom() {
    let read = |file: &str| {
        let path = support::data::ibsi(&format!("ibsi1_ct_phantom/{file}"));
        radiomics_io::nifti::read(&path, radiomics_io::nifti::DEFAULT_LIMIT).expect("a NIfTI file")
    };
    let (image, mask) = (read("image.nii.gz"), read("mask.nii.gz"));
    let mut plan = Plan::new(&Settings::preset("ibsi-a").expect("a preset")).expect("a plan");
    plan.select(&["morph_volume", "morph_area_mesh"]).expect("features");
    let image = image.image().expect("an image");
    let region = mask.region(Select::NonZero).expect("a region");
    let (values, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    for (column, value) in plan.columns().zip(values) {
        let tag = column.tag().to_string();
        let rows = golden::ibsi1();
        let row = rows.iter().find(|r| r.config == "A" && r.tag == tag).expect("a row");
        let median = row.teams.as_ref().expect("teams")[0].parse::<f64>().expect("a median");
        close(value.number(), median, 3e-9);
    }
}

/// What has no extent in some direction, and what is left.
#[test]
fn slices_and_rows() {
    let row = measured(&solid([7, 1, 1], |_| true), [2.0, 1.0, 3.0]);
    // Variance of 0, 2, .., 12 divided by N - 1: 4 * 28 / 6.
    close(row[11].number(), 4.0 * (4.0 * 28.0f64 / 6.0).sqrt(), 1e-14);
    assert_eq!([12, 13, 14, 15].map(|k| row[k].number()), [0.0; 4]);
    assert_eq!([20, 21].map(|k| row[k].status()), [Status::FlatRegion; 2]);
    let slice = measured(&solid([5, 5, 1], |_| true), [1.0, 2.0, 3.0]);
    close(slice[14].number(), 0.5, 1e-14);
    assert_eq!([13, 15].map(|k| slice[k].number()), [0.0; 2]);
    assert_eq!([20, 21].map(|k| slice[k].status()), [Status::FlatRegion; 2]);
    // The mesh has extent all the same.
    for k in (0..9).chain([10, 16, 17, 18, 19, 22, 23, 24, 25]) {
        assert_eq!(slice[k].status(), Status::Ok, "feature {k}");
    }
}

/// The mask with its axes in another order and some of them mirrored.
fn turned(b: &MaskBox, axes: [usize; 3], mirrored: [bool; 3]) -> MaskBox {
    let shape = axes.map(|a| b.shape[a]);
    let at = |p: [i64; 3]| {
        let mut from = [0; 3];
        for i in 0..3 {
            from[axes[i]] = if mirrored[i] { shape[i] as i64 - 1 - p[i] } else { p[i] };
        }
        b.at(from)
    };
    MaskBox { shape, flags: places(shape).map(at).collect() }
}

const TURNS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Volumes and area keep their bits when the mask is mirrored or turned with its spacing, all else its digits.
    #[test]
    fn turns_and_mirrors(
        b in mask_boxes(6),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        turn in 0usize..6,
        mirrored in [any::<bool>(), any::<bool>(), any::<bool>()],
    ) {
        let axes = TURNS[turn];
        let other = turned(&b, axes, mirrored);
        let values = vec![1.0; b.flags.len()];
        let wanted = Wanted { hull: true, ombb: false, mvee: false };
        let got = extract_only(&b, &values, spacing, wanted);
        let same = extract_only(&other, &values, axes.map(|a| spacing[a]), wanted);
        for k in 0..got.len() {
            prop_assert_eq!(got[k].status(), same[k].status(), "feature {}", k);
            if k < 9 {
                prop_assert_eq!(got[k].number().to_bits(), same[k].number().to_bits(), "feature {}", k);
            } else if got[k].status().has_value() {
                // The shift of equal weights is 0 but by rounding; axes are roots.
                let (x, y) = (got[k].number(), same[k].number());
                prop_assert!((x - y).abs() <= 1e-7 * x.abs().max(1e-7), "feature {}: {} {}", k, x, y);
            }
        }
    }

    /// Spacing times s: volumes times s^3, areas times s^2, lengths times s, shapes as they are. Powers of 2 are exact.
    #[test]
    fn scales(
        b in mask_boxes(5),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        exponent in -8i32..8,
    ) {
        let s = 2f64.powi(exponent);
        let values: Vec<f64> = (0..b.flags.len()).map(|i| (i % 5) as f64 + 1.0).collect();
        let wanted = Wanted { hull: true, ombb: false, mvee: false };
        let got = extract_only(&b, &values, spacing, wanted);
        let scaled = extract_only(&b, &values, spacing.map(|x| x * s), wanted);
        for k in 0..got.len() {
            let factor = match k {
                0 | 1 | 26 => s.powi(3),
                2 => s.powi(2),
                3 => 1.0 / s,
                9..=13 => s,
                _ => 1.0,
            };
            prop_assert_eq!(got[k].status(), scaled[k].status());
            let (x, y) = (got[k].number() * factor, scaled[k].number());
            // Compactness and its kin go through a cube root, the hull's rest through its own bounds.
            let off = (x - y).abs();
            prop_assert!(!got[k].status().has_value() || off <= 1e-14 * x.abs(), "feature {}: {} {}", k, x, y);
            if matches!(k, 0..=3) && got[k].status().has_value() {
                prop_assert_eq!(x.to_bits(), y.to_bits(), "feature {}", k);
            }
        }
    }
}
