/** Global setup of vitest: tests run on kernels that are compiled from the present sources. */
import { generate } from './build.mjs'

export async function setup() {
  await generate()
}
