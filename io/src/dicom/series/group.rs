//! Which files make one volume.

use std::collections::{BTreeMap, HashSet};

use super::Series;
use super::stack::stack;
use crate::dicom::header::{Header, PHASES};
use crate::dicom::problem::Problem;

/// A file and one of its frames.
type Slice = [usize; 2];

/// Directions that differ by less are the same; headers round to six digits.
const SAME_DIRECTION: f64 = 1e-4;

/// Makes volumes of image files: one for each series, or several where it mixes what cannot be one volume.
pub(in crate::dicom) fn group(files: Vec<Header>) -> Vec<Series> {
    let mut by_series: BTreeMap<String, Vec<Header>> = BTreeMap::new();
    for file in files {
        by_series.entry(file.series.clone()).or_default().push(file);
    }
    by_series.into_values().flat_map(one).collect()
}

/// The volumes of one series.
fn one(files: Vec<Header>) -> Vec<Series> {
    let mut seen = HashSet::new();
    let before = files.len();
    let files: Vec<Header> =
        files.into_iter().filter(|f| seen.insert(f.instance.clone())).collect();
    let repeated = before - files.len();
    let mut kinds: Vec<Vec<Slice>> = Vec::new();
    for (f, file) in files.iter().enumerate() {
        for n in 0..file.frames.len() {
            let like = kinds.iter_mut().find(|k| difference(&files, k[0], [f, n]).is_none());
            match like {
                Some(kind) => kind.push([f, n]),
                None => kinds.push(vec![[f, n]]),
            }
        }
    }
    let differs =
        kinds.get(1).and_then(|other| difference(&files, kinds[0][0], other[0])).unwrap_or("");
    let mut parts: Vec<(Vec<Slice>, &'static str)> = Vec::new();
    for kind in kinds {
        let phases = phases(&files, kind);
        let several = phases.len() > 1;
        parts.extend(
            phases
                .into_iter()
                .map(|p| (p, if several { "time, echo or acquisition" } else { differs })),
        );
    }
    let volumes = parts.len();
    // The largest first; the sort is stable, so equals keep the order of their files.
    parts.sort_by_key(|(slices, _)| std::cmp::Reverse(slices.len()));
    parts
        .into_iter()
        .enumerate()
        .map(|(i, (slices, differs))| {
            let mut series = stack(&files, slices);
            series.part = i + 1;
            if volumes > 1 {
                series.problems.push(Problem::Mixed { volumes, differs });
            }
            if repeated > 0 {
                series.problems.push(Problem::RepeatedFiles { count: repeated });
            }
            series
        })
        .collect()
}

/// In what two slices differ, if they cannot belong to one volume.
fn difference(files: &[Header], [f, n]: Slice, [g, m]: Slice) -> Option<&'static str> {
    let (a, b) = (&files[f], &files[g]);
    let (p, q) = (&a.frames[n], &b.frames[m]);
    let far = |x: f64, y: f64, most: f64| (x - y).abs() > most;
    if a.frame_of_reference != b.frame_of_reference {
        return Some("frame of reference");
    }
    if [a.format.rows, a.format.columns] != [b.format.rows, b.format.columns] {
        return Some("size");
    }
    let mut directions = p.axes.as_flattened().iter().zip(q.axes.as_flattened());
    if directions.any(|(x, y)| far(*x, *y, SAME_DIRECTION)) {
        return Some("orientation");
    }
    if p.spacing.iter().zip(q.spacing).any(|(x, y)| far(*x, y, SAME_DIRECTION * x)) {
        return Some("pixel spacing");
    }
    None
}

/// Where every place is taken several times: the sets that an attribute tells apart, if each takes a place once.
fn phases(files: &[Header], slices: Vec<Slice>) -> Vec<Vec<Slice>> {
    if !repeats(files, &slices) {
        return vec![slices];
    }
    let split = |key: &dyn Fn(Slice) -> Option<String>| {
        let mut sets: BTreeMap<(usize, Option<String>), Vec<Slice>> = BTreeMap::new();
        for slice in &slices {
            let key = key(*slice);
            // Numbers in their own order: the shorter text first.
            sets.entry((key.as_ref().map_or(0, String::len), key)).or_default().push(*slice);
        }
        let sets: Vec<Vec<Slice>> = sets.into_values().collect();
        (sets.len() > 1 && sets.iter().all(|s| !repeats(files, s))).then_some(sets)
    };
    if let Some(sets) = split(&|[f, n]| files[f].frames[n].phase.clone()) {
        return sets;
    }
    (0..PHASES.len())
        .find_map(|i| split(&|[f, _]| files[f].phases[i].clone()))
        .unwrap_or_else(|| vec![slices])
}

/// Whether two slices lie at one place.
fn repeats(files: &[Header], slices: &[Slice]) -> bool {
    let mut places = super::stack::places(files, slices);
    places.sort_by(f64::total_cmp);
    places.windows(2).any(|w| w[1] - w[0] < super::stack::SAME_PLACE_MM)
}
