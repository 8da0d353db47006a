import { join } from 'node:path'
import { CommandError } from '@gosa/cli-kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { fakeRun, script } from '../test/fake-run.ts'
import { copyFixtures, install } from '../test/run.ts'
import { writeImages } from '../test/write-images.ts'
import { gradcheck } from './gradcheck.ts'

beforeAll(() => copyFixtures(install))

const action = gradcheck(script)
const fixture = (name: string) => join(install, name)

describe('gradcheck', () => {
  it("checks the book's network on a folder of images", async () => {
    writeImages(fixture('pixels'), 8)
    const { run, stdout } = fakeRun({ data: fixture('pixels') })
    expect(await action(run)).toBe(0)
    expect(stdout()).toMatch(/^TwoLayerNet 64-50-3, float64, weights of standard deviation 0\.01\n/)
    expect(stdout()).toMatch(/; seed 0; central, every entry\n/)
    expect(stdout()).toMatch(/^W1 {2}\(64, 50\) .* pass$/m)
  })

  it('checks it along random directions', async () => {
    const { run, stdout } = fakeRun({ data: fixture('pixels'), mode: 'projected', seed: 3 })
    expect(await action(run)).toBe(0)
    expect(stdout()).toMatch(/; seed 3; central, along random directions\n/)
  })

  it('checks modules, and tells of failures even if it is to be quiet', async () => {
    const { run, stdout } = fakeRun({ quiet: true }, [fixture('pair.mjs'), fixture('wrong-sign.mjs')])
    expect(await action(run)).toBe(1)
    expect(stdout()).toMatch(/^.*wrong-sign\.mjs: WrongAffine {2}fail\n/)
    expect(stdout()).not.toContain('pair.mjs: ')
  })

  it("checks the suite by PyTorch's rule where it is asked to, which takes a kink for a fault", async () => {
    const { run, stdout } = fakeRun({ suite: true, json: true, rtol: 1e-3 })
    expect(await action(run)).toBe(1)
    const { cases } = JSON.parse(stdout())
    const failed = cases.filter(({ ok }: { ok: boolean }) => !ok)
    expect(failed.map(({ name }: { name: string }) => name)).toEqual(['Relu, at its kink'])
  })

  it('says what a module threw when it was loaded', async () => {
    const { run, stderr } = fakeRun({ debug: true }, [fixture('throws-on-load.ts')])
    expect(await action(run)).toBe(2)
    expect(stderr()).toMatch(/throws-on-load\.ts:3:81: TypeError: .*\n {5}3 \| /)
    expect(stderr()).toContain('\n    at ')
  })

  it('rejects with an error of usage where it is called wrongly', async () => {
    const called = (typed: object, args: string[] = []) => action(fakeRun(typed, args).run)
    await expect(called({ suite: true, faults: true })).rejects.toThrow(/two commands/)
    await expect(called({}, ['none.js'])).rejects.toBeInstanceOf(CommandError)
    await expect(called({}, [fixture('no-cases.mjs')])).rejects.toThrow(/exports no cases/)
  })

  it('ends with 130 where it is interrupted', async () => {
    const running = action(fakeRun({}, [fixture('endless.mjs')]).run)
    setTimeout(() => process.emit('SIGINT', 'SIGINT'), 300)
    expect(await running).toBe(130)
  })

  it('goes on watching what cannot be loaded', async () => {
    const { run, stderr } = fakeRun({ watch: true }, [fixture('no-cases.mjs')])
    const running = action(run)
    const poll = setInterval(() => {
      if (stderr().includes('watching 1 file;')) process.emit('SIGINT', 'SIGINT')
    }, 20)
    expect(await running).toBe(130)
    clearInterval(poll)
    expect(stderr()).toMatch(/^gosa-gradcheck: .*no-cases\.mjs exports no cases/)
  })
})
