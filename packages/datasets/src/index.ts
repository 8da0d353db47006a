export { batches, sampleBatch } from './batches.ts'
export { type CsvOptions, type CsvSamples, type CsvTable, parseCsv } from './csv.ts'
export { type GreyImage, toMnistImage } from './digits/like-mnist.ts'
export { strokesToMnistImage } from './digits/strokes-like-mnist.ts'
export {
  drawRawSyntheticDigits,
  rawSyntheticDigits,
  type SyntheticDigitsOptions,
  syntheticDigits,
} from './digits/synthetic-digits.ts'
export { SYNTHETIC_SPLITS } from './digits/synthetic-parts.ts'
export { DataError, type DataErrorCode } from './errors.ts'
export { type IdxArray, parseIdx } from './idx/parse-idx.ts'
export { type SamplesOptions, toSamples } from './images/dataset.ts'
export { gatherImages, type ImageOptions } from './images/gather-images.ts'
export type { RawImages } from './images/raw-images.ts'
export { circles, moons, type PointOptions, type SpiralOptions, spiral, xor } from './points.ts'
export { oneHot, type Standardizer, split, standardizer } from './preprocess.ts'
export type { Samples, Targets } from './samples.ts'
