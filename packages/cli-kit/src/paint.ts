export type { Environment } from './colors.ts'
