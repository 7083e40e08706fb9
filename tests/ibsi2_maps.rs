//! Every response map of IBSI-2 phase 1, from settings to voxels.

use radiomics::{Grid, Host, Plan, Settings};
use radiomics_io::nifti;

const TWO: (&str, &str) = ("filter.dimension", "2d");
const MAX: (&str, &str) = ("filter.laws.pooling", "max");
const BARE: (&str, &str) = ("filter.laws.energy", "false");
const ENERGY: (&str, &str) = ("filter.laws.energy_delta", "7");

type Pairs = &'static [(&'static str, &'static str)];

/// Test, phantom, boundary, filter, its options.
#[rustfmt::skip]
const MAPS: [(&str, &str, &str, &str, Pairs); 33] = [
    ("1_a_1", "checkerboard", "zero", "mean", &[("filter.mean.size", "15")]),
    ("1_a_2", "checkerboard", "nearest", "mean", &[("filter.mean.size", "15")]),
    ("1_a_3", "checkerboard", "periodic", "mean", &[("filter.mean.size", "15")]),
    ("1_a_4", "checkerboard", "mirror", "mean", &[("filter.mean.size", "15")]),
    ("1_b_1", "impulse", "zero", "mean", &[TWO, ("filter.mean.size", "15")]),
    ("2_a", "impulse", "zero", "log", &[("filter.log.sigma_mm", "3")]),
    ("2_b", "checkerboard", "mirror", "log", &[("filter.log.sigma_mm", "5")]),
    ("2_c", "checkerboard", "mirror", "log", &[TWO, ("filter.log.sigma_mm", "5")]),
    ("3_a_1", "impulse", "zero", "laws", &[("filter.laws.kernels", "E5L5S5"), BARE]),
    ("3_a_2", "impulse", "zero", "laws", &[("filter.laws.kernels", "E5L5S5"), MAX, BARE]),
    ("3_a_3", "impulse", "zero", "laws", &[("filter.laws.kernels", "E5L5S5"), MAX, ENERGY]),
    ("3_b_1", "checkerboard", "mirror", "laws", &[("filter.laws.kernels", "E3W5R5"), BARE]),
    ("3_b_2", "checkerboard", "mirror", "laws", &[("filter.laws.kernels", "E3W5R5"), MAX, BARE]),
    ("3_b_3", "checkerboard", "mirror", "laws", &[("filter.laws.kernels", "E3W5R5"), MAX, ENERGY]),
    ("3_c_1", "checkerboard", "mirror", "laws", &[TWO, ("filter.laws.kernels", "L5S5"), BARE]),
    ("3_c_2", "checkerboard", "mirror", "laws", &[TWO, ("filter.laws.kernels", "L5S5"), MAX, BARE]),
    ("3_c_3", "checkerboard", "mirror", "laws", &[TWO, ("filter.laws.kernels", "L5S5"), MAX, ENERGY]),
    ("4_a_1", "impulse", "zero", "gabor", &[("filter.gabor.sigma_mm", "10"), ("filter.gabor.lambda_mm", "4"), ("filter.gabor.gamma", "0.5"), ("filter.gabor.theta_deg", "60")]),
    ("4_a_2", "impulse", "zero", "gabor", &[("filter.gabor.sigma_mm", "10"), ("filter.gabor.lambda_mm", "4"), ("filter.gabor.gamma", "0.5"), ("filter.gabor.pooling", "mean"), ("filter.gabor.step_deg", "45"), ("filter.gabor.planes", "orthogonal")]),
    ("4_b_1", "sphere", "mirror", "gabor", &[("filter.gabor.sigma_mm", "20"), ("filter.gabor.lambda_mm", "8"), ("filter.gabor.gamma", "2.5"), ("filter.gabor.theta_deg", "225")]),
    ("4_b_2", "sphere", "mirror", "gabor", &[("filter.gabor.sigma_mm", "20"), ("filter.gabor.lambda_mm", "8"), ("filter.gabor.gamma", "2.5"), ("filter.gabor.pooling", "mean"), ("filter.gabor.step_deg", "22.5"), ("filter.gabor.planes", "orthogonal")]),
    ("5_a_1", "impulse", "zero", "wavelet", &[("filter.wavelet.name", "db2"), ("filter.wavelet.bands", "LHL")]),
    ("5_a_2", "impulse", "zero", "wavelet", &[("filter.wavelet.name", "db2"), ("filter.wavelet.bands", "LHL"), ("filter.wavelet.pooling", "mean")]),
    ("6_a_1", "sphere", "periodic", "wavelet", &[("filter.wavelet.name", "coif1"), ("filter.wavelet.bands", "HHL")]),
    ("6_a_2", "sphere", "periodic", "wavelet", &[("filter.wavelet.name", "coif1"), ("filter.wavelet.bands", "HHL"), ("filter.wavelet.pooling", "mean")]),
    ("7_a_1", "checkerboard", "mirror", "wavelet", &[("filter.wavelet.name", "haar"), ("filter.wavelet.bands", "LLL"), ("filter.wavelet.level", "2"), ("filter.wavelet.pooling", "mean")]),
    ("7_a_2", "checkerboard", "mirror", "wavelet", &[("filter.wavelet.name", "haar"), ("filter.wavelet.bands", "HHH"), ("filter.wavelet.level", "2"), ("filter.wavelet.pooling", "mean")]),
    ("8_a_1", "checkerboard", "periodic", "simoncelli", &[("filter.simoncelli.level", "1")]),
    ("8_a_2", "checkerboard", "periodic", "simoncelli", &[("filter.simoncelli.level", "2")]),
    ("8_a_3", "checkerboard", "periodic", "simoncelli", &[("filter.simoncelli.level", "3")]),
    ("9_a", "impulse", "zero", "riesz_log", &[("filter.log.sigma_mm", "3"), ("filter.riesz.order", "1,0,0")]),
    ("9_b_1", "sphere", "zero", "riesz_log", &[("filter.log.sigma_mm", "3"), ("filter.riesz.order", "0,2,0")]),
    ("10_b_1", "pattern_1", "periodic", "riesz_simoncelli", &[("filter.simoncelli.level", "1"), ("filter.riesz.order", "0,2,0")]),
];

/// Every voxel of every map lies within one percent of the range of the reference.
#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn every_map_of_phase_1() {
    let mut misses = Vec::new();
    for (test, phantom, boundary, filter, options) in MAPS {
        let read = |file: String| {
            nifti::read(&support::data::ibsi(&file), nifti::DEFAULT_LIMIT).expect("a NIfTI file")
        };
        let image = read(format!("ibsi2_digital_phantoms/{phantom}.nii.gz"));
        let reference = read(format!("ibsi2_response_maps/{test}-ValidCRM.nii.gz"));
        let (image, reference) =
            (image.image().expect("an image"), reference.image().expect("a map"));
        let mut settings = Settings::default();
        settings.set("filter.images", filter).expect("a filter");
        settings.set("filter.boundary", boundary).expect("a rule");
        for (key, text) in options {
            settings.set(key, text).expect("an option");
        }
        let plan = Plan::new(&settings).unwrap_or_else(|e| panic!("{test}: {e}"));
        let words = plan.map_workspace(&Grid::of(&image), 0).expect("a size").words();
        let [nx, ny, nz] = image.shape();
        let mut map = vec![0.0; nx * ny * nz];
        let mut workspace = vec![u64::MAX; words];
        plan.map(&image, 0, &Host::serial(), &mut workspace, &mut map).expect("a map");
        let mut wanted = vec![0.0; map.len()];
        for (at, row) in wanted.chunks_exact_mut(nx).enumerate() {
            reference.read_row(0, [at % ny, at / ny], row);
        }
        let ends = wanted.iter().fold([f64::MAX, f64::MIN], |[a, b], x| [a.min(*x), b.max(*x)]);
        let worst = map.iter().zip(&wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let share = worst / (ends[1] - ends[0]);
        println!("{test:>7} {:<60} {share:.1e} of the range", plan.filters()[0].to_string());
        if share.is_nan() || share > 0.01 {
            misses.push(format!("{test}: {share}"));
        }
    }
    assert!(misses.is_empty(), "{misses:?}");
}
