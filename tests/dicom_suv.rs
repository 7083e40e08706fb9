//! Uptake values of PET series made by the tests, against values worked out by hand.
//!
//! The patient weighs 80 kg at 1.75 m; 370 MBq of F-18 (half life 6586.2 s here) were given at 9 o'clock; the scan
//! began one half life later, 10:49:46.2.

mod refusals;

use dicom_suv_files::*;
use radiomics_io::dicom::{self, Body, Normalisation, Sex, Suv};
use radiomics_io::{ImageOptions, Limits, Volume, open};
use support::dicom::{File, decimals, raw, text};

pub mod dicom_suv_files {
    //! PET slices.

    use support::dicom::{
        Element, File, PET, PIXELS, decimals, plane, sequence, stored, text, words,
    };

    /// Half life in s; a power of two of seconds would hide mistakes of rounding.
    pub const HALF_LIFE: f64 = 6586.2;
    /// Dose in Bq.
    pub const DOSE: f64 = 370e6;
    /// The tag of the radiopharmaceutical.
    pub const DRUG: (u16, u16) = (0x0054, 0x0016);

    /// What is in the sequence of the radiopharmaceutical, less some tags.
    pub fn drug(without: &[(u16, u16)]) -> Element {
        let mut item = vec![
            text((0x0018, 0x1072), "TM", "090000.00"),
            decimals((0x0018, 0x1074), &[DOSE]),
            decimals((0x0018, 0x1075), &[HALF_LIFE]),
        ];
        item.retain(|e| !without.contains(&e.tag));
        sequence(DRUG, vec![item])
    }

    /// A slice with the values 0 to 5 at a height; acquired at the start of the scan.
    pub fn pet(number: u16, z: f64) -> File {
        let mut file = File::new(PET, &format!("1.2.3.60.{number}"), "PT", "1.2.3.60");
        plane(&mut file, [3, 2], [0.0, 0.0, z], [4.0, 4.0]);
        stored(&mut file, 16, 16, false);
        file.with(words(PIXELS, "OW", &[0, 1, 2, 3, 4, 5]))
            .with(decimals((0x0018, 0x0050), &[3.0]))
            .with(decimals((0x0028, 0x1052), &[0.0]))
            .with(decimals((0x0028, 0x1053), &[1000.0]))
            .with(text((0x0008, 0x0021), "DA", "20260301"))
            .with(text((0x0008, 0x0022), "DA", "20260301"))
            .with(text((0x0008, 0x0031), "TM", "104946.2"))
            .with(text((0x0008, 0x0032), "TM", "104946.2"))
            .with(text((0x0010, 0x0040), "CS", "M"))
            .with(decimals((0x0010, 0x1020), &[1.75]))
            .with(decimals((0x0010, 0x1030), &[80.0]))
            .with(text((0x0028, 0x0051), "CS", "ATTN\\DECY\\DECAY\\SCAT"))
            .with(text((0x0054, 0x1001), "CS", "BQML"))
            .with(text((0x0054, 0x1102), "CS", "START"))
            .with(drug(&[]))
    }
}

/// Reads slices as uptake.
pub fn uptake(files: &[File], by: Normalisation, body: &Body) -> Result<(Volume, Suv), String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (i, file) in files.iter().enumerate() {
        file.write(&folder.path().join(format!("{i}.dcm")));
    }
    let limits = Limits::default();
    let scan = dicom::scan(folder.path(), &limits).expect("a folder");
    scan.series[0].read_suv(by, body, &limits).map_err(|e| e.to_string())
}

/// Uptake of the voxel that stores 1: the factor times the slope.
pub fn one(files: &[File], by: Normalisation) -> f64 {
    let (volume, suv) = uptake(files, by, &Body::default()).expect("uptake");
    let image = volume.image().expect("an image");
    let mut row = [0.0; 3];
    image.read_row(0, [0, 0], &mut row);
    assert_eq!(row[0], 0.0);
    close(row[2], 2.0 * row[1]);
    assert_eq!(suv.normalisation, by);
    row[1]
}

/// Equal but for the rounding of a few operations.
pub fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
}

use Normalisation::{BodySurface, BodyWeight, IdealWeight, LeanJames, LeanJanmahasatian};

/// g or cm² for the patient, worked out by hand.
fn measures() -> [(Normalisation, f64); 5] {
    [
        (BodyWeight, 80_000.0),
        // 0.007184 * 80^0.425 * 175^0.725 = 1.95606... m²
        (BodySurface, 10_000.0 * 0.007_184 * 80f64.powf(0.425) * 175f64.powf(0.725)),
        // 88 - 128 * (80 / 175)² = 88 - 26.7494 = 61.2506 kg
        (LeanJames, 61_250.612_244_897_96),
        // 741600 / (6680 + 216 * 80 / 3.0625) = 741600 / 12322.449 = 60.1828 kg
        (LeanJanmahasatian, 741_600_000.0 / (6680.0 + 216.0 * 80.0 / 3.0625)),
        // 48 + 1.06 * 23 = 72.38 kg
        (IdealWeight, 72_380.0),
    ]
}

#[test]
fn every_normalisation_of_a_concentration() {
    for (by, measure) in measures() {
        // 1000 Bq/ml; half of the dose is left.
        close(one(&[pet(1, 0.0)], by), 1000.0 * measure / (DOSE / 2.0));
    }
    close(measures()[1].1 / 10_000.0, 1.956_059_915_615_418_8);
    let woman = pet(1, 0.0).with(text((0x0010, 0x0040), "CS", "F"));
    // 85.6 - 148 * (80 / 175)² = 54.6710 kg; 741600 / (8780 + 244 * 26.1224) = 48.9393 kg; 66.43 kg
    for (by, measure) in [
        (LeanJames, 85_600.0 - 148_000.0 * (80.0f64 / 175.0).powi(2)),
        (LeanJanmahasatian, 741_600_000.0 / (8780.0 + 244.0 * 80.0 / 3.0625)),
        (IdealWeight, 66_430.0),
    ] {
        close(one(std::slice::from_ref(&woman), by), 1000.0 * measure / (DOSE / 2.0));
    }
}

#[test]
fn decay_to_the_right_time() {
    let of = |file: File| one(&[file], BodyWeight) / (1000.0 * 80_000.0);
    close(of(pet(1, 0.0)), 1.0 / (DOSE / 2.0));
    // Corrected to the injection: the whole dose.
    close(of(pet(1, 0.0).with(text((0x0054, 0x1102), "CS", "ADMIN"))), 1.0 / DOSE);
    // Not corrected: the dose at the time of average count rate of each slice.
    let uncorrected = |seconds: u16| {
        let clock = format!("11{:02}46.2", 49 + seconds / 60);
        pet(1, 0.0)
            .with(text((0x0054, 0x1102), "CS", "NONE"))
            .with(text((0x0028, 0x0051), "CS", "ATTN"))
            .with(text((0x0008, 0x0032), "TM", &clock))
            .with(text((0x0018, 0x1242), "IS", "180000"))
    };
    let constant = 2f64.ln() / HALF_LIFE;
    let decay = constant * 180.0;
    let average = (decay / (1.0 - (-decay).exp())).ln() / constant;
    // A little before the middle of the three minutes.
    assert!((89.7..90.0).contains(&average), "{average}");
    // An hour after the half life, and the time of average count rate.
    let left = DOSE * 0.5 * 2f64.powf(-(3600.0 + average) / HALF_LIFE);
    close(of(uncorrected(0)), 1.0 / left);
    // Slices of two beds have factors of their own.
    let later = uncorrected(180).with(text((0x0008, 0x0018), "UI", "1.2.3.60.2"));
    let later = later.with(decimals((0x0020, 0x0032), &[0.0, 0.0, 3.0]));
    let (volume, _) =
        uptake(&[uncorrected(0), later], BodyWeight, &Body::default()).expect("uptake");
    let mut row = [[0.0; 3]; 2];
    let image = volume.image().expect("an image");
    image.read_row(0, [0, 0], &mut row[0]);
    image.read_row(0, [0, 1], &mut row[1]);
    close(row[1][1] / row[0][1], 2f64.powf(180.0 / HALF_LIFE));
}

#[test]
fn the_start_of_the_scan() {
    let of = |files: &[File]| {
        let (_, suv) = uptake(files, BodyWeight, &Body::default()).expect("uptake");
        (suv.seconds, suv.reference)
    };
    let acquired = |time: &str| pet(1, 0.0).with(text((0x0008, 0x0032), "TM", time));
    // The series time, even where the acquisition of this bed position is later.
    assert_eq!(of(&[acquired("111500")]).1, "series time");
    close(of(&[acquired("111500")]).0, HALF_LIFE);
    // A series that was made later says nothing of the scan.
    let made_later = |file: File| file.with(text((0x0008, 0x0031), "TM", "180000"));
    let (seconds, reference) = of(&[made_later(acquired("100000"))]);
    assert_eq!((seconds, reference), (3600.0, "earliest acquisition"));
    let mut second =
        made_later(acquired("095500")).with(text((0x0008, 0x0018), "UI", "1.2.3.60.2"));
    second.set(decimals((0x0020, 0x0032), &[0.0, 0.0, 3.0]));
    assert_eq!(of(&[made_later(acquired("100000")), second]).0, 3300.0);
    // The frame reference time leads back to the start.
    let frame = made_later(acquired("100000"))
        .with(decimals((0x0054, 0x1300), &[689_858.9]))
        .with(text((0x0018, 0x1242), "IS", "180000"));
    let (seconds, reference) = of(&[frame]);
    assert_eq!(reference, "acquisition less frame reference time");
    assert!((seconds - 3000.0).abs() < 0.02, "{seconds}");
    // GE has the start in a private attribute.
    let ge = made_later(acquired("100000"))
        .with(text((0x0009, 0x0010), "LO", "GEMS_PETD_01"))
        .with(text((0x0009, 0x100d), "DT", "20260301093000.00"));
    assert_eq!(of(&[ge]), (1800.0, "GE scan time (0009,100D)"));
    // In another block, and as bytes of an implicit transfer syntax.
    let ge = made_later(acquired("100000"))
        .with(text((0x0009, 0x0010), "LO", "OTHER"))
        .with(text((0x0009, 0x0011), "LO", "GEMS_PETD_01"))
        .with(text((0x0009, 0x110d), "DT", "20260301093000"))
        .syntax(support::dicom::IMPLICIT);
    assert_eq!(of(&[ge]).0, 1800.0);
}

#[test]
fn the_time_of_injection() {
    let of = |file: File| uptake(&[file], BodyWeight, &Body::default()).expect("uptake").1.seconds;
    let drug_with = |element| {
        let support::dicom::Element { value, tag, vr } = drug(&[]);
        let support::dicom::Value::Items(mut items) = value else { panic!("a sequence") };
        items[0].push(element);
        support::dicom::Element { tag, vr, value: support::dicom::Value::Items(items) }
    };
    let stamp = |value| pet(1, 0.0).with(drug_with(text((0x0018, 0x1078), "DT", value)));
    close(of(stamp("20260301094946.2")), 3600.0);
    close(of(stamp("20260301094946.200000+0100")), 3600.0);
    // Dates were shifted to hide them, the injection's was not: its time of day stands.
    close(of(stamp("20170505090000")), HALF_LIFE);
    // Over midnight, and over the end of a leap February.
    let night = |date: &str| {
        let series = [(0x0008, 0x0031), (0x0008, 0x0032)];
        let mut file = pet(1, 0.0);
        for tag in series {
            file.set(text(tag, "TM", "003000"));
        }
        for tag in [(0x0008, 0x0021), (0x0008, 0x0022)] {
            file.set(text(tag, "DA", date));
        }
        file
    };
    let drug = |stamp: &str| {
        let mut element = drug_with(text((0x0018, 0x1078), "DT", stamp));
        if let support::dicom::Value::Items(items) = &mut element.value {
            items[0].retain(|e| e.tag != (0x0018, 0x1072));
        }
        element
    };
    assert_eq!(of(night("20240301").with(drug("20240229233000"))), 3600.0);
    assert_eq!(of(night("20230301").with(drug("20230228233000"))), 3600.0);
    let clock = vec![
        text((0x0018, 0x1072), "TM", "2330"),
        decimals((0x0018, 0x1074), &[DOSE]),
        decimals((0x0018, 0x1075), &[HALF_LIFE]),
    ];
    assert_eq!(of(night("20260301").with(support::dicom::sequence(DRUG, vec![clock]))), 3600.0);
}

#[test]
fn uptake_in_the_file_already() {
    let [_, (_, surface), (_, james), (_, janma), (_, ideal)] = measures();
    let grams = |kind: Option<&str>| {
        let file = pet(1, 0.0).with(text((0x0054, 0x1001), "CS", "GML"));
        match kind {
            Some(kind) => file.with(text((0x0054, 0x1006), "CS", kind)),
            None => file,
        }
    };
    // Nothing of body, dose or time is needed where the measure is the wanted one.
    let bare = grams(None)
        .without((0x0010, 0x1030))
        .without((0x0010, 0x1020))
        .without(DRUG)
        .without((0x0054, 0x1102));
    assert_eq!(one(&[bare], BodyWeight), 1000.0);
    close(one(&[grams(Some("BW"))], LeanJames), 1000.0 * james / 80_000.0);
    close(one(&[grams(Some("BW"))], BodySurface), 1000.0 * surface / 80_000.0);
    close(one(&[grams(Some("LBM"))], BodyWeight), 1000.0 * 80_000.0 / james);
    close(one(&[grams(Some("LBMJAMES128"))], LeanJanmahasatian), 1000.0 * janma / james);
    close(one(&[grams(Some("LBMJANMA"))], BodyWeight), 1000.0 * 80_000.0 / janma);
    close(one(&[grams(Some("IBW"))], BodyWeight), 1000.0 * 80_000.0 / ideal);
    let squares = pet(1, 0.0).with(text((0x0054, 0x1001), "CS", "CM2ML"));
    assert_eq!(one(std::slice::from_ref(&squares), BodySurface), 1000.0);
    close(one(&[squares], BodyWeight), 1000.0 * 80_000.0 / surface);
}

#[test]
fn counts_with_factors_of_philips() {
    let philips = |element: u16, value: &str| {
        pet(1, 0.0)
            .with(text((0x0054, 0x1001), "CS", "CNTS"))
            .with(text((0x7053, 0x0010), "LO", "Philips PET Private Group"))
            .with(text((0x7053, element), "DS", value))
    };
    close(one(&[philips(0x1000, "0.00025")], BodyWeight), 0.25);
    let [.., (_, ideal)] = measures();
    close(one(&[philips(0x1000, "0.00025")], IdealWeight), 0.25 * ideal / 80_000.0);
    // Counts to Bq/ml.
    close(one(&[philips(0x1009, "1.5")], BodyWeight), 1500.0 * 80_000.0 / (DOSE / 2.0));
    // A factor to uptake of 0 means that there is none.
    let both = philips(0x1000, "0").with(text((0x7053, 0x1009), "DS", "1.5"));
    close(one(std::slice::from_ref(&both), BodyWeight), 1500.0 * 80_000.0 / (DOSE / 2.0));
    // The same as unknown bytes of an implicit transfer syntax.
    let implicit = both.syntax(support::dicom::IMPLICIT);
    close(one(&[implicit], BodyWeight), 1500.0 * 80_000.0 / (DOSE / 2.0));
}

#[test]
fn what_is_given_takes_precedence() {
    let body = Body { weight_kg: Some(70.0), height_m: Some(1.75), sex: Some(Sex::Female) };
    let other = pet(1, 0.0).with(text((0x0010, 0x0040), "CS", "O"));
    let factor = |by| uptake(std::slice::from_ref(&other), by, &body).expect("uptake").1.factor;
    close(factor(BodyWeight), 70_000.0 / (DOSE / 2.0));
    close(factor(LeanJames), (1070.0 * 70.0 - 148_000.0 * 0.16) / (DOSE / 2.0));
}

#[test]
fn an_image_as_uptake_has_its_unit() {
    let folder = tempfile::tempdir().expect("a folder");
    pet(1, 0.0).write(&folder.path().join("1.dcm"));
    let read = |suv| {
        let options = ImageOptions { suv, ..ImageOptions::default() };
        let picture = open::image(folder.path(), &options, &Limits::default()).expect("an image");
        (picture.unit, picture.volume.slope)
    };
    assert_eq!(read(None), ("Bq/ml".to_owned(), 1000.0));
    let (unit, slope) = read(Some(BodyWeight));
    assert_eq!(unit, "g/ml");
    close(slope, 1000.0 * 80_000.0 / (DOSE / 2.0));
    assert_eq!(read(Some(BodySurface)).0, "cm2/ml");
    // A private text that is no text changes nothing.
    pet(1, 0.0).with(raw((0x0009, 0x0010), "LO", b"\xff\xfe")).write(&folder.path().join("1.dcm"));
    assert_eq!(read(Some(BodyWeight)).1, slope);
}

#[test]
fn names_of_normalisations() {
    for by in Normalisation::ALL {
        assert_eq!(Normalisation::parse(by.name()), Some(by));
    }
    assert_eq!(Normalisation::parse("suv"), None);
}
