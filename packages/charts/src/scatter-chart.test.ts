import { describe, expect, it } from 'vitest'
import { scatterChart } from './index.ts'

const CHART = { title: 'Residuals', xLabel: 'predicted', yLabel: 'residual', description: 'two points' }

describe('scatterChart', () => {
  it('draws a circle for each point, axes with labels, and a line', () => {
    const text = String(
      scatterChart({
        ...CHART,
        points: [
          [0, 1],
          [10, -1],
          [Number.NaN, 2],
        ],
        line: [
          [0, 0],
          [10, 0],
        ],
      }),
    )
    expect(text.match(/<circle class="point"/g)).toHaveLength(2)
    expect(text).toContain('aria-label="Residuals: two points"')
    expect(text).toContain('>predicted</text>')
    expect(text).toMatch(/<path class="curve test" d="M48 [\d.]+L352 [\d.]+"/)
  })

  it('says that there are no points, and how many of very many it shows', () => {
    expect(String(scatterChart({ ...CHART, points: [] }))).toContain('No points.')
    const points = Array.from({ length: 5000 }, (_, i): [number, number] => [i, i])
    const text = String(scatterChart({ ...CHART, points }))
    expect(text.match(/<circle/g)).toHaveLength(1667)
    expect(text).toContain('1667 of 5000 points are shown')
  })

  it('escapes names', () => {
    expect(String(scatterChart({ ...CHART, title: '<b>', points: [[1, 1]] }))).toContain('&#60;b&#62;')
  })
})
