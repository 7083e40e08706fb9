"""pyradiomics: shape, first order, and its five texture classes."""
import logging

import SimpleITK as sitk
from radiomics import featureextractor

PACKAGE = "pyradiomics"
logging.getLogger("radiomics").setLevel(logging.ERROR)


def prepare(image, mask, bins):
    image, mask = sitk.ReadImage(image), sitk.ReadImage(mask)
    extractor = featureextractor.RadiomicsFeatureExtractor(binCount=bins, additionalInfo=False)
    extractor.disableAllFeatures()
    for family in ("shape", "firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm"):
        extractor.enableFeatureClassByName(family)
    return lambda: dict(extractor.execute(image, mask))
