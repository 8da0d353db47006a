/** `@gosa/mpi`: processes on one machine or many that train one network. */
export { type ConnectOptions, connect, type Group, type NumberArray } from './connect.ts'
export {
  type Distributable,
  type DistributedModel,
  type DistributeOptions,
  distribute,
  type Targets,
} from './distribute.ts'
export type { Environment } from './launcher.ts'
