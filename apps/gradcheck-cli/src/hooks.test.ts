import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { load, resolve } from './hooks.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-hooks-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'a.ts'), 'export const a: number = 1')
const url = pathToFileURL(join(folder, 'a.ts')).href

it('TypeScript is compiled, anything else is left to the next hook', () => {
  const next = (url: string) => ({ next: url })
  expect(load(url, {}, next)).toMatchObject({ format: 'module', shortCircuit: true })
  expect(load('file:///b.js', {}, next)).toEqual({ next: 'file:///b.js' })
})

it('what TypeScript imports is found as its compiler would', () => {
  const next = (specifier: string) => specifier
  expect(resolve('./a', { parentURL: url }, next)).toBe(url)
  expect(resolve('./a', { parentURL: 'file:///b.js' }, next)).toBe('./a')
})
