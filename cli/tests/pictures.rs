//! The pictures to check a region by.

mod common;

use std::fs;
use std::path::Path;

use common::{command, said, volumes};
use support::nifti::File;

const SHAPE: [usize; 3] = [20, 16, 12];

/// Writes a case whose x axis counts to the patient's right or left, with its voxels in that order or not.
fn write(folder: &Path, to_left: bool, turned: bool) {
    fs::create_dir_all(folder).expect("a folder");
    let (image, mut mask) = volumes(SHAPE, 3);
    // A region on one side alone.
    for (i, voxel) in mask.iter_mut().enumerate() {
        *voxel *= i16::from(i % SHAPE[0] > 11);
    }
    for (name, voxels) in [("image.nii", image), ("mask.nii", mask)] {
        let rows = voxels.chunks(SHAPE[0]).flat_map(|row| {
            let mut row = row.to_vec();
            if turned {
                row.reverse();
            }
            row
        });
        let mut file = File::of_i16(SHAPE, [1.5, 1.0, 2.0], &rows.collect::<Vec<_>>());
        let (step, start) = if to_left { (-1.5, 28.5) } else { (1.5, 0.0) };
        file.sform = (1, [[step, 0.0, 0.0, start], [0.0, 1.0, 0.0, -8.0], [0.0, 0.0, 2.0, 5.0]]);
        file.write(&folder.join(name));
    }
}

/// The pixels of the one picture of a case.
fn picture(folder: &Path, more: &[&str]) -> (Vec<u8>, [u32; 2]) {
    let qc = folder.join("qc");
    let output = command()
        .arg("extract")
        .args([folder.join("image.nii"), folder.join("mask.nii")])
        .args(["--features", "statistics,glcm", "--qc"])
        .arg(&qc)
        .args(more)
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", said(&output));
    let page = fs::read_to_string(qc.join("index.html")).expect("a page");
    let name = page.split("src=\"").nth(1).and_then(|t| t.split('"').next()).expect("a picture");
    let file = std::io::BufReader::new(fs::File::open(qc.join(name)).expect("a picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    (pixels, [info.width, info.height])
}

#[test]
fn a_wrong_flip_is_visible_and_a_right_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write(&at("plain"), false, false);
    // The same patient, stored from the other side.
    write(&at("other"), true, true);
    // Voxels turned and the header left as it was, and the reverse.
    write(&at("voxels"), false, true);
    write(&at("header"), true, false);
    let (plain, size) = picture(&at("plain"), &[]);
    let half = |pixels: &[u8]| {
        // The axial panel, without its text: the region's colours left and right of the middle.
        let width = size[0] as usize;
        let mut sides = [0; 2];
        for y in 70..340 {
            for x in 10..346 {
                let p = &pixels[3 * (y * width + x)..][..3];
                if p == [120, 255, 120] {
                    sides[usize::from(x >= 178)] += 1;
                }
            }
        }
        sides
    };
    // The region lies at large x, the patient's right: on the left of the picture.
    let [left, right] = half(&plain);
    assert!(left > 100 && right == 0, "{left} {right}");
    // Pixels between two voxels fall to one or the other, and the sagittal slice has another number.
    let differs = |other: &[u8]| plain.iter().zip(other).filter(|(a, b)| a != b).count();
    let rounding = differs(&picture(&at("other"), &[]).0);
    for wrong in ["voxels", "header"] {
        let wrong = picture(&at(wrong), &[]).0;
        let [left, right] = half(&wrong);
        assert!(right > 100 && left == 0, "{left} {right}");
        assert!(differs(&wrong) > 20 * rounding, "{} {rounding}", differs(&wrong));
    }
}

#[test]
fn both_masks_and_what_was_removed_are_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), false, false);
    let count = |pixels: &[u8], colour: [u8; 3]| pixels.chunks(3).filter(|p| *p == colour).count();
    let (given, measured, both) = ([255, 150, 0], [0, 220, 255], [120, 255, 120]);
    let native = picture(folder.path(), &[]).0;
    assert!(count(&native, both) > 500, "on the grid of the image both are the same");
    let letters = count(&native, given);
    let coarse = picture(folder.path(), &["--set", "resample.spacing_mm=3,3,3"]).0;
    assert!(
        count(&coarse, given) > letters + 200,
        "what was given is seen beside what was measured"
    );
    assert!(count(&coarse, measured) > 0);
    let red = |pixels: &[u8]| {
        pixels.chunks(3).filter(|p| p[0] > 126 && p[1] < 150 && p[2] < 175 && p[0] > p[1]).count()
    };
    let ranged = picture(folder.path(), &["--set", "resegment.range=0,80"]).0;
    assert!(red(&ranged) > red(&native) + 500, "{} {}", red(&ranged), red(&native));
}
