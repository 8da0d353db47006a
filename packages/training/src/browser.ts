/** `@gosa/training/browser`: training in a Web Worker. */

export {
  type DescribedModel,
  type EventfulSignal,
  type FitInWorkerOptions,
  fitInWorker,
} from './browser/fit-in-worker.ts'
