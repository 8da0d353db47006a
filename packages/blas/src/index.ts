/** `@gosa/blas`: matrix products by an installed BLAS. */
export { type BlasInUse, type UseBlasOptions, useBlas } from './use-blas.ts'
