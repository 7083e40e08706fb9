//! What is missing or contradicts itself is named.

use radiomics_io::dicom::{Body, Normalisation};
use support::dicom::{File, decimals, slice, text, words};

use super::dicom_suv_files::{DRUG, drug, pet};
use super::uptake;
use Normalisation::{BodySurface, BodyWeight, IdealWeight, LeanJames, LeanJanmahasatian};

fn refused(file: File, by: Normalisation, part: &str) {
    let error = uptake(&[file], by, &Body::default()).expect_err("a refusal");
    assert!(error.contains(part), "{error}");
}

#[test]
fn every_missing_attribute_is_named() {
    let lacks = |tag, part| refused(pet(1, 0.0).without(tag), BodyWeight, part);
    lacks((0x0054, 0x1001), "lacks Units (0054,1001)");
    lacks((0x0054, 0x1102), "lacks DecayCorrection (0054,1102)");
    lacks((0x0028, 0x0051), "lacks CorrectedImage (0028,0051)");
    lacks((0x0010, 0x1030), "lacks PatientWeight (0010,1030)");
    lacks((0x0008, 0x0032), "lacks AcquisitionDate (0008,0022) or AcquisitionTime (0008,0032)");
    lacks(
        DRUG,
        "lacks RadionuclideTotalDose (0018,1074) in RadiopharmaceuticalInformationSequence (0054,0016)",
    );
    let in_drug = |tag, part| refused(pet(1, 0.0).with(drug(&[tag])), BodyWeight, part);
    in_drug((0x0018, 0x1074), "lacks RadionuclideTotalDose (0018,1074)");
    in_drug((0x0018, 0x1075), "lacks RadionuclideHalfLife (0018,1075)");
    in_drug((0x0018, 0x1072), "lacks RadiopharmaceuticalStartTime (0018,1072)");
    for by in [BodySurface, LeanJames, LeanJanmahasatian, IdealWeight] {
        refused(pet(1, 0.0).without((0x0010, 0x1020)), by, "lacks PatientSize (0010,1020)");
    }
    for by in [LeanJames, LeanJanmahasatian, IdealWeight] {
        refused(pet(1, 0.0).without((0x0010, 0x0040)), by, "lacks PatientSex (0010,0040)");
        let other = pet(1, 0.0).with(text((0x0010, 0x0040), "CS", "O"));
        refused(other, by, "has O as its PatientSex (0010,0040)");
    }
    let uncorrected = pet(1, 0.0).with(text((0x0054, 0x1102), "CS", "NONE"));
    refused(uncorrected, BodyWeight, "lacks ActualFrameDuration (0018,1242)");
}

#[test]
fn what_makes_no_sense_is_named() {
    let with = |element, by, part| refused(pet(1, 0.0).with(element), by, part);
    with(
        text((0x0054, 0x1001), "CS", "PROPCNTS"),
        BodyWeight,
        "has PROPCNTS as its Units (0054,1001)",
    );
    with(text((0x0054, 0x1001), "CS", "CNTS"), BodyWeight, "Scale Factor (7053,1000)");
    with(text((0x0054, 0x1102), "CS", "LATER"), BodyWeight, "has LATER as its DecayCorrection");
    with(
        text((0x0028, 0x0051), "CS", "DECAY"),
        BodyWeight,
        "CorrectedImage (0028,0051) lacks ATTN",
    );
    with(text((0x0028, 0x0051), "CS", "ATTN"), BodyWeight, "contradicts itself");
    // Centimetres, megabecquerel, grams.
    with(
        decimals((0x0010, 0x1020), &[175.0]),
        BodySurface,
        "has 175 as its PatientSize (0010,1020): expected m",
    );
    with(
        decimals((0x0010, 0x1030), &[80_000.0]),
        BodyWeight,
        "has 80000 as its PatientWeight (0010,1030): expected kg",
    );
    let mega = support::dicom::sequence(
        DRUG,
        vec![vec![
            text((0x0018, 0x1072), "TM", "090000"),
            decimals((0x0018, 0x1074), &[370.0]),
            decimals((0x0018, 0x1075), &[6586.2]),
        ]],
    );
    with(mega, BodyWeight, "RadionuclideTotalDose (0018,1074) of 370: expected becquerel");
    // Eleven hours before the scan: six half lives; and eighteen hours: ten.
    let late = |time| text((0x0008, 0x0031), "TM", time);
    with(text((0x0008, 0x0032), "TM", "wrong"), BodyWeight, "AcquisitionTime (0008,0032)");
    let early = pet(1, 0.0).with(late("083000")).with(text((0x0008, 0x0032), "TM", "083000"));
    refused(early, BodyWeight, "was injected 84600 s before the scan");
    // A mass that a formula makes negative.
    let heavy = pet(1, 0.0)
        .with(decimals((0x0010, 0x1030), &[400.0]))
        .with(decimals((0x0010, 0x1020), &[1.2]));
    refused(heavy, LeanJames, "which is no mass");
    let kind = pet(1, 0.0).with(text((0x0054, 0x1001), "CS", "GML")).with(text(
        (0x0054, 0x1006),
        "CS",
        "BSA",
    ));
    refused(
        kind,
        BodyWeight,
        "contradicts itself: Units (0054,1001) is GML, SUVType (0054,1006) is BSA",
    );
    refused(slice(1, 0.0, [0; 6]), BodyWeight, "is CT: uptake values are made of PET series");
}

#[test]
fn slices_of_different_units() {
    let mut second = pet(2, 3.0).with(text((0x0054, 0x1001), "CS", "GML"));
    second.set(words((0x0028, 0x0103), "US", &[0]));
    let error = uptake(&[pet(1, 0.0), second], BodyWeight, &Body::default());
    let error = error.expect_err("a refusal");
    assert!(error.contains("has BQML and GML as Units (0054,1001) of its slices"), "{error}");
}
