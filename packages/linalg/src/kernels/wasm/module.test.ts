import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWasm, decodeHex } from './index.ts'
import { MODULE } from './module.generated.ts'

describe('the wasm module', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('is small: at most 60 KB, 20 KB compressed', async () => {
    const bytes = decodeHex(MODULE)
    const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
    expect(bytes.length).toBeLessThanOrEqual(60_000)
    expect((await new Response(compressed).arrayBuffer()).byteLength).toBeLessThanOrEqual(20_000)
  })

  it('is written as hexadecimal digits', () => {
    expect([...decodeHex('00097fa0ff')]).toEqual([0, 9, 127, 160, 255])
  })

  it('creates a backend', () => {
    expect(createWasm()?.name).toBe('wasm')
  })

  it('creates none if the engine lacks SIMD, or WebAssembly altogether', () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    expect(createWasm()).toBeUndefined()
    vi.stubGlobal('WebAssembly', undefined)
    expect(createWasm()).toBeUndefined()
  })

  it('is the default backend; the default is js if it cannot be created', async () => {
    vi.resetModules()
    expect((await import('../registry.ts')).backend().name).toBe('wasm')
    vi.resetModules()
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    const { backend, backends, setBackend } = await import('../registry.ts')
    expect(backend().name).toBe('js')
    setBackend('wasm')
    expect(backend().name).toBe('js')
    expect(backends()).toEqual(['js', 'wasm'])
  })
})
