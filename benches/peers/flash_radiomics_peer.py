"""flash-radiomics: all scalar classes, on the processor."""
import tempfile

import SimpleITK as sitk
from flash_radiomics import RadiomicsFeatureExtractor

PACKAGE = "flash-radiomics"
FOLDER = tempfile.TemporaryDirectory()


def prepare(image, mask, bins):
    image, mask = sitk.ReadImage(image), sitk.ReadImage(mask)
    extractor = RadiomicsFeatureExtractor({"setting": {"binCount": bins, "additionalInfo": False},
                                           "scalarFeatureClass": {}}, backend="cpu", num_threads=1)
    return lambda: dict(extractor.execute(image, mask, output_hdf5_path=FOLDER.name + "/out.h5"))
