/** Gradients of functions of matrices, with ml-matrix. */
import { determinant, inverse, Matrix } from 'ml-matrix'

const x = [
  [2, 0.5],
  [0.3, 1],
]

/** ∂det X/∂X = det X · X⁻ᵀ */
export const det = {
  f: (rows: number[][]): number => determinant(new Matrix(rows)),
  gradient: (rows: number[][]): Matrix =>
    inverse(new Matrix(rows))
      .transpose()
      .mul(determinant(new Matrix(rows))),
  x,
}

/** Y = X⁻¹, dX = −Yᵀ·dY·Yᵀ */
export const inverseMatrix = {
  f: (rows: number[][]): Matrix => inverse(new Matrix(rows)),
  vjp(rows: number[][], dout: number[][]): Matrix {
    const Yt = inverse(new Matrix(rows)).transpose()
    return Yt.mmul(new Matrix(dout)).mmul(Yt).mul(-1)
  },
  x,
}
