// Loaded before the command (`node --import`): makes the file operation fail whose number the environment gives.
//
//     GOSA_TEST_FAULT=kill:17      kills the process (SIGKILL) before the 17th; a write is done by half
//     GOSA_TEST_FAULT=ENOSPC:17    a full disk from the 17th on: half of each write is done, then it fails

import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [fault, number] = (process.env.GOSA_TEST_FAULT ?? 'none:0').split(':')
let operations = 0

/**
 * Performs the operation, or fails it after performing `half`.
 * @param {() => Promise<unknown>} operation
 * @param {boolean} writes
 * @param {() => Promise<unknown>} half
 */
async function perform(operation, writes, half = async () => {}) {
  operations++
  if (fault === 'kill' && operations === Number(number)) {
    await half()
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => {})
  }
  if (fault === 'ENOSPC' && operations >= Number(number) && writes) {
    await half()
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    })
  }
  return operation()
}

/** @param {string | Uint8Array} content */
const halfOf = (content) => content.slice(0, content.length / 2)

const { promises } = fs
const { open, appendFile } = promises

for (const name of /** @type {const} */ (['mkdir', 'readdir', 'rename', 'rm'])) {
  const original = /** @type {(...args: unknown[]) => Promise<unknown>} */ (promises[name])
  Object.assign(promises, {
    [name]: (/** @type {unknown[]} */ ...args) => perform(() => original(...args), false),
  })
}

Object.assign(promises, {
  /** @type {typeof appendFile} */
  appendFile: async (path, content, options) => {
    const write = (/** @type {any} */ part) => appendFile(path, part, options)
    await perform(
      () => write(content),
      true,
      () => write(halfOf(/** @type {string} */ (content))),
    )
  },
  /** @type {(...args: Parameters<typeof open>) => Promise<unknown>} */
  open: async (...args) => {
    const handle = /** @type {fs.promises.FileHandle} */ (await perform(() => open(...args), false))
    const writeFile = handle.writeFile.bind(handle)
    const sync = handle.sync.bind(handle)
    return Object.assign(handle, {
      writeFile: (/** @type {string | Uint8Array} */ content) =>
        perform(
          () => writeFile(content),
          true,
          () => writeFile(halfOf(content)),
        ),
      sync: () => perform(sync, false),
    })
  },
})
syncBuiltinESMExports()
