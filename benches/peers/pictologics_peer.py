"""pictologics: every family less Moran's I and Geary's C."""
from pictologics import RadiomicsPipeline, load_image

PACKAGE = "pictologics"


def prepare(image, mask, bins):
    image, mask = load_image(image), load_image(mask)
    families = ["intensity", "morphology", "texture", "histogram", "ivh"]
    what = {"families": families, "include_spatial_intensity": False, "include_local_intensity": True}
    pipeline = RadiomicsPipeline()
    pipeline.deduplication_enabled = False
    pipeline.add_config("peer", [{"step": "discretise", "params": {"method": "FBN", "n_bins": bins}},
                                 {"step": "extract_features", "params": what}])
    return lambda: pipeline.run(image, mask, config_names=["peer"])["peer"].to_dict()
