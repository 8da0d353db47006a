import { join } from 'node:path'
import { CommandError } from '@gosa/cli-kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { copyFixtures, install } from '../test/run.ts'
import { createTestContext, workerScript } from '../test/test-context.ts'
import { writeImages } from '../test/write-images.ts'
import { gradcheck } from './gradcheck.ts'

beforeAll(() => copyFixtures(install))

const action = (context: Parameters<typeof gradcheck>[0]) => gradcheck(context, workerScript)
const fixture = (name: string) => join(install, name)

describe('gradcheck', () => {
  it("checks the book's network on a folder of images", async () => {
    writeImages(fixture('pixels'), 8)
    const { context, stdout } = createTestContext({ data: fixture('pixels') })
    expect(await action(context)).toBe(0)
    expect(stdout()).toMatch(/^TwoLayerNet 64-50-3, float64, weights of standard deviation 0\.01\n/)
    expect(stdout()).toMatch(/; seed 0; central, every entry\n/)
    expect(stdout()).toMatch(/^W1 {2}\(64, 50\) .* pass$/m)
  })

  it("checks the book's network along random directions", async () => {
    const { context, stdout } = createTestContext({ data: fixture('pixels'), mode: 'projected', seed: 3 })
    expect(await action(context)).toBe(0)
    expect(stdout()).toMatch(/; seed 3; central, along random directions\n/)
  })

  it('checks modules, and shows failures even with quiet', async () => {
    const { context, stdout } = createTestContext({ quiet: true }, [
      fixture('pair.mjs'),
      fixture('wrong-sign.mjs'),
    ])
    expect(await action(context)).toBe(1)
    expect(stdout()).toMatch(/^.*wrong-sign\.mjs: WrongAffine {2}fail\n/)
    expect(stdout()).not.toContain('pair.mjs: ')
  })

  it("checks the suite by PyTorch's rule with rtol, which fails correct cases at kinks", async () => {
    const { context, stdout } = createTestContext({ suite: true, json: true, rtol: 1e-3 })
    expect(await action(context)).toBe(1)
    const { cases } = JSON.parse(stdout())
    const failed = cases.filter(({ ok }: { ok: boolean }) => !ok)
    expect(failed.map(({ name }: { name: string }) => name)).toContain('Relu, at its kink')
  })

  it('shows what a module threw when it was loaded', async () => {
    const { context, stderr } = createTestContext({ debug: true }, [fixture('throws-on-load.ts')])
    expect(await action(context)).toBe(2)
    expect(stderr()).toMatch(/throws-on-load\.ts:3:81: TypeError: .*\n {5}3 \| /)
    expect(stderr()).toContain('\n    at ')
  })

  it('rejects with a usage error', async () => {
    const call = (given: object, args: string[] = []) => action(createTestContext(given, args).context)
    await expect(call({ suite: true, faults: true })).rejects.toThrow(/exclude each other/)
    await expect(call({}, ['none.js'])).rejects.toBeInstanceOf(CommandError)
    await expect(call({}, [fixture('no-cases.mjs')])).rejects.toThrow(/exports no cases/)
  })

  it('returns 130 when it is interrupted', async () => {
    const running = action(createTestContext({}, [fixture('endless.mjs')]).context)
    setTimeout(() => process.emit('SIGINT', 'SIGINT'), 300)
    expect(await running).toBe(130)
  })

  it('keeps watching a module without cases', async () => {
    const { context, stderr } = createTestContext({ watch: true }, [fixture('no-cases.mjs')])
    const running = action(context)
    const poll = setInterval(() => {
      if (stderr().includes('watching 1 file;')) process.emit('SIGINT', 'SIGINT')
    }, 20)
    expect(await running).toBe(130)
    clearInterval(poll)
    expect(stderr()).toMatch(/^gosa-gradcheck: .*no-cases\.mjs exports no cases/)
  })
})
