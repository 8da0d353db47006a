import type { Backend } from '../backend.ts'
import { axpy } from './axpy.ts'
import { binary } from './binary.ts'
import { logSoftmax } from './log-softmax.ts'
import { matmul } from './matmul.ts'
import { reduce } from './reduce.ts'
import { unary } from './unary.ts'

/** The reference: plain TypeScript, sums in float64 whatever the dtype, rounded when stored. */
export const js: Backend = { name: 'js', matmul, unary, binary, reduce, logSoftmax, axpy }
