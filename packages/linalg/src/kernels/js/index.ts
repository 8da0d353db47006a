/** The reference backend: plain TypeScript, sums in float64 whatever the dtype, rounded when stored. */
import type { Backend } from '../backend.ts'
import { axpy, binary, unary } from './elementwise.ts'
import { matmul } from './matmul.ts'
import { logSoftmax, reduce } from './reduce.ts'

export const js: Backend = { name: 'js', matmul, unary, binary, reduce, logSoftmax, axpy }
