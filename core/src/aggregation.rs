//! How the matrices of slices and directions become one value.

/// One way of aggregating, with its IBSI code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Aggregation {
    /// Does not apply: the feature is volumetric (IBSI DHQ4).
    None = 0,
    /// Per slice and direction, then the mean (BTW3).
    Averaged2D = 1,
    /// Directions merged within a slice, then the mean over slices (SUJT).
    SliceMerged2D = 2,
    /// Slices merged per direction, then the mean over directions (JJUI).
    DirectionMerged2_5D = 3,
    /// Slices and in-plane directions merged (ZW7Z).
    Merged2_5D = 4,
    /// Per 3D direction, then the mean (ITBB).
    Averaged3D = 5,
    /// 3D directions merged (IAZD).
    Merged3D = 6,
    /// Without direction: per slice, then the mean (8QNN).
    Slices2D = 7,
    /// Without direction: slices merged (62GR).
    Slices2_5D = 8,
    /// Without direction: the volume at once (KOBO).
    Volume3D = 9,
}

impl Aggregation {
    /// The six ways for families with directions (GLCM, GLRLM), in the order of the IBSI tables.
    pub const DIRECTIONAL: [Aggregation; 6] = [
        Aggregation::Averaged2D,
        Aggregation::SliceMerged2D,
        Aggregation::DirectionMerged2_5D,
        Aggregation::Merged2_5D,
        Aggregation::Averaged3D,
        Aggregation::Merged3D,
    ];
    /// The three ways for families without directions.
    pub const DIRECTIONLESS: [Aggregation; 3] =
        [Aggregation::Slices2D, Aggregation::Slices2_5D, Aggregation::Volume3D];

    /// Its place in [`Aggregation::DIRECTIONAL`] or [`Aggregation::DIRECTIONLESS`], where families write its values;
    /// 0 for [`Aggregation::None`].
    pub const fn place(self) -> usize {
        match self {
            Aggregation::None | Aggregation::Averaged2D | Aggregation::Slices2D => 0,
            Aggregation::SliceMerged2D | Aggregation::Slices2_5D => 1,
            Aggregation::DirectionMerged2_5D | Aggregation::Volume3D => 2,
            Aggregation::Merged2_5D => 3,
            Aggregation::Averaged3D => 4,
            Aggregation::Merged3D => 5,
        }
    }

    /// The IBSI code.
    pub const fn code(self) -> &'static str {
        match self {
            Aggregation::None => "DHQ4",
            Aggregation::Averaged2D => "BTW3",
            Aggregation::SliceMerged2D => "SUJT",
            Aggregation::DirectionMerged2_5D => "JJUI",
            Aggregation::Merged2_5D => "ZW7Z",
            Aggregation::Averaged3D => "ITBB",
            Aggregation::Merged3D => "IAZD",
            Aggregation::Slices2D => "8QNN",
            Aggregation::Slices2_5D => "62GR",
            Aggregation::Volume3D => "KOBO",
        }
    }

    /// The words of the IBSI reference tables.
    pub const fn words(self) -> &'static str {
        match self {
            Aggregation::None | Aggregation::Volume3D => "3D",
            Aggregation::Averaged2D | Aggregation::Slices2D => "2D averaged",
            Aggregation::SliceMerged2D => "2D slice-merged",
            Aggregation::DirectionMerged2_5D => "2.5D direction-merged",
            Aggregation::Merged2_5D | Aggregation::Slices2_5D => "2.5D merged",
            Aggregation::Averaged3D => "3D averaged",
            Aggregation::Merged3D => "3D merged",
        }
    }

    /// What the IBSI tables append to a feature's tag.
    pub const fn tag_suffix(self) -> &'static str {
        match self {
            Aggregation::None => "",
            Aggregation::Averaged2D => "_2D_avg",
            Aggregation::SliceMerged2D => "_2D_comb",
            Aggregation::DirectionMerged2_5D => "_2_5D_avg",
            Aggregation::Merged2_5D => "_2_5D_comb",
            Aggregation::Averaged3D => "_3D_avg",
            Aggregation::Merged3D => "_3D_comb",
            Aggregation::Slices2D => "_2D",
            Aggregation::Slices2_5D => "_2_5D",
            Aggregation::Volume3D => "_3D",
        }
    }

    /// The extent over which matrices are counted.
    pub const fn extent(self) -> Extent {
        match self {
            Aggregation::Averaged2D | Aggregation::SliceMerged2D | Aggregation::Slices2D => {
                Extent::Slice
            }
            Aggregation::DirectionMerged2_5D
            | Aggregation::Merged2_5D
            | Aggregation::Slices2_5D => Extent::SlicesMerged,
            Aggregation::None
            | Aggregation::Averaged3D
            | Aggregation::Merged3D
            | Aggregation::Volume3D => Extent::Volume,
        }
    }
}

/// Where neighbours are looked for, and over what counts are collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// 2D: neighbours within a slice, one matrix a slice.
    Slice,
    /// 2.5D: neighbours within a slice, one matrix of all slices.
    SlicesMerged,
    /// 3D: neighbours in the volume, one matrix.
    Volume,
}

/// A set of aggregations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aggregations(u16);

impl Aggregations {
    /// No aggregation.
    pub const EMPTY: Aggregations = Aggregations(0);

    /// The set with one more member.
    #[must_use]
    pub const fn with(self, aggregation: Aggregation) -> Self {
        Self(self.0 | 1 << aggregation as u16)
    }

    /// Whether a member is there.
    pub const fn has(self, aggregation: Aggregation) -> bool {
        self.0 >> aggregation as u16 & 1 == 1
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether any member counts over this extent.
    pub fn has_extent(self, extent: Extent) -> bool {
        self.iter().any(|a| a.extent() == extent)
    }

    /// The members.
    pub fn iter(self) -> impl Iterator<Item = Aggregation> {
        [Aggregation::None]
            .into_iter()
            .chain(Aggregation::DIRECTIONAL)
            .chain(Aggregation::DIRECTIONLESS)
            .filter(move |a| self.has(*a))
    }

    /// For families without directions: 2D, 2.5D and 3D where any directional member has this extent.
    #[must_use]
    pub fn directionless(self) -> Self {
        Aggregation::DIRECTIONLESS
            .into_iter()
            .filter(|a| self.has_extent(a.extent()))
            .fold(Self::EMPTY, Self::with)
    }
}

impl FromIterator<Aggregation> for Aggregations {
    fn from_iter<I: IntoIterator<Item = Aggregation>>(iter: I) -> Self {
        iter.into_iter().fold(Self::EMPTY, Self::with)
    }
}
