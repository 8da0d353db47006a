/* Old names of the data sets' types. They go when the trainer uses the new ones. */

export type { NamedDataset as NamedData } from './data/load-data.ts'
export { isDatasetName as isSetName } from './data/named-sets.ts'
