"""pictologics: every family less Moran's I and Geary's C."""
from pictologics import RadiomicsPipeline, load_image

PACKAGE = "pictologics"


def prepare(image, mask, bins):
    image, mask = load_image(image), load_image(mask)
    families = ["intensity", "morphology", "texture", "histogram", "ivh"]
    # The intensity-volume histogram of whole intensities, in steps of 1; left alone, it takes that of the grey levels.
    what = {"families": families, "include_spatial_intensity": False, "include_local_intensity": True,
            "ivh_use_continuous": True, "ivh_params": {"bin_width": 1.0}}
    pipeline = RadiomicsPipeline()
    pipeline.deduplication_enabled = False
    pipeline.add_config("peer", [{"step": "discretise", "params": {"method": "FBN", "n_bins": bins}},
                                 {"step": "extract_features", "params": what}])
    return lambda: pipeline.run(image, mask, config_names=["peer"])["peer"].to_dict()
