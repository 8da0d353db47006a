/** Reads the signatures of the kernels, which are the exported generic functions in `kernels/`, and writes them as code. */
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('./kernels/', import.meta.url)

const KERNEL =
  /^(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?(?:\/\/.*\n)?export function (\w+)<T>\(([^)]*)\): (\w+) \{/gm

/** The types of AssemblyScript that a kernel's signature may have, as TypeScript sees them from outside. */
const TYPESCRIPT = { usize: 'number', i32: 'number', f64: 'number', bool: 'boolean', void: 'void' }

/** Returns the kernels: file, doc comment, name, parameters, type of the result. */
export function readKernels(folder = FOLDER) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return files.sort().flatMap((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8')
    return [...source.matchAll(KERNEL)].map(([, comment = '', name, list, result]) => {
      const parameters = [...list.matchAll(/(\w+): (\w+)/g)].map(([, name, type]) => ({ name, type }))
      for (const { type } of [...parameters, { type: result }]) {
        if (!(type in TYPESCRIPT))
          throw new Error(`kernels/${file}: ${name} has a ${type}; use ${Object.keys(TYPESCRIPT)}`)
      }
      return { file: file.slice(0, -3), comment, name, parameters, result }
    })
  })
}

/** Returns AssemblyScript that exports each kernel for both dtypes. */
export function toExports(kernels) {
  const files = [...new Set(kernels.map(({ file }) => file))]
  const imports = files.map((file, i) => `import * as file${i} from './kernels/${file}'\n`)
  const functions = kernels.flatMap(({ file, name, parameters, result }) =>
    ['f32', 'f64'].map((type) => {
      const list = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join(', ')
      const call = `file${files.indexOf(file)}.${name}<${type}>(${parameters.map((parameter) => parameter.name).join(', ')})`
      const body = result === 'void' ? call : `return ${call}`
      return `export function ${name}${type.slice(1)}(${list}): ${result} { ${body} }\n`
    }),
  )
  return `${imports.join('')}\n${functions.join('')}`
}

/** Returns TypeScript with the interface of the kernels of one dtype, and their names. */
export function toSignatures(kernels, type = 'WasmKernels', constant = 'KERNEL_NAMES') {
  const methods = kernels.map(({ comment, name, parameters, result }) => {
    const list = parameters.map((parameter) => `${parameter.name}: ${TYPESCRIPT[parameter.type]}`).join(', ')
    // A boolean comes back as 0 or 1.
    const resultType = result === 'bool' ? 'number' : TYPESCRIPT[result]
    return `${comment.replace(/^(?=.)/gm, '  ')}  ${name}(${list}): ${resultType}\n`
  })
  return `/** The kernels of one dtype; an address is a number of bytes. */
export interface ${type} {
${methods.join('')}}

/** The names of all kernels. A job of threads refers to one by its position. */
export const ${constant} = ${JSON.stringify(kernels.map(({ name }) => name))} as const
`
}
