/** `@gosa/networks/node`: model files on disk. */

export { readModel, writeModel } from './node/model-files.ts'
