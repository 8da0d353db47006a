export { matchers } from './matchers/matchers.ts'
