//! One case: read, make masks, extract, keep everything for the record.

use std::path::Path;

use radiomics::plan::{Grid, Observed};
use radiomics::{Host, Image, Plan, Status, Value, Watch};
use radiomics_io::{Limits, Mask, Pattern, Picture, Rois, Threads};

use crate::budget::{Budget, Grant};
use crate::cohort::Case;
use crate::digest;
use crate::load;
use crate::picture;
use crate::record::{CaseRecord, ImageRecord, RegionRecord, path_text};
use crate::size;
use crate::study::Study;

/// What all cases share.
pub struct Run<'r> {
    pub study: &'r Study,
    pub budget: &'r Budget,
    /// Bytes that one file may declare.
    pub limit: u64,
    pub threads: Threads,
    /// Where pictures go.
    pub pictures: Option<&'r Path>,
}

/// Why a case stopped.
enum Stop {
    /// What a person is told.
    Failure(String),
    /// It needs so much memory, which others hold at the moment.
    Wait(u64),
}

impl From<String> for Stop {
    fn from(failure: String) -> Self {
        Stop::Failure(failure)
    }
}

/// What a picture takes.
const PICTURE: u64 = 8 << 20;

impl Run<'_> {
    /// Extracts every region of a case.
    pub fn case(&self, case: &Case) -> CaseRecord {
        let mut record = CaseRecord {
            case: case.name.clone(),
            image: path_text(&case.image),
            series: case.series.clone(),
            mask: path_text(&case.regions),
            roi: case.rois.clone(),
            ..CaseRecord::default()
        };
        let empty = record.clone();
        let mut need = None;
        loop {
            let outcome = match &case.problem {
                Some(problem) => {
                    Err(Stop::Failure(format!("{}: {problem}", case.regions.display())))
                }
                None => self.attempt(case, need, &mut record),
            };
            match outcome {
                Ok(()) => return record,
                Err(Stop::Failure(failure)) => {
                    record.failure = Some(failure);
                    return record;
                }
                // What was read is free again; the next attempt waits for everything at once.
                Err(Stop::Wait(bytes)) => {
                    need = Some(bytes);
                    record = empty.clone();
                }
            }
        }
    }

    fn attempt(&self, case: &Case, need: Option<u64>, record: &mut CaseRecord) -> Result<(), Stop> {
        let limits = Limits { bytes: self.limit };
        let (announced, reading) = load::announce(case, &limits)?;
        let wanted = need.unwrap_or(0).max(reading.reading);
        let mut grant = self.budget.reserve(wanted).ok_or_else(|| self.too_large("it", wanted))?;
        let picture = load::picture(case, announced, &self.study.input, &limits)?;
        record.read = Some(read(&picture));
        record.warnings = picture.problems.iter().map(ToString::to_string).collect();
        record.warnings.extend(periodic(&self.study.plan));
        let rois = load::rois(case, &limits)?;
        let named = |e: radiomics::Error| format!("{}: {e}", case.image.display());
        let image = picture.volume.image().map_err(named)?;
        let patterns = if case.rois.is_empty() { &self.study.input.rois } else { &case.rois };
        let patterns: Vec<Pattern> =
            patterns.iter().map(|p| Pattern::parse(p)).collect::<Result<_, _>>()?;
        let chosen = rois.select(&patterns).map_err(|e| e.to_string())?;
        let held = load::bytes(&picture.volume).saturating_add(reading.regions);
        let list = rois.list();
        for index in chosen {
            let name = list.get(index).map_or_else(String::new, |r| r.name.clone());
            let mut region = RegionRecord { region: name, ..RegionRecord::default() };
            let scene = Region { case, picture: &picture, image: &image, rois: &rois, index };
            match self.region(&scene, held, wanted, &mut grant, &mut region) {
                Ok(()) => {}
                Err(Stop::Failure(failure)) => {
                    region.failure = Some(failure);
                    region.values.clear();
                    region.status.clear();
                }
                Err(wait) => return Err(wait),
            }
            record.regions.push(region);
        }
        Ok(())
    }

    fn region(
        &self,
        scene: &Region,
        held: u64,
        wanted: u64,
        grant: &mut Grant,
        record: &mut RegionRecord,
    ) -> Result<(), Stop> {
        let limits = Limits { bytes: self.limit };
        let mask = scene
            .rois
            .mask(scene.index, scene.picture, &self.study.input.mask, &limits)
            .map_err(|e| e.to_string())?;
        record.warnings = mask.notes.clone();
        record.mask_sha256 = mask_digest(&mask);
        let named = |e: radiomics::Error| format!("{}: {e}", scene.case.regions.display());
        let region = mask.region().map_err(named)?;
        let bounds = region.bounds(&Watch::silent()).map_err(named)?;
        let bounds = bounds.ok_or_else(|| named_empty(scene))?;
        let plan = &self.study.plan;
        let workers = radiomics::Executor::workers(&self.threads);
        let footprint = plan.workspace(&Grid::of(scene.image), bounds, workers).map_err(named)?;
        let words = footprint.words();
        let pictures = if self.pictures.is_some() { PICTURE } else { 0 };
        let total = [mask.cells.len() as u64, (words as u64).saturating_mul(8), pictures]
            .iter()
            .fold(held, |sum, part| sum.saturating_add(*part));
        if total > self.budget.limit() {
            return Err(Stop::Failure(
                self.too_large(&format!("the region \"{}\"", mask.name), total),
            ));
        }
        // What reading took stays reserved for the next region's mask.
        if !grant.resize(total.max(wanted)) {
            return Err(Stop::Wait(total.max(wanted)));
        }
        let mut workspace = Vec::new();
        workspace.try_reserve_exact(words).map_err(|_| {
            format!("there is no memory for its workspace of {}", size::show(8 * words as u64))
        })?;
        workspace.resize(words, 0u64);
        let mut numbers = vec![0.0; plan.len()];
        let mut status = vec![Status::NotComputed; plan.len()];
        let host = Host { executor: &self.threads, progress: None };
        let mut drawn = Ok(());
        let path =
            self.pictures.map(|folder| folder.join(picture::file(&scene.case.name, &mask.name)));
        let mut draw = |observed: &Observed| {
            if let Some(path) = &path {
                let view = picture::Scene {
                    case: &scene.case.name,
                    picture: scene.picture,
                    image: scene.image,
                    mask: &mask,
                    settings: plan.settings(),
                };
                drawn = picture::write(path, &view, observed);
            }
        };
        let summary = plan
            .extract_observed(
                scene.image,
                &region,
                &host,
                &mut workspace,
                Some(&mut draw),
                &mut numbers,
                &mut status,
            )
            .map_err(named)?;
        drawn?;
        record.voxels = (&summary).into();
        if summary.morphological_voxels == 0 {
            return Err(Stop::Failure(format!(
                "no voxel of the region is left after interpolation to {:?} mm",
                summary.grid_spacing
            )));
        }
        if let Some(levels) = summary.grey_levels.filter(|l| !(4..=1000).contains(l)) {
            record.warnings.push(format!(
                "{} voxels in {levels} grey levels: does the discretisation fit the unit of the intensities? (discretise.bin_width, discretise.bin_count)",
                summary.intensity_voxels
            ));
        }
        let values: Vec<Value> =
            numbers.iter().zip(&status).map(|(n, s)| Value::stored(*n, *s)).collect();
        record.keep(&values);
        Ok(())
    }

    fn too_large(&self, what: &str, bytes: u64) -> String {
        format!(
            "{what} needs {} of memory, the limit is {}: raise --memory, or crop the image",
            size::show(bytes),
            size::show(self.budget.limit())
        )
    }
}

/// What one region is made of.
struct Region<'s> {
    case: &'s Case,
    picture: &'s Picture,
    image: &'s Image<'s>,
    rois: &'s Rois,
    index: usize,
}

fn named_empty(scene: &Region) -> String {
    format!("{}: the region is empty", scene.case.regions.display())
}

/// What the record says of an image. Nothing of the patient.
fn read(picture: &Picture) -> ImageRecord {
    let mut record = ImageRecord {
        modality: picture.modality.clone(),
        unit: picture.unit.clone(),
        files: picture.files.len(),
        pixels_sha256: digest::pixels(&picture.volume),
        geometry_sha256: digest::geometry(&picture.volume.geometry),
        uptake: picture.suv.as_ref().map(|s| {
            format!(
                "{} from {} times {}, {} seconds from injection to {}",
                s.normalisation,
                s.units,
                s.factor,
                s.seconds,
                if s.reference.is_empty() { "nothing (uptake already)" } else { s.reference }
            )
        }),
        ..ImageRecord::default()
    };
    record.place(picture.volume.shape, &picture.volume.geometry);
    record
}

/// Of the voxels inside, wherever the box around them ends.
fn mask_digest(mask: &Mask) -> String {
    let mut parts = digest::Parts::default();
    let numbers = mask.grid.iter().chain(&mask.within.start).chain(&mask.within.shape);
    let numbers: Vec<u8> = numbers.flat_map(|n| (*n as u64).to_le_bytes()).collect();
    parts.add(numbers).add(&mask.cells);
    parts.hex()
}

/// What to know where filters are periodic and the settings say otherwise.
pub fn periodic(plan: &Plan) -> Option<String> {
    let boundary = plan.settings().get("filter.boundary").ok()?.to_string();
    let names: Vec<String> =
        plan.filters().iter().filter(|f| f.is_periodic()).map(|f| f.to_string()).collect();
    (!names.is_empty() && boundary != "periodic").then(|| {
        format!("{}: periodic by definition, not {boundary} as filter.boundary", names.join(", "))
    })
}
