import { generate } from './build.mjs'

/** Tests run on kernels made from the present sources. */
export async function setup() {
  await generate()
}
