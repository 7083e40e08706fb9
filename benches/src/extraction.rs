//! One extraction, ready to be repeated: plan, image, region and memory.

use radiomics::host::Executor;
use radiomics::plan::Grid;
use radiomics::{Error, Host, Image, Plan, Region, Settings, Status};

use crate::Input;

/// A plan with the memory it needs for an input.
#[derive(Debug)]
pub struct Extraction<'i> {
    image: Image<'i>,
    region: Region<'i>,
    plan: Plan,
    workspace: Vec<u64>,
    values: Vec<f64>,
    status: Vec<Status>,
}

impl<'i> Extraction<'i> {
    /// The features that `selectors` name (all without any) under settings, for a number of workers.
    ///
    /// # Errors
    /// What the settings or the selectors lack.
    pub fn new(
        input: &'i Input,
        spacing: [f64; 3],
        settings: &[(&str, &str)],
        selectors: &[&str],
        workers: usize,
    ) -> Result<Self, Error> {
        Self::of(input.scan(spacing)?, input.region()?, settings, selectors, workers)
    }

    /// The same for any image and region.
    ///
    /// # Errors
    /// What the settings or the selectors lack.
    pub fn of(
        image: Image<'i>,
        region: Region<'i>,
        settings: &[(&str, &str)],
        selectors: &[&str],
        workers: usize,
    ) -> Result<Self, Error> {
        let mut chosen = Settings::default();
        for (key, value) in settings {
            chosen.set(key, value)?;
        }
        let mut plan = Plan::new(&chosen)?;
        if !selectors.is_empty() {
            plan.select(selectors)?;
        }
        let bounds = region
            .bounding_box()
            .ok_or_else(|| Error::invalid("region", 0usize, "a region with voxels"))?;
        let words = plan.workspace(&Grid::of(&image), bounds, workers)?.words();
        let (values, status) = (vec![0.0; plan.len()], vec![Status::Ok; plan.len()]);
        Ok(Self { image, region, plan, workspace: vec![0; words], values, status })
    }

    /// Bytes of workspace.
    pub fn bytes(&self) -> usize {
        8 * self.workspace.len()
    }

    /// Extracts once. The function keeps its name in the program, where instructions are counted.
    ///
    /// # Errors
    /// None that a benchmark should meet.
    #[inline(never)]
    pub fn run<E: Executor>(&mut self, executor: &E) -> Result<&[f64], Error> {
        let host = Host { executor, progress: None };
        self.plan.extract(
            &self.image,
            &self.region,
            &host,
            &mut self.workspace,
            &mut self.values,
            &mut self.status,
        )?;
        Ok(&self.values)
    }
}
