import * as layers from '@gosa/layers'
import * as losses from '@gosa/losses'
import * as networks from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { checkLayered } from './case.ts'
import { suiteCases } from './suite.ts'

type Class = { name: string; prototype: Record<string, unknown> }

/** The classes that have gradients. */
const classes = (exports: object): Class[] =>
  Object.values(exports).filter(
    (each): each is Class =>
      typeof each === 'function' &&
      ['backward', 'gradient'].some((method) => method in (each.prototype ?? {})),
  )

const make = (factory: unknown): object => (factory as () => object)()

describe('suiteCases', () => {
  it('has a case for every layer, loss and network that the packages export, or for a subclass of it', () => {
    const checked = suiteCases(0).map(({ layer, loss, network }) => make(layer ?? loss ?? network))
    const all = [layers, losses, networks].flatMap(classes)
    expect(all.map(({ name }) => name)).toContain('Affine')
    const isChecked = ({ prototype }: Class) =>
      checked.some((subject) => Object.prototype.isPrototypeOf.call(prototype, subject))
    expect(all.filter((each) => !isChecked(each)).map(({ name }) => name)).toEqual([])
  })

  it('gives each case a unique name', () => {
    const names = suiteCases(0).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(suiteCases(1).map((each) => [each.name, each] as const))('%s passes', (_, each) => {
    const report = checkLayered(each, {})
    expect(`${report}`).toMatch(/: pass /)
    expect(report.notes.filter((note) => !note.includes('one sample'))).toEqual([])
  })
})
