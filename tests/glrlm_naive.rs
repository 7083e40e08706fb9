//! Run lengths against the definition, on random boxes.

use proptest::prelude::*;
use radiomics::family::glrlm;
use radiomics::volume::Level;
use radiomics::{Aggregation, Aggregations, Arena, Value, Watch};
use support::boxes::{LevelBox, level_boxes};
use support::compare::assert_same;

use crate::naive::glrlm as naive;

fn compare<L: Level>(b: &LevelBox) {
    let which: Aggregations = Aggregation::DIRECTIONAL.into_iter().collect();
    b.with::<L, _>(1, |levels| {
        let mut workspace = vec![u64::MAX; glrlm::footprint(b.shape, b.count, which).words()];
        let mut out = [[Value::PENDING; glrlm::FEATURES]; 6];
        let watch = Watch::silent();
        glrlm::extract(levels, which, &watch, Arena::new(&mut workspace), &mut out)
            .expect("features");
        for (aggregation, got) in Aggregation::DIRECTIONAL.into_iter().zip(out) {
            let want = naive::aggregated(b, aggregation);
            for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
                assert_same(&format!("{aggregation:?} feature {k}"), got, want, 1e-10);
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn few_levels(b in level_boxes(5, 4)) {
        compare::<u8>(&b);
        compare::<u16>(&b);
    }

    /// Levels so high that a dense table would be too large.
    #[test]
    fn many_levels(b in level_boxes(5, 4)) {
        let levels = b.levels.iter().map(|l| l * 16_000).collect();
        compare::<u16>(&LevelBox { shape: b.shape, levels, count: b.count * 16_000 });
    }
}
