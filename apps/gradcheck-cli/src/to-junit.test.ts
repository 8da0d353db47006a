import { expect, it } from 'vitest'
import { checkCase } from './cases/check-case.ts'
import { ofProblem, ofReport } from './check/case-result.ts'
import { packReport } from './jobs/pack-report.ts'
import { toJunit } from './to-junit.ts'

const x = [[1, -2]]
const layer = (factor: number) => ({
  forward: (x: { clone(): unknown }) => x.clone(),
  backward: scaled(factor),
})
const scaled = (factor: number) => (dout: { clone(): { data: Float64Array } }) => {
  const dx = dout.clone()
  dx.data[1] *= factor
  return dx
}
const result = (name: string, factor: number) =>
  ofReport(packReport(checkCase({ name, layer: layer(factor), x }, {}), false), 'my-layer.ts')

it('JUnit XML counts and names the cases, with what is known of those that do not pass', () => {
  const problem = { message: 'no <mask> & "no" x\u0000', stack: '' }
  const xml = toJunit([result('right', 1), result('wrong', -1), ofProblem('thrown', problem)], 1.25, '/')
  const lines = xml.split('\n')
  expect(lines[0]).toBe('<?xml version="1.0" encoding="UTF-8"?>')
  expect(lines[2]).toBe('  <testsuite name="gosa-gradcheck" tests="3" failures="1" errors="1" time="1.250">')
  expect(xml).toContain('<testcase classname="my-layer.ts" name="right"/>')
  expect(xml).toContain('<failure type="fail" message="x: 1 of 2 wrong, worst at (0, 1)">')
  expect(xml).toContain('<error type="fail" message="no &lt;mask&gt; &amp; &quot;no&quot; x\ufffd">')
})

it('its elements are closed in order', () => {
  const open: string[] = []
  const xml = toJunit([result('right', 1), result('wrong', -1)], 0, '/')
  for (const [, close, name, alone] of xml.matchAll(/<(\/?)(\w+)[^<>?]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name)
    else if (!alone) open.push(name)
  }
  expect(open).toEqual([])
})
