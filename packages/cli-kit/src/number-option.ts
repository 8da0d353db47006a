export { integer as wholeNumber } from './options.ts'
