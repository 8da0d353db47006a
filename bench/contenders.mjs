import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const file = (name) => fileURLToPath(new URL(`./contenders/${name}`, import.meta.url))

/** Node 20 needs a flag for relaxed SIMD; later versions do not know it. */
const flags = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : []

/** Contenders that use threads are measured with one thread and with one per processor. */
export const counts = [...new Set([1, cpus().length])]
const threadsOf = (threads) => (threads === 1 ? 'one thread' : `${threads} threads`)

/** All contenders, ours first. `native` marks those that are not JavaScript. */
export function contenders(folder, { python = defaultPython(), only = '' } = {}) {
  const node = (name, script, ...args) => ({
    name,
    command: process.execPath,
    args: [...flags, file(script), folder, ...args],
  })
  const native = (name, which, threads) => ({
    name: `${name}, ${threadsOf(threads)}`,
    native: true,
    command: python,
    args: [file('native.py'), folder, which, String(threads)],
    env: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
  })
  const all = [
    node('Gosa', 'gosa.mjs', 'wasm', 'compressed'),
    node('Gosa, fused multiply-add', 'gosa.mjs', 'fma', 'compressed'),
    ...counts
      .slice(1)
      .map((threads) =>
        node(`Gosa, ${threadsOf(threads)}`, 'gosa.mjs', 'wasm', 'compressed', String(threads)),
      ),
    node('Gosa with BLAS', 'gosa.mjs', 'blas', 'compressed'),
    node('Gosa with BLAS, images not compressed', 'gosa.mjs', 'blas', 'dense'),
    node('Gosa, images not compressed', 'gosa.mjs', 'wasm', 'dense'),
    node('Gosa, backend js', 'gosa.mjs', 'js', 'dense'),
    ...counts.flatMap((threads) => [
      native('NumPy float32', 'numpy32', threads),
      native('PyTorch', 'torch', threads),
      native('scikit-learn', 'sklearn', threads),
    ]),
    native('NumPy float64', 'numpy64', 1),
    node('TensorFlow.js wasm, variableGrads', 'tfjs.mjs', 'wasm', 'ordinary'),
    node('TensorFlow.js wasm, gradients by hand', 'tfjs.mjs', 'wasm', 'tuned'),
    node('TensorFlow.js cpu, variableGrads', 'tfjs.mjs', 'cpu', 'ordinary'),
    node('jax-js wasm, jit', 'jax-js.mjs'),
    node('ml-matrix', 'ml-matrix.mjs'),
    node('ConvNetJS', 'convnetjs.mjs'),
    node('brain.js', 'brain.mjs'),
    ...counts.flatMap((threads) => [
      node(`onnxruntime-node, ${threadsOf(threads)}`, 'onnxruntime.mjs', 'onnxruntime-node', String(threads)),
      node(
        `onnxruntime-web wasm, ${threadsOf(threads)}`,
        'onnxruntime.mjs',
        'onnxruntime-web',
        String(threads),
      ),
    ]),
  ]
  return all.filter(({ name }) => name.toLowerCase().startsWith(only.toLowerCase()))
}

/** Debian's packages belong to Debian's Python, which need not be the first one on the path. */
export const defaultPython = () => (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3')
