"""mirp: every family but morphology, whose Moran's I and Geary's C it cannot leave out."""
import itk
from mirp import extract_features

PACKAGE = "mirp"


def prepare(image, mask, bins):
    image, mask = (itk.array_from_image(itk.imread(path)) for path in (image, mask))
    # Of whole numbers, mirp makes the means around a voxel whole, too.
    image = image.astype(float)
    families = ["local_intensity", "statistics", "ih", "ivh", "cm", "rlm", "szm", "dzm", "ngtdm", "ngldm"]

    def run():
        table = extract_features(image=image, mask=mask, image_modality="ct", image_spacing=(1.0, 1.0, 1.0),
                                 base_feature_families=families, by_slice=False,
                                 base_discretisation_method="fixed_bin_number", base_discretisation_n_bins=bins,
                                 glcm_spatial_method=["3d_average", "3d_volume_merge"],
                                 glrlm_spatial_method=["3d_average", "3d_volume_merge"], num_cpus=1)[0]
        # The names end in the discretisation.
        return {name.removesuffix(f"_fbn_n{bins}"): value for name, value in table.iloc[0].to_dict().items()}

    return run
