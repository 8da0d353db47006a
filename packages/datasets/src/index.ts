/** `@gosa/datasets`: what works in every engine. */

export { batches, sampleBatch } from './batches.ts'
export {
  type CsvOptions,
  type CsvSamples,
  type CsvSource,
  type CsvTable,
  parseCsv,
  parseCsvStream,
} from './csv/parse-csv.ts'
export { type GreyImage, strokesToMnistImage, toMnistImage } from './digits/mnist-image.ts'
export {
  drawRawSyntheticDigits,
  rawSyntheticDigits,
  SYNTHETIC_SPLITS,
  type SyntheticDigitsOptions,
  syntheticDigits,
} from './digits/synthetic-digits.ts'
export { DataError, type DataErrorCode } from './errors.ts'
export { type IdxArray, parseIdx } from './idx.ts'
export {
  gatherImages,
  type ImageOptions,
  type RawImages,
  type SamplesOptions,
  toSamples,
} from './images/raw-images.ts'
export { circles, moons, type PointOptions, type SpiralOptions, spiral, xor } from './points.ts'
export { oneHot, type SplitOptions, type Standardizer, split, standardizer } from './preprocess.ts'
export type { Samples, Targets } from './samples.ts'
export {
  type NamedValues,
  type NumberArray,
  tableFromArrays,
  tableFromRows,
} from './table/create-table.ts'
export { decodeTargets, encodedNames, encodeFeatures, encodeTargets, type Rows } from './table/encode.ts'
export type { Fill } from './table/learn.ts'
export type {
  CategoryFeature,
  ClassTarget,
  NumberFeature,
  NumberTarget,
  TablePreprocessing,
} from './table/preprocessing.ts'
export type { ColumnTexts, Table, TableColumn } from './table/table.ts'
export { type TableDataset, type TableDatasetOptions, tableDataset } from './table/table-dataset.ts'
