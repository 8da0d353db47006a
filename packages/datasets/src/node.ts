export { type LoadOptions, loadIdxFolder, loadMnist, type SplitDataset } from './node/load-mnist.ts'
