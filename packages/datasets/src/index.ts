export { batches } from './batches.ts'
export { type CsvOptions, type CsvTable, parseCsv } from './csv/parse-csv.ts'
export { DataError, type DataErrorCode } from './data-error.ts'
export { type GreyImage, likeMnist } from './digits/like-mnist.ts'
export { strokesLikeMnist } from './digits/strokes-like-mnist.ts'
export {
  drawSyntheticPixels,
  type SyntheticDigitsOptions,
  syntheticDigits,
  syntheticPixels,
} from './digits/synthetic-digits.ts'
export { SYNTHETIC_PARTS } from './digits/synthetic-parts.ts'
export { type IdxArray, parseIdx } from './idx/parse-idx.ts'
export { type Dataset, type DatasetOptions, toDataset } from './images/dataset.ts'
export { gatherImages, type ImageOptions } from './images/gather-images.ts'
export type { PixelSet } from './images/pixel-set.ts'
export { encodeNpy, type NpyContent } from './npy/encode-npy.ts'
export { encodeNpz } from './npy/encode-npz.ts'
export { type NpyArray, parseNpy } from './npy/parse-npy.ts'
export { parseNpz } from './npy/parse-npz.ts'
export { oneHot } from './one-hot.ts'
export { circles, moons, type PointOptions, xor } from './points/moons.ts'
export type { PointSet } from './points/point-set.ts'
export { type SpiralOptions, spiral } from './points/spiral.ts'
export { sampleBatch } from './sample-batch.ts'
export { type Samples, split } from './split.ts'
export { type Standardizer, standardizer } from './standardize.ts'
