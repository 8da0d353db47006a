export { failure, usageError } from './errors.ts'
