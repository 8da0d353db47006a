/** What the tests of guides share: the commands and blocks of a page, and how they are run. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
export const read = (relative: string): string => readFileSync(path(relative), 'utf8')

/** The blocks of a page: language and text. */
export const blocks = (page: string): string[][] =>
  [...page.matchAll(/^```(\w+).*\n([\s\S]*?)\n```$/gm)].map(([, ...block]) => block)

/** The commands of a page, each with its output. */
export const steps = (page: string): { command: string; output: string }[] =>
  [...page.matchAll(/^ {4}\$ (.*)((?:\n {4}(?!\$ ).*|\n(?=\n {4}(?!\$ )))*)/gm)].map(
    ([, command, output]) => ({
      command,
      output: output.replace(/^ {4}/gm, '').trim(),
    }),
  )

/** Runs a command in a folder; resolves to its exit code and output. */
export const run = (program: string, words: readonly string[], cwd: string) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(program, words, { cwd, env: { ...process.env, GOSA_DATA_DIR: '' } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    )
  })

/** Runs a server while `use` runs with its address, which is what the server prints first. */
export async function whileServing<T>(
  [program, words, cwd]: readonly [program: string, words: readonly string[], cwd: string],
  use: (address: string) => Promise<T>,
): Promise<T> {
  const server = spawn(program, words, { cwd })
  let output = ''
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const listen = (text: Buffer) => {
        output += text
        const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(output) ?? []
        if (found) resolve(found)
      }
      server.stdout.on('data', listen)
      server.stderr.on('data', listen)
      server.on('error', reject)
      server.on('close', () => reject(new Error(`the server ended: ${output}`)))
    })
    return await use(address)
  } finally {
    server.kill()
  }
}

/** Serves a folder with the esbuild command of a page while `use` runs. */
export function served<T>(page: string, folder: string, use: (address: string) => Promise<T>): Promise<T> {
  const { command } = steps(page).find(({ command }) => command.startsWith('npx esbuild ')) ?? { command: '' }
  const words = command.replace('../tsconfig.json', path('tsconfig.json')).split(' ').slice(2)
  return whileServing([path('node_modules/.bin/esbuild'), words, folder], use)
}

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' }

/** Serves the files of a folder as they are while `use` runs with the address. */
export async function servedFiles<T>(folder: string, use: (address: string) => Promise<T>): Promise<T> {
  const server = createServer(({ url = '' }, response) => {
    const file = join(folder, new URL(url, 'http://localhost').pathname)
    if (!existsSync(file)) return response.writeHead(404).end()
    const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    return response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
}
