import { describe, expect, it } from 'vitest'
import { closestMatch, editDistance, validateConfig } from './validate.ts'

describe('validateConfig', () => {
  it.each([
    [{ hiden: 5 }, "f.json: unknown key 'hiden' (Did you mean hidden?)"],
    [{ lerning_rate: 5 }, "f.json: unknown key 'lerning_rate' (Did you mean learningRate?)"],
    [{ 'batch-size': 5 }, "f.json: unknown key 'batch-size' (Did you mean batchSize?)"],
    [{ magic: 5 }, "f.json: unknown key 'magic'; known keys: data, dataDir, "],
    [{ resume: 'run' }, "f.json: unknown key 'resume'"],
    [{ std: 0.1 }, "f.json: unknown key 'std'"],
    [{ hidden: '5' }, 'f.json: hidden must be an integer of at least 1, not "5"'],
    [{ hidden: 0 }, 'f.json: hidden must be an integer of at least 1, not 0'],
    [{ threads: 65 }, 'f.json: threads must be an integer from 1 to 64, not 65'],
    [
      { layers: 784 },
      'f.json: layers must be a list of two or more integers of at least 1, such as 784,50,10, not 784',
    ],
    [{ optimizer: 'magic' }, 'f.json: optimizer must be one of sgd, momentum, '],
    [{ optimizer: 'adan' }, 'adamw (Did you mean adam?), not "adan"'],
    [{ weightInitStd: true }, 'f.json: weightInitStd must be a number of at least 0, he or xavier, not true'],
    [{ weightInitStd: 'xaver' }, 'he or xavier (Did you mean xavier?), not "xaver"'],
    [{ book: 1 }, 'f.json: book must be true or false, not 1'],
    [{ out: true }, 'f.json: out must be a string or false, not true'],
    [{ validation: 1 }, 'f.json: validation must be a number of at least 0 and less than 1, not 1'],
    [{ hidden: 5, layers: [784, 10] }, 'f.json: layers cannot be used with hidden'],
    [[5], 'f.json must hold an object of options, such as { "hidden": 100 }'],
  ])('names what is wrong in %j', (content, message) => {
    expect(() => validateConfig('f.json', content)).toThrow(message)
  })
})

describe('closestMatch', () => {
  it.each([
    ['hidden', 'hiden'],
    ['hidden', 'hiddden'],
    ['hidden', 'hidten'],
    ['hidden', 'hiddne'],
    ['hidden', 'idden'],
    ['hidden', 'HIDDEN'],
    ['learningRate', 'lerningrat'],
  ])('finds %s for %s', (meant, word) => {
    expect(closestMatch(word, ['data', 'seed', 'hidden', 'learningRate'])).toBe(meant)
  })

  it.each(['nedih', 'magic', 'date-of-birth', ''])('finds nothing for %s', (word) => {
    expect(closestMatch(word, ['seed', 'hidden', 'learningRate'])).toBeUndefined()
  })
})

describe('editDistance', () => {
  it.each([
    ['hidden', 'hidden', 0],
    ['hidden', 'hidn', 2],
    ['hidden', 'ihdden', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('of %j and %j is %d', (a, b, edits) => {
    expect([editDistance(a, b), editDistance(b, a)]).toEqual([edits, edits])
  })
})
